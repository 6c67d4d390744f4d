import Yams

/// Goes on reading a file in which a key stands twice, so that its other mistakes are found too.
///
/// The parser stops at the first mapping with such a key and names only its first place. That
/// key's first character is then replaced by one that no file uses, and the file is read again;
/// columns stay what they are, and whoever makes the tree leaves such keys out.
struct DuplicateKeyRepair {
  /// The text with the earlier of equal keys set aside.
  private(set) var text: String
  /// A line for each key set aside.
  private(set) var findings: [Finding] = []
  /// The characters that set keys aside.
  private(set) var marks: Set<Unicode.Scalar> = []

  private let frame: SourceFrame
  /// Private-use characters that the file itself does not use, last one first to be taken.
  private var unused: [Unicode.Scalar]

  init(text: String, frame: SourceFrame) {
    self.text = text
    self.frame = frame
    let taken = Set(text.unicodeScalars.filter { $0.value >= 0xF700 && $0.value < 0xF740 })
    unused = (0xF700..<0xF740).compactMap(Unicode.Scalar.init).filter { !taken.contains($0) }
  }

  /// Sets a key aside if an error says that it stands twice.
  ///
  /// - Returns: whether reading again makes sense.
  mutating func setAside(_ error: YamlError) -> Bool {
    guard case .duplicatedKeysInMapping(let keys, let context) = error, let key = keys.first,
      let mark = unused.popLast()
    else { return false }
    var scalars = Array(text.unicodeScalars)
    let place = context.mark
    guard var index = TextPlace.index(line: place.line, column: place.column, in: scalars) else {
      return false
    }
    if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    // Only a key written plainly can be changed without changing what the rest means.
    guard index < scalars.count, let first = key.unicodeScalars.first, scalars[index] == first
    else { return false }
    scalars[index] = mark
    var changed = String.UnicodeScalarView()
    changed.append(contentsOf: scalars)
    text = String(changed)
    marks.insert(mark)
    findings.append(
      Finding(
        frame.location(place), "\"\(key)\" stands again further down in this mapping",
        remedy: "keep one"))
    return true
  }
}
