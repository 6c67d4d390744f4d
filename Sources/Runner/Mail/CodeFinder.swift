import RecorderModel

/// Finds a secure code in a mail's text by what the model says that codes look like.
struct CodeFinder: Sendable {
  /// What a text holds.
  enum Answer: Equatable {
    /// One code.
    case found(String)
    /// Nothing that could be a code.
    case none
    /// Several different things that could be one; how many.
    case several(Int)
  }

  let format: CodeFormat

  /// The code in a text: a whole word of the right length and alphabet.
  ///
  /// A date or a serial number may look like a code; where several words do, only those count that
  /// stand on a line with the word "code", or on the first line with words after one.
  func find(in text: String) -> Answer {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      .filter { !$0.allSatisfy(\.isWhitespace) }
    let all = distinct(lines.flatMap(candidates))
    if all.count <= 1 { return all.first.map(Answer.found) ?? .none }
    var near: [String] = []
    for (index, line) in lines.enumerated() where line.lowercased().contains("code") {
      let here = candidates(line)
      near += here.isEmpty && index + 1 < lines.count ? candidates(lines[index + 1]) : here
    }
    let close = distinct(near)
    if close.count == 1 { return .found(close[0]) }
    return .several(close.isEmpty ? all.count : close.count)
  }

  private func candidates(_ line: String) -> [String] {
    line.split { !isPart($0) }.map(String.init).map(withoutStop).filter { word in
      word.count == format.length && word.allSatisfy { format.alphabet.contains($0) }
    }
  }

  private func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || format.alphabet.contains(character)
  }

  /// A sentence's last mark is no part of a code, even where codes may hold it.
  private func withoutStop(_ word: String) -> String {
    word.count == format.length + 1 && ".,;:!".contains(word.last ?? " ")
      ? String(word.dropLast()) : word
  }

  private func distinct(_ words: [String]) -> [String] {
    var seen = Set<String>()
    return words.filter { seen.insert($0).inserted }
  }
}
