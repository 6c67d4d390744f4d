import Foundation
import LedgerTrials
import Testing

@testable import Ledger

/// The program beside the tests.
private let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  .appending(path: "gantry-proving").path

@Suite("A ledger that many use")
struct EnduringTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// `make ledger-trials` has them book 500 each: what is booked is on the disk, which takes its time.
  @Test("of 8 processes that book 200 runs each at the same time, no run is lost and none is twice")
  func crowd() throws {
    let crowd = LedgerCrowd(program: program, processes: 8, runs: 200)
    #expect(try crowd.book(in: folder.path + "/ledger.sqlite") == [])
  }

  @Test("a ledger whose writers are killed opens with all that was booked")
  func killed() throws {
    let crowd = LedgerCrowd(program: program, processes: 1, runs: 100_000)
    let (findings, booked) = try crowd.killed(
      in: folder.path + "/ledger.sqlite", after: [1, 2, 5, 20, 60])
    #expect(findings == [])
    #expect(booked >= 88)
  }

  @Test("a ledger cut off anywhere in what was written last opens, and can be completed")
  func cutOff() throws {
    let made = try MadeRuns()
    let runs = (0..<12).map { made.run("night", $0) }
    let path = folder.path + "/ledger.sqlite"
    let ledger = try SQLiteLedger(path)
    for run in runs { _ = try ledger.book([run], at: .now) }
    let (main, log) = try (bytes(path), bytes(path + "-wal"))
    #expect(log.count > 100_000)
    for part in 0..<20 {
      let cut = folder.path + "/cut-\(part).sqlite"
      try Data(main).write(to: URL(filePath: cut))
      try Data(log.prefix(log.count * part / 20 + part)).write(to: URL(filePath: cut + "-wal"))
      let opened = try SQLiteLedger(cut)
      #expect(try opened.damages() == [])
      let before = try opened.bookedFolders().map(\.run)
      #expect(before == runs.prefix(before.count).map(\.run))
      _ = try opened.book(runs, at: .now)
      #expect(try opened.bookedFolders().count == runs.count)
    }
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  @Test(
    "a network file system is told by its name, a disk is not",
    arguments: [
      (0x6969, "", "NFS"), (0xFF53_4D42, "", "CIFS"), (0x0102_1997, "", "9p"),
      (0x6573_5546, "fuse.sshfs", "fuse.sshfs"), (0x6573_5546, "fuseblk", nil),
      (0x6573_5546, "fuse.overlayfs", nil), (0xEF53, "", nil), (0x0102_1994, "", nil),
    ] as [(UInt32, String, String?)])
  func networks(magic: UInt32, type: String, name: String?) {
    #expect(FileSystemKind.network(magic: magic) { type } == name)
  }

  @Test("the type of a mount is read from the system's list of mounts")
  func mounts() {
    let list = """
      22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
      81 22 0:54 / /mnt/far rw,nosuid shared:40 - fuse.sshfs kim@far:/lab rw,user_id=0
      """
    #expect(FileSystemKind.type(ofDevice: "0:54", in: list) == "fuse.sshfs")
    #expect(FileSystemKind.type(ofDevice: "259:2", in: list) == "ext4")
    #expect(FileSystemKind.type(ofDevice: "0:99", in: list) == nil)
  }
}
