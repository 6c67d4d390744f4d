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
}
