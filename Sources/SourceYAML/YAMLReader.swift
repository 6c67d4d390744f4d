import Yams

/// Reads YAML into nodes that know their places, or says in one line what is wrong.
///
/// Of YAML it takes what people need to write files by hand: mappings, lists and scalars in any
/// style. Anchors, aliases, tags and several documents in a file are refused.
public enum YAMLReader {
  /// The largest file that is read, in bytes.
  public static let largestFile = 1 << 20
  /// How deep lists and mappings may lie in each other.
  public static let deepestNesting = 64
  /// More words than this that look like aliases are not even parsed: telling mappings apart by
  /// their keys could take forever.
  static let mostAliases = 32

  /// What reading gave: a tree if there was any to be had, and the mistakes.
  public struct Reading: Sendable {
    /// The tree; nil where the mistakes leave none.
    public var root: YAMLNode?
    /// What is wrong, in the order of the file.
    public var findings: [Finding]
  }

  /// Reads a file.
  public static func read(file: String, from files: SourceFiles) -> Reading {
    do throws(SourceFiles.Refusal) {
      return read(try files.read(file), file: file)
    } catch {
      let place = SourceLocation(file: file, line: 1, column: 1)
      let finding = Finding(place, error.reason, remedy: "check the path")
      return Reading(root: nil, findings: [finding])
    }
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte order mark.
  ///   - file: the name that places carry.
  ///   - start: the place of the first byte, where the bytes are a part of something larger.
  /// - Returns: the tree and the mistakes.
  public static func read(
    _ bytes: [UInt8], file: String, start: (line: Int, column: Int) = (1, 1)
  ) -> Reading {
    let frame = SourceFrame(file: file, line: start.line, column: start.column)
    do throws(Finding) {
      let text = try SourceText.decoded(bytes, frame: frame)
      return try compose(text, frame: frame)
    } catch {
      return Reading(root: nil, findings: [error])
    }
  }

  private static func compose(_ text: String, frame: SourceFrame) throws(Finding) -> Reading {
    var repair = DuplicateKeyRepair(text: text, frame: frame)
    while true {
      do {
        let parser = try Parser(yaml: repair.text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else {
          throw Finding(frame.location(1, 1), "the file is empty", remedy: "write what it is for")
        }
        var tree = TreeMaker(frame: frame, text: repair.text, setAside: repair.marks)
        // Nodes hold their anchors weakly; the parser owns them.
        let made = withExtendedLifetime(parser) { tree.node(root, depth: 1) }
        let findings = tree.findings + repair.findings
        return Reading(root: tree.isRefused ? nil : made, findings: Findings(findings).all)
      } catch let finding as Finding {
        throw finding
      } catch let error as YamlError {
        if repair.setAside(error) { continue }
        let complaint = YAMLComplaint.finding(for: error, frame: frame)
        return Reading(root: nil, findings: repair.findings + [complaint])
      } catch {
        throw Finding(frame.location(1, 1), "this is not YAML: \(error)", remedy: "write YAML")
      }
    }
  }
}

/// Turns the lines and columns of a text into places of the file that the text is a part of.
struct SourceFrame {
  var file: String
  var line: Int
  var column: Int

  /// The place of a line and column of the text, both from 1.
  func location(_ textLine: Int, _ textColumn: Int) -> SourceLocation {
    SourceLocation(
      file: file, line: textLine + line - 1,
      column: textLine == 1 ? textColumn + column - 1 : textColumn)
  }

  /// The place of a mark.
  func location(_ mark: Mark?) -> SourceLocation { location(mark?.line ?? 1, mark?.column ?? 1) }
}

/// Makes the tree of places and texts from what the parser gives.
private struct TreeMaker {
  let frame: SourceFrame
  /// The lines of the text, with what ends them but for the line feed.
  private let lines: [Substring.UnicodeScalarView]
  /// First characters that stand for keys given twice.
  let setAside: Set<Unicode.Scalar>
  var findings: [Finding] = []
  /// Whether something was refused that the rest of the file may depend on.
  var isRefused = false

  init(frame: SourceFrame, text: String, setAside: Set<Unicode.Scalar>) {
    self.frame = frame
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    self.setAside = setAside
  }

  mutating func node(_ node: Node, depth: Int) -> YAMLNode {
    let place = frame.location(node.mark)
    if let refusal = refusal(of: node, at: place, depth: depth) {
      findings.append(refusal)
      isRefused = true
      return YAMLNode(.nothing, at: place)
    }
    switch node {
    case .scalar(let scalar):
      var made = YAMLNode(content(of: scalar), at: place)
      made.spelling = spelling(of: scalar)
      return made
    case .sequence(let sequence):
      return YAMLNode(.sequence(sequence.map { self.node($0, depth: depth + 1) }), at: place)
    case .mapping(let mapping):
      return YAMLNode(.mapping(mapping.compactMap { entry($0, depth: depth + 1) }), at: place)
    case .alias:
      return YAMLNode(.nothing, at: place)
    }
  }

  private mutating func entry(
    _ pair: (key: Node, value: Node), depth: Int
  ) -> YAMLNode.Entry? {
    let key = node(pair.key, depth: depth)
    guard case .scalar(let text) = pair.key else {
      findings.append(
        Finding(key.location, "a key is a list or mapping", remedy: "write a word as the key"))
      return nil
    }
    let value = node(pair.value, depth: depth)
    if let first = text.string.unicodeScalars.first, setAside.contains(first) { return nil }
    return YAMLNode.Entry(key: text.string, keyLocation: key.location, value: value)
  }

  private func content(of scalar: Node.Scalar) -> YAMLNode.Content {
    let nothing = ["", "~", "null", "Null", "NULL"]
    return scalar.style == .plain && nothing.contains(scalar.string)
      ? .nothing : .scalar(scalar.string)
  }

  /// How a scalar is spelt, if the line at its place has all of it just so.
  private func spelling(of scalar: Node.Scalar) -> ScalarSpelling? {
    let spelling: ScalarSpelling
    switch scalar.style {
    case .plain: spelling = .plain
    case .singleQuoted: spelling = .singleQuoted
    case .doubleQuoted: spelling = .doubleQuoted
    case .any, .literal, .folded: return nil
    }
    guard let mark = scalar.mark, lines.indices.contains(mark.line - 1) else { return nil }
    let rest = lines[mark.line - 1].dropFirst(mark.column - 1)
    return rest.starts(with: spelling.written(scalar.string).unicodeScalars) ? spelling : nil
  }

  private func refusal(of node: Node, at place: SourceLocation, depth: Int) -> Finding? {
    let properties: (anchor: Anchor?, tag: Tag) =
      switch node {
      case .scalar(let scalar): (scalar.anchor, scalar.tag)
      case .sequence(let sequence): (sequence.anchor, sequence.tag)
      case .mapping(let mapping): (mapping.anchor, mapping.tag)
      case .alias(let alias): (alias.anchor, alias.tag)
      }
    if let anchor = properties.anchor {
      return YAMLComplaint.anchors(at: place, example: "&\(anchor.rawValue)")
    }
    let standard = ["", "str", "seq", "map"].map { $0.isEmpty ? "" : "tag:yaml.org,2002:\($0)" }
    if !standard.contains(properties.tag.description) {
      return Finding(
        place, "the tag \(properties.tag) is not read", remedy: "leave it out: a scalar is its text"
      )
    }
    if depth > YAMLReader.deepestNesting {
      return Finding(
        place, "this lies deeper than \(YAMLReader.deepestNesting) levels",
        remedy: "write it flatter")
    }
    return nil
  }
}
