import FoundationEssentials
import Glibc
import Testing
import WholeFiles

@Suite("Reading whole files")
struct WholeFileTests {
  private func withFile(of count: Int, _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/gantry-whole-\(UUID().uuidString)"
    try Data((0..<count).map { UInt8($0 % 251) }).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test(
    "A file is read to its end, whatever its length", arguments: [0, 1, 65_535, 65_536, 200_000])
  func whole(count: Int) throws {
    try withFile(of: count) { path in
      let bytes = try WholeFile.bytes(of: path)
      #expect(bytes == (0..<count).map { UInt8($0 % 251) })
      let limited = try WholeFile.bytes(of: path, limit: count)
      #expect(limited == bytes)
    }
  }

  @Test(
    "Of a file that is too long one byte more than the limit is read", arguments: [0, 9, 70_000])
  func long(limit: Int) throws {
    try withFile(of: 150_000) { path in
      let bytes = try WholeFile.bytes(of: path, limit: limit)
      #expect(bytes.count == limit + 1)
    }
  }

  @Test("What can't be opened or read says why")
  func failures() {
    #expect(throws: WholeFile.Failure(isOpened: false, code: ENOENT)) {
      try WholeFile.bytes(of: "/nowhere/at/all")
    }
    #expect(throws: WholeFile.Failure(isOpened: true, code: EISDIR)) {
      try WholeFile.bytes(of: "/")
    }
  }

  @Test(
    "A file that is rewritten keeps its mode, and leaves nothing beside it",
    arguments: [0o640, 0o4755])
  func rewritten(mode: mode_t) throws {
    try withFile(of: 9) { path in
      chmod(path, mode)
      let beside = path + ".new"
      try WholeFile.replace(beside, with: [7], durably: false)
      defer { unlink(beside) }
      try WholeFile.rewrite(path, with: [1, 2, 3])
      let (written, kept) = (try WholeFile.bytes(of: path), try WholeFile.bytes(of: beside))
      #expect(written == [1, 2, 3])
      #expect(kept == [7])
      var found = stat()
      #expect(lstat(path, &found) == 0)
      #expect(found.st_mode & 0o7777 == mode)
      let name = try #require(path.split(separator: "/").last)
      let names = try FileManager.default.contentsOfDirectory(
        atPath: FileManager.default.temporaryDirectory.path)
      #expect(names.filter { $0.hasPrefix(name) }.count == 2)
    }
  }

  @Test("What is not there is not made by rewriting it")
  func rewrittenNothing() {
    #expect(throws: WholeFile.Failure(isOpened: false, code: ENOENT)) {
      try WholeFile.rewrite("/nowhere/at/all", with: [])
    }
  }

  private func expect(_ path: String, _ kind: WholeFile.Kind) throws {
    let found = try WholeFile.kind(of: path)
    #expect(found == kind)
  }

  @Test("What stands at a path is told without opening it")
  func kinds() throws {
    try withFile(of: 1) { path in
      try expect(path, .file(isWritable: true))
      chmod(path, 0o444)
      try expect(path, .file(isWritable: false))
      let (link, pipe) = (path + ".link", path + ".pipe")
      defer {
        unlink(link)
        unlink(pipe)
      }
      #expect(symlink("else/where", link) == 0)
      try expect(link, .link(to: "else/where"))
      #expect(mkfifo(pipe, 0o600) == 0)
      try expect(pipe, .other)
    }
    try expect("/", .folder)
    #expect(throws: WholeFile.Failure(isOpened: false, code: ENOENT)) {
      try WholeFile.kind(of: "/nowhere/at/all")
    }
  }
}
