import Frames
import Glibc
import RunJournal
import Testing

@testable import Evidence

/// A disk of one megabyte, in memory, which goes with its last user.
private final class SmallDisk {
  let folder: TemporaryFolder
  var path: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    try #require(mount("none", folder.path, "tmpfs", 0, "size=1m") == 0, "\(errno)")
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// Takes all that is left of it.
  func fill() throws {
    let file = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND, 0o644)
    try #require(file >= 0)
    defer { close(file) }
    let bytes = [UInt8](repeating: 1, count: 512)
    while write(file, bytes, bytes.count) > 0 {}
    try #require(errno == ENOSPC)
  }
}

@Suite("A run folder on a full disk", .enabled(if: getuid() == 0, "mounting takes the superuser"))
struct FullDiskTests {
  private func note(_ number: Int) -> JournalEntry {
    JournalEntry(
      at: .zero,
      event: .noted(
        Note(step: 1, kind: .other, text: "\(number) " + String(repeating: "x", count: 900))))
  }

  private let begins = JournalEntry(
    at: .zero,
    event: .stepStarted(
      .init(
        step: 1, parent: nil, path: "Look", does: "look", expects: nil, location: "a.yaml:1:1",
        sensitive: false)))
  private let ends = JournalEntry(
    at: .zero, event: .stepEnded(.init(step: 1, outcome: .errored, reason: "no space")))
  private let end = RunEnd(
    verdict: .errored, step: "Look", reason: "no space", cause: nil, skipped: [],
    recorderSeconds: 1, wallSeconds: 1)

  /// Writes notes until there is no room.
  private func fill(_ folder: RunFolder, from first: Int) async throws -> Int {
    for number in first..<5000 {
      do throws(JournalSinkError) {
        try await folder.append(note(number))
      } catch {
        #expect(error.reason == "\(folder.path)/journal.jsonl: No space left on device")
        return number
      }
    }
    throw JournalSinkError("the disk is never full")
  }

  @Test(
    "the journal tells its end, whether others took the room or it did so itself",
    arguments: [true, false])
  func end(filledByOthers: Bool) async throws {
    let disk = try SmallDisk()
    let folder = try RunFolder(in: disk.path, name: "run")
    try await folder.append(.init(at: .zero, event: .runStarted(sampleStart())))
    try await folder.append(begins)
    if filledByOthers { try disk.fill() }
    let count = try await fill(folder, from: 0)
    try disk.fill()
    await #expect(throws: JournalSinkError.self) {
      try await folder.keep(PictureToKeep(.frame(brightFrame()), step: 1, role: .last))
    }
    try await folder.append(ends)
    try await folder.append(.init(at: .zero, event: .runEnded(end)))
    #expect(remove(disk.path + "/filler") == 0)

    let journal = try RunReports.journal(of: folder.path)
    #expect(journal.unknownLines == 0)
    #expect(journal.entries.count == 4 + count)
    #expect(journal.entries.suffix(2).first == ends)
    #expect(journal.end == end)
  }

  @Test("a run that has ended keeps nothing of the disk beyond its files")
  func released() async throws {
    let disk = try SmallDisk()
    func taken() throws -> Int {
      var status = statvfs()
      try #require(statvfs(disk.path, &status) == 0)
      return Int((status.f_blocks - status.f_bfree) * status.f_bsize)
    }
    let folder = try RunFolder(in: disk.path, name: "run")
    try await folder.append(.init(at: .zero, event: .runStarted(sampleStart())))
    #expect(try taken() > 100_000)
    try await folder.append(.init(at: .zero, event: .runEnded(end)))
    #expect(try taken() < 20_000)
  }
}
