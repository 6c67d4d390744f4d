import SeededRandom

/// What happens to bytes on their way, and what somebody who wants to be believed does to them.
struct Damage {
  private var random: SeededStream

  /// What means something to one of the readers.
  private static let words = [
    "\"payload\":", "\"payloadType\":", "\"signatures\":", "\"keyid\":\"\"", "\"sig\":\"AAAA\"",
    "\"_type\":", "\"subject\":[]", "\"predicateType\":\"\"", "\"result\":\"PASSED\"",
    "\"digest\":{}", "\"sha256\":\"\"", "\\u0000", "\\ud800", "\u{FEFF}", "[[[[[[[[", "}}}}",
    "null",
    "1e999", "-", "\n", ",", "=", "==", "PASSED", "FAILED", "public: ", "revoked: ", "from: ",
    "until: ",
    "- ", "&a ", "*a", "<<: ", "!!binary ", "? ", "|\n", "2026-01-01T00:00:00Z", "\r", "\t", "{",
    "]",
    "-----BEGIN PUBLIC KEY-----", "\u{1F39B}", "\u{0}",
  ].map { Array($0.utf8) }

  init(seed: UInt64, name: String) {
    random = SeededStream(seed: seed, name: name)
  }

  /// A number below another one.
  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &random) }

  /// The bytes with one to eight things done to them.
  mutating func done(to bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(8) { bytes = once(bytes) }
    return bytes
  }

  private mutating func once(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let place = below(bytes.count + 1)
    let range = place..<min(bytes.count, place + 1 + below(below(4) == 0 ? 200 : 8))
    switch below(9) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(below(256))
    case 2: bytes.insert(UInt8(below(256)), at: place)
    case 3 where !range.isEmpty: bytes.removeSubrange(range)
    case 4 where !range.isEmpty: bytes.insert(contentsOf: bytes[range], at: below(bytes.count + 1))
    case 5: bytes.insert(contentsOf: Self.words[below(Self.words.count)], at: place)
    case 6: bytes.removeLast(min(bytes.count, below(40)))
    case 7 where !range.isEmpty:
      bytes.replaceSubrange(range, with: Self.words[below(Self.words.count)])
    default: bytes.insert(contentsOf: [UInt8](repeating: 91, count: below(200)), at: place)
    }
    return bytes
  }
}
