/// A place where a code is called by its name.
struct CodeName {
  /// The line, by its place in the page.
  var line: Int
  /// From the first word that belongs to the name, such as `your secure`, to its end.
  var range: Range<Int>
  /// A word that in the name's language says that here it comes.
  var saying: String?

  /// The places on a line where a code is called by its name: by the words of a model, or by those
  /// that mails use.
  static func all(on line: CodeLine, at index: Int, words: PhraseIndex) -> [CodeName] {
    if !words.isEmpty {
      return line.wholePlaces(of: words).map { CodeName(line: index, range: $0) }
    }
    var found: [CodeName] = []
    for (place, word) in line.words.enumerated() where isNamed(word.text) {
      guard let start = startOfCode(at: place, on: line) else { continue }
      found.append(
        CodeName(
          line: index, range: start..<word.range.upperBound,
          saying: CodeVocabulary.ownSaying.first {
            word.text.hasPrefix($0.name) || word.text.hasSuffix($0.name)
          }?.word
        ))
    }
    found += line.wholePlaces(of: CodeVocabulary.phrases).map { CodeName(line: index, range: $0) }
    return found + unparted(on: line, at: index)
  }

  /// Whether a word names a code or, in front of other words, something else.
  static func isNamed(_ word: String) -> Bool {
    CodeVocabulary.names.contains(word)
      || CodeVocabulary.compoundEnds.contains { word.hasSuffix($0) && word.count > $0.count }
  }

  /// Where the name begins whose last word stands at a place; nil where what is before the word, or
  /// joined to it, makes another thing of it.
  private static func startOfCode(at place: Int, on line: CodeLine) -> Int? {
    let word = line.words[place].text
    if !CodeVocabulary.names.contains(word) {
      let ends = CodeVocabulary.compoundEnds.filter { word.hasSuffix($0) }
      let isQualified = ends.contains { end in
        let stem = String(word.dropLast(end.count))
        return CodeVocabulary.qualifying.contains(stem)
          || CodeVocabulary.qualifying.contains(stem + "s")
      }
      return isQualified ? line.words[place].range.lowerBound : nil
    }
    var first = place
    while first > 0, let before = line.wordJoined(before: first) {
      if CodeVocabulary.qualifying.contains(before) {
        // With what is before that, it stays what it is: `password reset code`.
        return line.words[first - 1].range.lowerBound
      }
      if CodeVocabulary.joining.contains(before) {
        first -= 1
        continue
      }
      if CodeVocabulary.absent.contains(before) { return nil }
      let isFree =
        CodeVocabulary.acting.contains(before) || CodeVocabulary.saying.contains(before)
        || CodeVocabulary.doing.contains(before) || first < place
      return isFree ? line.words[first].range.lowerBound : nil
    }
    return line.words[first].range.lowerBound
  }

  private static func unparted(on line: CodeLine, at index: Int) -> [CodeName] {
    var found = CodeVocabulary.unpartedNames.places(in: line.lower).map {
      CodeName(line: index, range: $0)
    }
    for range in CodeVocabulary.unpartedPlainNames.places(in: line.lower)
    where !found.contains(where: { $0.range.overlaps(range) }) {
      let before = line.characters[..<range.lowerBound].last { $0 != " " }
      if before.map({ !$0.isLetter }) ?? true {
        found.append(CodeName(line: index, range: range))
      }
    }
    return found
  }
}
