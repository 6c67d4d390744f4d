/// What two journals of the same run have in common, byte for byte.
package enum JournalText {
  /// A journal without what may differ between two runs of the same inputs: its first line, and
  /// members whose names begin with `wall`.
  ///
  /// - Parameter journal: the journal's bytes.
  /// - Returns: the lines after the first, ends of lines as they were; empty where there are none.
  package static func canonical(_ journal: [UInt8]) -> [UInt8] {
    guard let end = journal.firstIndex(of: newline) else { return [] }
    let rest = journal[(end + 1)...]
    var kept: [UInt8] = []
    kept.reserveCapacity(rest.count)
    var at = rest.startIndex
    while at < rest.endIndex {
      if let after = endOfWall(in: rest, from: at) {
        at = after
      } else {
        kept.append(rest[at])
        at += 1
      }
    }
    return kept
  }

  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")
  private static let start = Array(#","wall"#.utf8)
  private static let ends = Array(",}]\"\n".utf8)
  private static let lists = Array("[{".utf8)

  /// Where a member ends that begins at a place as `,"wall…":` with a number, a word or a text; nil
  /// where none does. Inside of texts none can: quotes are escaped there.
  private static func endOfWall(in text: ArraySlice<UInt8>, from: Int) -> Int? {
    guard text[from...].starts(with: start) else { return nil }
    var at = from + start.count
    while at < text.endIndex, isLetter(text[at]) { at += 1 }
    guard text[at...].starts(with: [quote, UInt8(ascii: ":")]) else { return nil }
    at += 2
    if at < text.endIndex, text[at] == quote {
      return text[(at + 1)...].firstIndex(of: quote).map { $0 + 1 }
    }
    // Journals have no lists and objects there; cut in half they would be worse than kept.
    if at < text.endIndex, lists.contains(text[at]) { return nil }
    let first = at
    while at < text.endIndex, !ends.contains(text[at]) { at += 1 }
    return at > first ? at : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
