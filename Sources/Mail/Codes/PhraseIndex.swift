/// Phrases that are looked for all at once.
struct PhraseIndex: Sendable {
  private var phrases: [Character: [[Character]]] = [:]

  /// Creates an index of phrases in lower case.
  init(_ phrases: some Sequence<[Character]>) {
    for phrase in phrases {
      if let first = phrase.first { self.phrases[first, default: []].append(phrase) }
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { phrases.isEmpty }

  /// Where phrases stand among characters in lower case, by where they begin.
  func places(in lower: [Character]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    for start in lower.indices {
      for phrase in phrases[lower[start]] ?? [] {
        let end = start + phrase.count
        if end <= lower.count, lower[start..<end].elementsEqual(phrase) {
          places.append(start..<end)
        }
      }
    }
    return places
  }
}

extension PhraseIndex: ExpressibleByArrayLiteral {
  /// Creates an index of phrases in lower case.
  init(arrayLiteral phrases: String...) {
    self.init(phrases.map { Array($0) })
  }
}
