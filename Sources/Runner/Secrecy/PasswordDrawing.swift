import RecorderModel

extension PasswordRules {
  /// Draws a password that these rules accept.
  ///
  /// - Parameters:
  ///   - length: how long it should be; moved into what the rules allow.
  ///   - allowed: the characters that can be typed; nil for all.
  ///   - random: where the draws come from.
  /// - Returns: nil when the alphabet can't satisfy the rules.
  func draw(
    length: Int, typedWith allowed: Set<Character>?, using random: inout some RandomNumberGenerator
  ) -> String? {
    let usable = alphabet.filter { allowed?.contains($0) ?? true }
    let classes = Dictionary(grouping: usable) { CharacterClass(of: $0) }
    let wanted = wantedClasses(from: classes)
    let length = min(max(length, minimumLength, wanted?.count ?? 0), maximumLength)
    guard let wanted, !usable.isEmpty, length >= wanted.count else { return nil }
    var drawn: [Character] = []
    for kind in wanted {
      if let character = classes[kind]?.randomElement(using: &random) { drawn.append(character) }
    }
    let all = Array(usable)
    while drawn.count < length {
      if let character = all.randomElement(using: &random) { drawn.append(character) }
    }
    return String(drawn.shuffled(using: &random))
  }

  /// The kinds that must occur: the required ones, and more until there are enough.
  private func wantedClasses(from classes: [CharacterClass: [Character]]) -> [CharacterClass]? {
    var wanted = CharacterClass.allCases.filter { requiredClasses.contains($0) }
    for kind in CharacterClass.allCases
    where wanted.count < minimumClasses && !wanted.contains(kind) && classes[kind] != nil {
      wanted.append(kind)
    }
    let all = wanted.allSatisfy { classes[$0] != nil }
    return all && wanted.count >= minimumClasses ? wanted : nil
  }
}

extension PasswordRules.CharacterClass {
  /// The kind of a character.
  init(of character: Character) {
    switch character {
    case "a"..."z": self = .lower
    case "A"..."Z": self = .upper
    case "0"..."9": self = .digit
    default: self = .symbol
    }
  }
}

extension Keyboard {
  /// The characters that it can type.
  var characters: Set<Character> {
    Set(
      pages.flatMap(\.keys).compactMap { key -> Character? in
        if case .character(let character) = key.role { character } else { nil }
      })
  }
}
