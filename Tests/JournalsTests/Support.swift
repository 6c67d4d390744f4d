import Foundation

/// The project's root.
let root = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../..").standardizedFileURL.path

/// A fresh folder that goes with its last user.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-journals-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }
}
