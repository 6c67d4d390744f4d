import Foundation

/// The project's root.
let root = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../..").standardizedFileURL.path

/// `Documentation/Modules.md`: which module may import which.
struct ModuleTable {
  /// Where it stands, from the root.
  static let file = "Documentation/Modules.md"

  /// What each module may import.
  private(set) var allowed: [String: Set<String>] = [:]
  /// The modules in the order of the rows.
  private(set) var modules: [String] = []

  init() throws {
    let text = try String(contentsOfFile: "\(root)/\(Self.file)", encoding: .utf8)
    for row in text.split(separator: "\n") where row.hasPrefix("| `") {
      let cells = row.split(separator: "|")
      for module in Self.names(cells[0]) {
        modules.append(module)
        allowed[module] = Set(Self.names(cells[2]))
      }
    }
  }

  private static func names(_ cell: Substring) -> [String] {
    cell.matches(of: /`([^`]+)`/).map { String($0.output.1) }
  }
}

/// A Swift file and what it imports.
struct SourceFile {
  /// Its path from the root.
  var path: String
  /// The modules that it imports.
  var imports: Set<String>

  /// All Swift files of a folder and below.
  ///
  /// - Parameter folder: its path from the root.
  /// - Returns: the files in the order of their paths.
  /// - Throws: when one can't be read.
  static func all(in folder: String) throws -> [SourceFile] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { name in
        let path = "\(folder)/\(name)"
        let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
        return SourceFile(path: path, imports: imports(in: text))
      }
  }

  /// What a text imports: `import X`, with an attribute, an access level or a kind of declaration
  /// before the name; at the beginning of a line, as everywhere in this project.
  static func imports(in text: String) -> Set<String> {
    let lines = text.split(separator: "\n")
    return Set(
      lines.compactMap { line in
        let words = line.first == " " ? [] : line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), words.count > at + 1,
          words[..<at].allSatisfy(isModifier)
        else { return nil }
        let name = kinds.contains(words[at + 1]) ? words.last : words[at + 1]
        return name?.split(separator: ".").first.map(String.init)
      })
  }

  private static let kinds: [Substring] = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]

  private static func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@")
      || ["public", "package", "internal", "fileprivate", "private"].contains(word)
  }
}
