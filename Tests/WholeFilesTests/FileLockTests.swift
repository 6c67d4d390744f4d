import Foundation
import Synchronization
import Testing
import WholeFiles

@Suite("Locks on files")
struct FileLockTests {
  private let path =
    FileManager.default.temporaryDirectory.path + "/gantry-lock-\(UUID().uuidString)"

  @Test("a lock that somebody has is refused, and says who has it")
  func taken() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let first = try FileLock(path, holder: "the first")
    #expect(throws: FileLock.Refusal.taken(by: "the first")) { try FileLock(path) }
    #expect(FileLock.holder(of: path) == "the first")
    first.release()
    #expect(FileLock.holder(of: path) == nil)
    _ = try FileLock(path)
  }

  /// A process that is being started shares all open files until its program runs.
  @Test("a lock that was given back is free, whatever programs are started meanwhile")
  func startingPrograms() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let isOver = Atomic(false)
    let starter = Thread {
      while !isOver.load(ordering: .relaxed) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/true")
        try? process.run()
        process.waitUntilExit()
      }
    }
    starter.start()
    defer { isOver.store(true, ordering: .relaxed) }
    let end = ContinuousClock.now.advanced(by: .seconds(1))
    var refusals = 0
    while ContinuousClock.now < end {
      do { try FileLock(path).release() } catch { refusals += 1 }
      _ = FileLock.holder(of: path)
    }
    #expect(refusals == 0)
  }
}
