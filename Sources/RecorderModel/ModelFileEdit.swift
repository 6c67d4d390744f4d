/// Changes to a model file as a person would make them: everything else stays as it is written,
/// comments included.
enum ModelFileEdit {
  /// The text of a model file with an entry under `images:`, in place of one of the same name.
  ///
  /// - Parameters:
  ///   - name: the image's name.
  ///   - value: what follows the name's colon, on one line.
  ///   - text: the file as it is.
  /// - Returns: the file as it should be.
  /// - Throws: when `images` is not written as a block of lines.
  static func settingImage(
    _ name: String, to value: String, in text: String
  ) throws(ModelFolderError) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    guard let heading = lines.firstIndex(where: { key(of: $0) == "images" && indent($0) == 0 })
    else {
      lines += ["", "images:", "  \(name): \(value)"]
      return lines.joined(separator: "\n") + "\n"
    }
    try makeBlock(heading, in: &lines)
    let end = endOfBlock(after: heading, in: lines)
    let children = (heading + 1..<end).filter { !isIdle(lines[$0]) }
    let depth = children.first.map { indent(lines[$0]) } ?? 2
    let entry = String(repeating: " ", count: depth) + "\(name): \(value)"
    if let old = children.first(where: { indent(lines[$0]) == depth && key(of: lines[$0]) == name })
    {
      let next = children.first { $0 > old && indent(lines[$0]) <= depth } ?? end
      let last = children.last { $0 < next } ?? old
      lines.replaceSubrange(old...last, with: [entry + (old == last ? comment(lines[old]) : "")])
    } else {
      lines.insert(entry, at: (children.last ?? heading) + 1)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Leaves nothing behind `images:` but a comment, where that changes no meaning.
  private static func makeBlock(
    _ heading: Int, in lines: inout [String]
  ) throws(ModelFolderError) {
    guard let colon = lines[heading].firstIndex(of: ":") else { return }
    let rest = lines[heading][lines[heading].index(after: colon)...]
    let value = rest.split(separator: "#", omittingEmptySubsequences: false)[0]
      .filter { $0 != " " && $0 != "\t" }
    switch value {
    case "": return
    case "{}", "null", "~":
      lines[heading] = String(lines[heading][...colon]) + comment(String(rest))
    default:
      throw ModelFolderError(
        "the model file writes images on one line; write them one a line, so that one can be "
          + "added")
    }
  }

  /// The line after the last one that belongs to the block under a heading.
  private static func endOfBlock(after heading: Int, in lines: [String]) -> Int {
    lines.indices.first { $0 > heading && !isIdle(lines[$0]) && indent(lines[$0]) == 0 }
      ?? lines.count
  }

  /// Whether a line is blank or only a comment.
  private static func isIdle(_ line: String) -> Bool {
    guard let first = line.first(where: { $0 != " " && $0 != "\t" }) else { return true }
    return first == "#"
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// The name before a line's colon; nil where there is none.
  private static func key(of line: String) -> String? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = line[..<colon].drop { $0 == " " }
    let trimmed = name.reversed().drop { $0 == " " }.reversed()
    return String(trimmed.filter { $0 != "\"" && $0 != "'" })
  }

  /// The comment at the end of a line, with the blanks before it; empty where there is none.
  private static func comment(_ line: String) -> String {
    guard let sign = line.lastRange(of: " #") else { return "" }
    var start = sign.lowerBound
    while start > line.startIndex, line[line.index(before: start)] == " " {
      start = line.index(before: start)
    }
    let behind = line[start...]
    // A sign inside braces or quotes begins no comment.
    return behind.contains("}") || behind.contains("\"") ? "" : String(behind)
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<String.Index>? { ranges(of: text).last }
}
