import Drivers
import FoundationEssentials
import Frames
import Glibc

/// A fresh folder that goes with its last user.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-drivers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders that it lies in.
  func write(_ text: String, to name: String) throws {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]),
      withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8)) else {
      throw CocoaError(.fileWriteUnknown)
    }
  }

  /// Makes a link.
  func link(_ name: String, to target: String) throws {
    try write("", to: name)
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: "\(path)/\(target)")
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

/// The program, as it is built beside these tests.
enum Program {
  static var path: String? {
    guard let tests = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(tests) }
    let text = String(cString: tests)
    guard let slash = text.lastIndex(of: "/") else { return nil }
    return text[..<slash] + "/gantry"
  }

  static var guardian: GuardianLauncher {
    GuardianLauncher(executable: path ?? "", arguments: [GuardianLauncher.subcommand])
  }
}

/// Waits for something that another process or thread does; false when it does not come.
func eventually(_ isSo: () throws -> Bool) async rethrows -> Bool {
  let end = HostClock.present.advanced(by: .seconds(20))
  while HostClock.present < end {
    if try isSo() { return true }
    try? await HostClock().sleep(until: HostClock.present.advanced(by: .milliseconds(2)))
  }
  // Whoever sleeps here may be woken late, where other tests take all threads: nobody looked then.
  return try isSo()
}
