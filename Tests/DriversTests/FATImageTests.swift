import Foundation
import Testing

@testable import Drivers

/// What a host reads on a stick: by the partition table, the boot sector, the table of clusters and the
/// root folder, as the format's description has them.
private struct Stick {
  let file: FileHandle

  init(_ path: String) throws { file = try #require(FileHandle(forReadingAtPath: path)) }

  func bytes(_ count: Int, at place: Int) throws -> [UInt8] {
    try file.seek(toOffset: UInt64(place))
    return Array(try file.read(upToCount: count) ?? Data())
  }

  func number(_ size: Int, at place: Int) throws -> Int {
    try bytes(size, at: place).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The files of the root folder: names, short and long, and what lies in them.
  func files() throws -> [(short: String, long: String, bytes: [UInt8])] {
    #expect(try number(2, at: 510) == 0xAA55)
    #expect(try number(1, at: 450) == 0x0C)
    let partition = try number(4, at: 454) * 512
    #expect(try number(2, at: partition + 510) == 0xAA55)
    #expect(try bytes(512, at: partition) == bytes(512, at: partition + 6 * 512))
    #expect(try number(4, at: partition + 32) == number(4, at: 458))
    let sector = try number(2, at: partition + 11)
    let cluster = try number(1, at: partition + 13) * sector
    let reserved = try number(2, at: partition + 14)
    let tableLength = try number(4, at: partition + 36) * sector
    let table = partition + reserved * sector
    let data = table + 2 * tableLength
    let clusters = (try number(4, at: partition + 32) * sector - (data - partition)) / cluster
    #expect(clusters >= 65_525, "fewer are no FAT32")
    #expect((clusters + 2) * 4 <= tableLength)
    #expect(try bytes(4096, at: table) == bytes(4096, at: table + tableLength))
    #expect(
      try file.seekToEnd() == UInt64(partition + number(4, at: partition + 32) * sector))

    func chain(from first: Int) throws -> [Int] {
      var chain: [Int] = []
      var next = first
      while next < 0x0FFF_FFF8 {
        try #require((2..<(clusters + 2)).contains(next))
        chain.append(next)
        next = try number(4, at: table + 4 * next) & 0x0FFF_FFFF
      }
      return chain
    }
    let root = try chain(from: number(4, at: partition + 44)).flatMap {
      try bytes(cluster, at: data + ($0 - 2) * cluster)
    }
    var found: [(String, String, [UInt8])] = []
    var long: [UInt16] = []
    for start in stride(from: 0, to: root.count, by: 32) where root[start] != 0 {
      let entry = Array(root[start..<(start + 32)])
      if entry[11] == 0x0F {
        let units = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].map {
          UInt16(entry[$0]) | UInt16(entry[$0 + 1]) << 8
        }
        long = units.prefix { $0 != 0 && $0 != 0xFFFF } + long
        continue
      }
      if entry[11] & 0x08 != 0 { continue }
      let sum = entry[0..<11].reduce(UInt8(0)) { (($0 & 1) << 7) &+ ($0 >> 1) &+ $1 }
      #expect(root[start - 32 + 13] == sum)
      let first = Int(entry[26]) | Int(entry[27]) << 8 | Int(entry[20]) << 16 | Int(entry[21]) << 24
      let length = entry[28..<32].reversed().reduce(0) { $0 << 8 | Int($1) }
      let clustersOfFile = first == 0 ? [] : try chain(from: first)
      let lying = try clustersOfFile.flatMap { try bytes(cluster, at: data + ($0 - 2) * cluster) }
      found.append(
        (
          String(decoding: entry[0..<11], as: UTF8.self), String(decoding: long, as: UTF16.self),
          Array(lying.prefix(length))
        ))
      long = []
    }
    return found
  }
}

@Suite struct FATImageTests {
  @Test(arguments: [
    ("update.img", "UPDATE  IMG"), ("FW", "FW         "),
    ("recorder-7.0.3.118.bin", "RECORD~1BIN"), ("exactly-13-ch", "EXACTL~1   "),
  ])
  func `a host finds the one file under its name`(name: String, short: String) throws {
    let folder = try Folder()
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 31 >> 3) }
    let path = folder.path + "/stick.img"
    try FATImage(name: name, bytes: bytes).write(to: path)
    let files = try Stick(path).files()
    try #require(files.count == 1)
    #expect(files[0].short == short)
    #expect(files[0].long == name)
    #expect(files[0].bytes == bytes)
  }

  @Test(arguments: [0, 1, 4096, 4097])
  func `a file of any length is whole, the empty one too`(count: Int) throws {
    let folder = try Folder()
    let path = folder.path + "/stick.img"
    let bytes = [UInt8](repeating: 7, count: count)
    try FATImage(name: "a.img", bytes: bytes).write(to: path)
    #expect(try Stick(path).files().map(\.bytes) == [bytes])
  }

  @Test func `a stick takes no more room than what lies on it`() throws {
    let folder = try Folder()
    let path = folder.path + "/stick.img"
    try FATImage(name: "a.img", bytes: [1, 2, 3]).write(to: path)
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_size > 250 << 20)
    #expect(status.st_blocks * 512 < 1 << 20)
  }
}
