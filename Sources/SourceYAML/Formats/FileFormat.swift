/// The format of a file: the version of the language that it is written in.
///
/// Each kind of file counts its own. A file that does not say is of the first, so that files from
/// before there were formats stay what they were.
struct FileFormat {
  /// The key at the top of a file.
  static let key = "format"
  /// The format of a file that says none.
  static let first = 1

  /// The number; that of the first where the file says none, or something that is none.
  let number: Int
  /// What is wrong with it, where the book does not know it; nothing else of the file is to be judged
  /// then.
  let refusal: Finding?

  /// Reads what a file says.
  init(of root: YAMLNode, _ book: ShapeBook) {
    let node = root[Self.key]
    number = node?.integer.map { max($0, Self.first) } ?? Self.first
    refusal = node.flatMap { [number] node in
      guard number > book.newestFormat else { return nil }
      return Finding(
        node.location,
        "this file is of format \(number), which this Gantry does not know",
        remedy: "for \(book.kind) it knows up to \(book.newestFormat): use a newer Gantry")
    }
  }

  /// The key's shape.
  static func field(changes: [String]) -> FieldShape {
    let newest = first + changes.count
    var about = "The version of the language that the file is written in; 1 if left out"
    about +=
      changes.isEmpty
      ? ", which is the newest."
      : ", \(newest) is the newest, to which gantry check --upgrade rewrites."
    for (index, change) in changes.enumerated() { about += " Since \(index + 2): \(change)" }
    let field = FieldShape(key, .scalar(.integer(first...newest)), about)
    // Where there is one format only, nobody need write it.
    return changes.isEmpty ? field : field.shown(by: "\(key): \(newest)")
  }
}

extension ShapeBook {
  /// The newest format of such files.
  public var newestFormat: Int { FileFormat.first + changes.count }

  /// What is wrong with the format of a file, where the book does not know it; nil where it does.
  public func refusal(of root: YAMLNode) -> Finding? { FileFormat(of: root, self).refusal }

  /// What such a file is, with its article, such as `a model`.
  var kind: String {
    if case .object(let object) = root { object.what } else { title }
  }
}
