import Frames
import Glibc
import RunJournal
import Testing

@testable import Evidence

/// A fresh folder that goes when its last user does.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/gantry-evidence-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files.reversed() { remove("\(path)/\(file)") }
    remove(path)
  }

  /// Everything inside, folders before what they hold, by path from here.
  var files: [String] { Self.entries(path).map { String($0.dropFirst(path.count + 1)) } }

  private static func entries(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted().flatMap { name in
      ["\(folder)/\(name)"] + entries("\(folder)/\(name)")
    }
  }
}

/// A frame whose every pixel differs from black.
func brightFrame(number: Int = 7) -> Frame {
  Frame(
    luma: Plane(width: 64, height: 48, filledWith: 200),
    cb: Plane(width: 32, height: 24, filledWith: 90),
    cr: Plane(width: 32, height: 24, filledWith: 180), number: number,
    capturedAt: MonotonicInstant(nanoseconds: Int64(number) * 33_000_000))
}

/// The start of a run with the given plan.
func sampleStart(plan: [String] = []) -> RunStart {
  RunStart(
    scenario: .init(name: "password-reset", digest: "aaaa"),
    about: "Reset a forgotten password", rig: .init(name: "virtual", digest: "bbbb"),
    model: .init(name: "night-series", digest: "cccc"),
    binary: .init(name: "gantry 0.1.0", digest: "dddd"), overrides: ["power.minimumOff=12s"],
    seed: 42, firmware: "V4.30.005", plan: plan,
    wall: .init(runID: "run-1", host: "bench-a", startedAt: "2026-03-01T10:15:00Z"))
}
