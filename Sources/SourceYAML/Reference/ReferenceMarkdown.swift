extension Reference {
  /// The reference as Markdown files.
  ///
  /// - Parameter command: what makes the files anew, for their last line.
  /// - Returns: each file's name and text: one a kind of file, and `README.md` for them all.
  public func markdown(madeBy command: String) -> [(name: String, text: String)] {
    let note = "\nMade by `\(command)` from the shapes that check the files.\n"
    let index =
      "# Reference\n\n"
      + kinds.map { "- [\($0.name)](\($0.name).md): \($0.book.about)\n" }.joined() + note
    return [("README.md", index)]
      + kinds.map { kind in
        let pages = pages(of: kind).map { $0.markdown }
        return ("\(kind.name).md", pages.joined(separator: "\n") + note)
      }
  }
}

extension ReferencePage {
  /// The page as a section.
  var markdown: String {
    let depth = path.split(separator: ".").count
    var text = "\(String(repeating: "#", count: min(4, depth))) \(path)\n\n"
    if !about.isEmpty { text += "\(about.escaped)\n\n" }
    text += "It is \(type.escaped).\n"
    if !words.isEmpty {
      text += "\n| word | what it says |\n| --- | --- |\n"
      for word in words { text += "| `\(word.name)` | \(word.about.escaped) |\n" }
    }
    if !keys.isEmpty {
      text += "\n| key | what it is | what it says |\n| --- | --- | --- |\n"
      for key in keys {
        let name = "`\(key.name)`" + (key.isRequired ? " (must be there)" : "")
        text += "| \(name) | \(key.type.escaped) | \(key.about.escaped) |\n"
      }
    }
    if !rules.isEmpty { text += "\n" + rules.map { "- \($0.escaped)\n" }.joined() }
    if !neighbours.isEmpty {
      text += "\nBeside it: " + neighbours.map { "`\($0)`" }.joined(separator: ", ") + ".\n"
    }
    if let example { text += "\n```yaml\n\(example)\n```\n" }
    return text
  }
}

extension String {
  /// The text with nothing in it that Markdown takes for more than text.
  fileprivate var escaped: String {
    reduce(into: "") { text, character in
      if "|<>*_`[]".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}
