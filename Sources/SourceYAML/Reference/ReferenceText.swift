extension ReferencePage {
  /// The page for a terminal.
  ///
  /// - Parameter width: how many characters a line holds.
  /// - Returns: the lines, with a line break after the last.
  public func text(width: Int = 90) -> String {
    var lines = [path]
    lines += (about.isEmpty ? "" : about).wrapped(width, indent: 2)
    lines += ["", "It is \(type)."].flatMap { $0.isEmpty ? [""] : $0.wrapped(width, indent: 2) }
    if !words.isEmpty { lines += ["", "Words"] + Self.table(words, width) }
    if !keys.isEmpty { lines += ["", "Keys (* must be there)"] + Self.table(keys, width) }
    if !rules.isEmpty {
      lines += ["", "Rules"] + rules.flatMap { $0.wrapped(width, indent: 2) }
    }
    if !neighbours.isEmpty {
      lines += ["", "Beside it"]
      lines += neighbours.joined(separator: ", ").wrapped(width, indent: 2)
    }
    if let example {
      lines +=
        ["", "Example"]
        + example.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "  \($0)" }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func table(_ entries: [Entry], _ width: Int) -> [String] {
    let longest = entries.map { $0.name.count + ($0.isRequired ? 1 : 0) }.max() ?? 0
    return entries.flatMap { entry -> [String] in
      let name = entry.name + (entry.isRequired ? "*" : "")
      let padding = String(repeating: " ", count: longest - name.count + 2)
      let type = entry.type.isEmpty ? "" : " It is \(entry.type)."
      var lines = (entry.about + type).wrapped(width, indent: longest + 4)
      lines[0] = "  \(name)\(padding)" + lines[0].dropFirst(longest + 4)
      return lines
    }
  }
}

extension Reference {
  /// The first page for a terminal: what there is to ask for.
  public var overview: String {
    let all = beginnings
    let longest = all.map(\.name.count).max() ?? 0
    let lines = all.map { name, about in
      "  \(name)\(String(repeating: " ", count: longest - name.count + 2))\(about)\n"
    }
    return lines.joined()
  }
}

extension String {
  /// The text in lines of at most so many characters, each with as many spaces before it.
  fileprivate func wrapped(_ width: Int, indent: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { String(repeating: " ", count: indent) + $0 }
  }
}
