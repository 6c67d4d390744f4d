import Bench
import Drivers
import Foundation
import Frames
import Testing

/// A directory of its own for one test, gone when the test ends.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/maildir-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to file: String) throws {
    let target = path + "/" + file
    let directory = String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)])
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: target))
  }

  func move(_ file: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: path + "/" + file, toPath: path + "/" + other)
  }
}

@Suite("A Maildir as mailbox")
struct MaildirTests {
  static let deadline = MonotonicInstant.zero.advanced(by: .seconds(10))

  static func listing(_ mailbox: MaildirMailbox, _ folders: String...) async throws -> [MailEntry] {
    try await mailbox.listing(of: folders, by: deadline).entries
  }

  static func fault(of body: () async throws -> Void) async -> RigFault? {
    do { try await body() } catch BenchError.fault(let fault) { return fault } catch {}
    return nil
  }

  @Test("Messages of several folders are listed in the order of their delivery")
  func order() async throws {
    let folder = try ScratchFolder()
    try folder.write("c", to: "new/1700000002.M000007P1Q1.host,S=1")
    try folder.write("a", to: "cur/1700000001.M999999P1Q1.host:2,S")
    try folder.write("b", to: ".Junk/new/1700000002.M000006P1Q2.host")
    try folder.write("half", to: "tmp/1700000003.M000001P1Q3.host")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/cur", withIntermediateDirectories: true)
    let mailbox = MaildirMailbox(path: folder.path)

    let entries = try await Self.listing(mailbox, "INBOX", "Junk")
    #expect(entries.map(\.identifier.folder) == ["INBOX", "Junk", "INBOX"])
    #expect(
      entries.map(\.order) == [
        1_700_000_001_999_999, 1_700_000_002_000_006, 1_700_000_002_000_007,
      ])
    var texts: [String] = []
    for entry in entries {
      let bytes = try #require(try await mailbox.message(entry.identifier, by: Self.deadline))
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    #expect(texts == ["a", "b", "c"])
    #expect(try await Self.listing(mailbox, "INBOX").count == 2)
  }

  @Test("A folder may be a plain directory, and one that does not exist is empty")
  func plainFolders() async throws {
    let folder = try ScratchFolder()
    try folder.write("in", to: "new/1.M1.h")
    try folder.write("junk", to: "Junk/cur/2.M1.h:2,")
    try folder.write("deep", to: ".Lab.Rigs/new/3.M1.h")
    let mailbox = MaildirMailbox(path: folder.path)
    #expect(try await Self.listing(mailbox, "INBOX", "Junk", "Sent").map(\.order).count == 2)
    #expect(try await Self.listing(mailbox, "Lab/Rigs").count == 1)
  }

  @Test("No folder name leads out of the mailbox", arguments: ["../other", "..", "a/../../b", ""])
  func escape(name: String) async throws {
    let folder = try ScratchFolder()
    try folder.write("in", to: "box/new/1.M1.h")
    try folder.write("out", to: "other/new/1.M1.h")
    try folder.write("out", to: "b/new/1.M1.h")
    let mailbox = MaildirMailbox(path: folder.path + "/box")
    #expect(try await Self.listing(mailbox, name).isEmpty)
  }

  @Test("A message keeps its identity when it is read, flagged and moved from new to cur")
  func moved() async throws {
    let folder = try ScratchFolder()
    try folder.write("hello", to: "new/1700000001.M5P1.host")
    try folder.write("x", to: "cur/1600000001.M5P1.host:2,")
    let mailbox = MaildirMailbox(path: folder.path)
    let before = try await Self.listing(mailbox, "INBOX")
    try folder.move("new/1700000001.M5P1.host", to: "cur/1700000001.M5P1.host:2,S")
    #expect(try await Self.listing(mailbox, "INBOX") == before)
    let last = try #require(before.last)
    #expect(
      try await mailbox.message(last.identifier, by: Self.deadline) == Array("hello".utf8))
  }

  @Test("A name of another form leaves the order to the file's time")
  func foreignNames() async throws {
    let folder = try ScratchFolder()
    for (name, seconds) in [("message-one", 1_650_000_000.0), ("99999999999999999999.M1.h", 5)] {
      try folder.write("x", to: "new/\(name)")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: seconds)],
        ofItemAtPath: folder.path + "/new/\(name)")
    }
    let entries = try await Self.listing(MaildirMailbox(path: folder.path), "INBOX")
    #expect(entries.map(\.order) == [5_000_000, 1_650_000_000_000_000])
  }

  @Test("What can't be read is a fault of the mailbox that names the place")
  func unreachable() async throws {
    let folder = try ScratchFolder()
    let missing = await Self.fault {
      _ = try await Self.listing(MaildirMailbox(path: folder.path + "/none"), "INBOX")
    }
    #expect(
      missing
        == RigFault(
          .mail,
          .mailUnreachable,
          "the mailbox can't be read: \(folder.path)/none: No such file or directory",
          errno: 2))

    let empty = await Self.fault {
      _ = try await Self.listing(MaildirMailbox(path: folder.path), "INBOX")
    }
    #expect(empty?.reason.contains("is no Maildir") == true)

    try folder.write("x", to: "file")
    let file = await Self.fault {
      _ = try await Self.listing(MaildirMailbox(path: folder.path + "/file"), "INBOX")
    }
    #expect(file?.reason.hasSuffix("Not a directory") == true)
  }

  @Test(
    "A directory that is closed to us is a fault, not an empty folder",
    .enabled(if: getuid() != 0, "the superuser is let in everywhere"))
  func forbidden() async throws {
    let folder = try ScratchFolder()
    try folder.write("x", to: "new/1.M1.h")
    try folder.write("x", to: "cur/2.M1.h:2,")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: folder.path + "/new")
    let fault = await Self.fault {
      _ = try await Self.listing(MaildirMailbox(path: folder.path), "INBOX")
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700], ofItemAtPath: folder.path + "/new")
    #expect(fault?.reason.hasSuffix("/new: Permission denied") == true)
  }

  @Test("A directory that can't be entered is a fault, not an empty folder")
  func linkLoop() async throws {
    let folder = try ScratchFolder()
    try folder.write("x", to: "cur/1.M1.h:2,")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/new", withDestinationPath: "new")
    let fault = await Self.fault {
      _ = try await Self.listing(MaildirMailbox(path: folder.path), "INBOX")
    }
    #expect(fault?.reason.contains("/new: Too many levels") == true)
  }

  @Test("A link that leads nowhere is a fault, not an endless search")
  func danglingLink() async throws {
    let folder = try ScratchFolder()
    try folder.write("x", to: "new/1.M1.h")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/new/odd", withDestinationPath: "/nowhere/at/all")
    let fault = await Self.fault {
      _ = try await Self.listing(MaildirMailbox(path: folder.path), "INBOX")
    }
    #expect(fault?.reason.contains("/new/odd: No such file") == true)
  }

  @Test("A message that has vanished is not there")
  func vanished() async throws {
    let folder = try ScratchFolder()
    try folder.write("x", to: "new/1.M1.h")
    let mailbox = MaildirMailbox(path: folder.path)
    let identifier = MailIdentifier(folder: "INBOX", name: "7.M7.h")
    #expect(try await mailbox.message(identifier, by: Self.deadline) == nil)
    #expect(try await mailbox.header(identifier, by: Self.deadline) == nil)
  }

  @Test("Only the header is read of a message whose header is wanted")
  func header() async throws {
    let folder = try ScratchFolder()
    try folder.write("Subject: a\r\nX: y\r\n\r\nbody\r\n\r\nmore", to: "new/1.M1.h")
    let mailbox = MaildirMailbox(path: folder.path)
    let header = try await mailbox.header(
      MailIdentifier(folder: "INBOX", name: "1.M1.h"), by: Self.deadline)
    #expect(header == Array("Subject: a\r\nX: y\r\n\r\n".utf8))
  }

  @Test(
    "A message that lay there before is known however it comes again",
    arguments: ["renamed", "moved", "delivered again", "changed", "new"])
  func known(how: String) async throws {
    let folder = try ScratchFolder()
    let sent = "Message-ID: <1@recorder>\nDate: today\nSubject: Reset\n Password\n\nCode: 111111\n"
    try folder.write("Received: by one\n" + sent, to: ".Junk/new/1700000001.M5.h")
    try folder.write("x", to: "cur/1700000000.M5.h:2,S")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/new", withIntermediateDirectories: true)
    let mailbox = MaildirMailbox(path: folder.path)
    let before = try await mailbox.listing(of: ["INBOX", "Junk"], by: Self.deadline)
    switch how {
    case "renamed":
      try folder.move(".Junk/new/1700000001.M5.h", to: ".Junk/new/1700000009.M7.other")
    case "moved": try folder.move(".Junk/new/1700000001.M5.h", to: "cur/1700000009.M7.h:2,S")
    case "delivered again":
      try folder.write(
        "Received: by two\r\nReceived: by one\r\n"
          + sent.replacing("\n ", with: "\n\t").replacing("\n", with: "\r\n"),
        to: "new/1700000009.M7.h")
    case "changed":
      // A recorder may give all its mail one name.
      try folder.write(sent.replacing("111111", with: "482913"), to: "new/1700000009.M7.h")
    default:
      try folder.write(sent.replacing("<1@", with: "<2@"), to: "new/1700000009.M7.h")
    }
    let arrivals = try await mailbox.arrivals(
      in: ["INBOX", "Junk"], since: before, by: Self.deadline)
    #expect(arrivals.count == 1)
    let arrival = try #require(arrivals.first)
    #expect(
      try await mailbox.isKnown(arrival, to: before, by: Self.deadline)
        == !["changed", "new"].contains(how))
  }

  @Test("What is delivered is listed at its time, whole, in its folder")
  func delivery() async throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/deep/box"
    let delivery = try MaildirDelivery(path: path, folders: ["Junk"])
    let mailbox = MaildirMailbox(path: path)
    #expect(try await Self.listing(mailbox, "INBOX", "Junk").isEmpty)
    try delivery.deliver(Array("first".utf8), at: 1_800_000_000.25, serial: 1)
    try delivery.deliver(Array("second".utf8), folder: "Junk", at: 1_800_000_000.25, serial: 2)
    let entries = try await Self.listing(mailbox, "INBOX", "Junk")
    #expect(entries.map(\.order) == [1_800_000_000_250_000, 1_800_000_000_250_000])
    #expect(entries.map(\.identifier.folder) == ["INBOX", "Junk"])
    let second = try #require(entries.last)
    #expect(
      try await mailbox.message(second.identifier, by: Self.deadline) == Array("second".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/tmp").isEmpty)
  }

  @Test("A mailbox that can't be made is a fault")
  func undeliverable() throws {
    let folder = try ScratchFolder()
    try folder.write("x", to: "file")
    #expect(throws: RigFault.self) { try MaildirDelivery(path: folder.path + "/file/box") }
  }
}
