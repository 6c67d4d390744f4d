import Foundation
import Frames
import OrderedJSON
import RunJournal

/// OpenCV's matchTemplate, run by Python on picture files in a temporary folder.
final class Peer {
  private let folder: String
  private let script: String
  private var jobs: [JSONValue] = []

  /// Makes the folder.
  init(root: String) throws {
    folder = FileManager.default.temporaryDirectory.path + "/gantry-benchmark-\(UUID().uuidString)"
    script = root + "/Proving/Benchmark/match_template.py"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Keeps a picture for the searches.
  func keep(_ picture: RGBImage, as name: String) throws {
    try PNGCodec.write(picture, to: "\(folder)/\(name).png", effort: .fast)
  }

  /// Asks for a search; the answers come in the order of the questions.
  func ask(frame: String, template: String, region: PixelRect?) {
    jobs.append(
      .object([
        .init("frame", .string(frame + ".png")), .init("template", .string(template + ".png")),
        .init(
          "region",
          region.map { .array([$0.x, $0.y, $0.width, $0.height].map { .int($0) }) } ?? .null),
      ]))
  }

  private struct Answer: Decodable {
    var version: String
    var milliseconds: [Double]
  }

  /// Searches.
  ///
  /// - Returns: OpenCV's version and the medians, or nil where there is no OpenCV.
  func answers(repeats: Int) throws -> (version: String, milliseconds: [Double])? {
    let list = folder + "/jobs.json"
    try Data(JSONValue.array(jobs).description.utf8).write(to: URL(filePath: list))
    // Debian's packages are Debian's Python's, which another one on the path does not see.
    for interpreter in ["/usr/bin/python3", "python3"] {
      if let answer = try answer(of: interpreter, to: list, repeats: repeats) {
        return (answer.version, answer.milliseconds)
      }
    }
    return nil
  }

  private func answer(of interpreter: String, to list: String, repeats: Int) throws -> Answer? {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = [interpreter, script, list, "\(repeats)"]
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    guard python.terminationStatus == 0 else { return nil }
    return try JSONDecoder().decode(Answer.self, from: data)
  }
}
