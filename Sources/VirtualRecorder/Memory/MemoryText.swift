import FoundationEssentials

/// A memory as text: a line that tells whether the other can be read, then the memory itself, both
/// in JSON.
enum MemoryText {
  /// The form that this program writes; it reads no newer one.
  static let version = 2

  /// Why a text can't be read.
  enum Failure: Error, Hashable {
    case notWhole
    case newer(Int)
    case otherRecorder(String)
  }

  private struct Head: Codable {
    var version: Int
    var recorder: String
    /// What the second line must add up to: a memory that was changed by anybody else is none.
    var checksum: String
  }

  /// The text of a memory.
  static func bytes(of memory: RecorderMemory, recorder: String) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let body = [UInt8](try encoder.encode(memory))
    let head = Head(version: version, recorder: recorder, checksum: Checksum.text(of: body))
    return try [UInt8](encoder.encode(head)) + [newline] + body + [newline]
  }

  /// The memory of a recorder's model, from its text.
  static func memory(in bytes: [UInt8], of recorder: String) throws(Failure) -> RecorderMemory {
    let lines = bytes.split(separator: newline)
    guard let first = lines.first,
      let head = try? JSONDecoder().decode(Head.self, from: Data(first))
    else { throw .notWhole }
    if head.version > version { throw .newer(head.version) }
    if head.recorder != recorder { throw .otherRecorder(head.recorder) }
    guard lines.count == 2, Checksum.text(of: lines[1]) == head.checksum,
      let memory = try? JSONDecoder().decode(RecorderMemory.self, from: Data(lines[1]))
    else { throw .notWhole }
    return memory
  }

  private static let newline = UInt8(ascii: "\n")
}
