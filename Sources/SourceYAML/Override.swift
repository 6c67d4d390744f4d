/// A value that replaces one of a file: `a.b=c` as given on the command line.
public struct Override: Sendable, Hashable {
  /// The keys from the file's top to the value.
  public var path: [LocatedText]
  /// The value.
  public var value: YAMLNode

  /// Creates an override.
  public init(path: [LocatedText], value: YAMLNode) {
    self.path = path
    self.value = value
  }

  /// Reads `a.b=c`.
  ///
  /// What begins with a bracket, brace or quote is read as YAML, all else is text as it stands.
  ///
  /// - Parameters:
  ///   - argument: the argument as given.
  ///   - option: the name of the option, which stands for the file in places.
  ///   - number: the how manieth of these options it is, from 1, which stands for the line.
  /// - Returns: the override.
  /// - Throws: what is wrong with the argument.
  public static func parse(
    _ argument: String, option: String = "--set", number: Int
  ) throws(Finding) -> Override {
    func place(_ index: String.Index) -> SourceLocation {
      let column = argument.unicodeScalars.distance(from: argument.startIndex, to: index) + 1
      return SourceLocation(file: option, line: number, column: column)
    }
    guard let equals = argument.firstIndex(of: "=") else {
      throw Finding(
        place(argument.startIndex), "\"\(argument)\" sets nothing", remedy: "write key.key=value")
    }
    var path: [LocatedText] = []
    for part in argument[..<equals].split(separator: ".", omittingEmptySubsequences: false) {
      guard !part.isEmpty else {
        throw Finding(
          place(part.startIndex), "a key is missing in \"\(argument[..<equals])\"",
          remedy: "write key.key=value")
      }
      path.append(LocatedText(String(part), at: place(part.startIndex)))
    }
    let text = argument[argument.index(after: equals)...]
    let start = place(text.startIndex)
    guard let first = text.first, "[{\"'".contains(first) else {
      let content: YAMLNode.Content = text.isEmpty ? .nothing : .scalar(String(text))
      return Override(path: path, value: YAMLNode(content, at: start))
    }
    let reading = YAMLReader.read(
      Array(text.utf8), file: option, start: (start.line, start.column))
    if let finding = reading.findings.first { throw finding }
    return Override(path: path, value: reading.root ?? YAMLNode(.nothing, at: start))
  }

  /// Reads a list of arguments, and finds all that are wrong.
  public static func parse(
    all arguments: [String], option: String = "--set"
  ) -> (overrides: [Override], findings: [Finding]) {
    var overrides: [Override] = []
    var findings: [Finding] = []
    for (index, argument) in arguments.enumerated() {
      do throws(Finding) {
        overrides.append(try parse(argument, option: option, number: index + 1))
      } catch {
        findings.append(error)
      }
    }
    return (overrides, findings)
  }

  /// The override without its first key; nil where the first key is another or the only one.
  public func below(_ key: String) -> Override? {
    guard path.count > 1, path[0].text == key else { return nil }
    return Override(path: Array(path.dropFirst()), value: value)
  }
}

extension YAMLNode {
  /// The tree with a value replaced or added; mappings on the way are made where there are none,
  /// elements of lists go by their number from 0.
  public func applying(_ override: Override) throws(Finding) -> YAMLNode {
    try replacing(override.path[...], with: override.value)
  }

  private func replacing(
    _ path: ArraySlice<LocatedText>, with value: YAMLNode
  ) throws(Finding) -> YAMLNode {
    guard let key = path.first else { return value }
    let rest = path.dropFirst()
    switch content {
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == key.text }) {
        entries[index].value = try entries[index].value.replacing(rest, with: value)
      } else {
        entries.append(try Self.newEntry(key, rest: rest, value: value))
      }
      return YAMLNode(.mapping(entries), at: location)
    case .nothing:
      return YAMLNode(
        .mapping([try Self.newEntry(key, rest: rest, value: value)]), at: key.location)
    case .sequence(var elements):
      guard let index = Int(key.text), elements.indices.contains(index) else {
        throw Finding(
          key.location, "\"\(key.text)\" is no element of the list at \(location)",
          remedy: "write a number from 0 to \(elements.count - 1), or set the whole list")
      }
      elements[index] = try elements[index].replacing(rest, with: value)
      return YAMLNode(.sequence(elements), at: location)
    case .scalar(let text):
      throw Finding(
        key.location, "\"\(key.text)\" would stand inside the text \"\(text)\" at \(location)",
        remedy: "set the whole value")
    }
  }

  private static func newEntry(
    _ key: LocatedText, rest: ArraySlice<LocatedText>, value: YAMLNode
  ) throws(Finding) -> Entry {
    let below = YAMLNode(.nothing, at: key.location)
    return Entry(
      key: key.text, keyLocation: key.location, value: try below.replacing(rest, with: value))
  }
}
