/// Which characters one font or another draws, and readers take, for each other.
enum LookAlikes {
  /// Each group's characters are alike among themselves.
  private static let groups = [
    "0OoQD", "1lIi|!", "ij", "2Zz", "5Ss", "8B", "6bG", "9gq", "CGc", "Kk", "Pp", "UuVvYy", "Ww",
    "Xx", "ce", "hn", "ft", "4A", "EF", "ao",
  ]

  private static let rivals: [Character: Set<Character>] = {
    var rivals: [Character: Set<Character>] = [:]
    for group in groups {
      for character in group {
        rivals[character, default: []].formUnion(group.filter { $0 != character })
      }
    }
    return rivals
  }()

  /// The characters that look like one, as far as an alphabet has them, in its order.
  static func rivals(of character: Character, in alphabet: String) -> [Character] {
    guard let rivals = rivals[character] else { return [] }
    return alphabet.filter(rivals.contains).map { $0 }
  }

  /// Whether two characters look alike in one font or another.
  static func areAlike(_ one: Character, _ other: Character) -> Bool {
    rivals[one]?.contains(other) ?? false
  }
}
