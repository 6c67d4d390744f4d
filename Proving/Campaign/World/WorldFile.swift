import Foundation
import OrderedJSON

/// The file that results are appended to, a line a world, and read from when a campaign goes on.
///
/// Its first line tells the seed and the program: worlds of another seed are other worlds, and what
/// another program said of them proves nothing of this one.
final class WorldFile {
  /// What was played before, by index.
  let known: [Int: WorldRecord]
  private let handle: FileHandle

  /// Opens a file, or begins it. A last line that was cut short is taken away.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - seed: the campaign's seed.
  ///   - program: the digest of the program.
  /// - Throws: ``WorldFileError`` when it is of another campaign, or can't be read or written.
  init(path: String, seed: UInt64, program: String) throws {
    let opening = JSONValue.object([
      .init("world", .int(1)), .init("seed", .int(seed)), .init("program", .string(program)),
    ])
    let manager = FileManager.default
    if !manager.fileExists(atPath: path) {
      guard manager.createFile(atPath: path, contents: nil) else {
        throw WorldFileError("\(path) can't be written")
      }
    }
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw WorldFileError("\(path) can't be read and written")
    }
    self.handle = handle
    let bytes = Array(try handle.readToEnd() ?? Data())
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
    let lines = whole.split(separator: UInt8(ascii: "\n"))
    if let first = lines.first {
      guard let json = try? JSONValue(parsing: first), json["world"] == .int(1) else {
        throw WorldFileError("\(path) is no file of results")
      }
      guard json["seed"] == opening["seed"] else {
        throw WorldFileError("\(path) is of another seed; name another file")
      }
      guard json["program"] == opening["program"] else {
        throw WorldFileError("\(path) was written by another program; name another file")
      }
    }
    var known: [Int: WorldRecord] = [:]
    for (number, line) in lines.enumerated().dropFirst() {
      guard let json = try? JSONValue(parsing: line), let record = WorldRecord(json) else {
        throw WorldFileError("line \(number + 1) of \(path) is no result")
      }
      known[record.index] = record
    }
    self.known = known
    try handle.truncate(atOffset: UInt64(whole.count))
    try handle.seekToEnd()
    if lines.isEmpty { try write(opening) }
  }

  /// Appends a result.
  func append(_ record: WorldRecord) throws { try write(record.json) }

  private func write(_ line: JSONValue) throws {
    try handle.write(contentsOf: Data("\(line)\n".utf8))
  }
}

/// Why results can't be kept in a file.
struct WorldFileError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) {
    self.description = description
  }
}
