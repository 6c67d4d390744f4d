import Commands
import Foundation
import RunSessions
import Synchronization

@testable import Campaign

/// The project's root.
let root = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../..").standardizedFileURL.path

/// A fresh folder that goes with its last user.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-campaign-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Folder {
  /// A stage that plays one run at a time and says nothing.
  var stage: Stage {
    Stage(root: root, jobs: 1, out: path, console: Console(out: { _ in }, err: { _ in }))
  }
}

/// Runs the program as a shell would; answers what it says on standard output.
func gantry(_ arguments: [String]) async -> (status: Int32, out: String) {
  let said = Mutex("")
  let console = Console(out: { text in said.withLock { $0 += text } }, err: { _ in })
  let status = await LedgerPlace.$environment.withValue(["GANTRY_LEDGER": "none"]) {
    await Console.$current.withValue(console) { await GantryProgram.run(arguments) }
  }
  return (status, said.withLock { $0 })
}
