/// What a recorder demands of a new password.
struct PasswordPolicy: Sendable {
  /// A kind of character.
  enum CharacterClass: Hashable, Sendable, CaseIterable {
    case lowercase
    case uppercase
    case digit
    case symbol

    /// The class of a character.
    init(_ character: Character) {
      self =
        switch character {
        case "a"..."z": .lowercase
        case "A"..."Z": .uppercase
        case "0"..."9": .digit
        default: .symbol
        }
    }
  }

  /// How many characters it may have.
  var length: ClosedRange<Int>
  /// How many classes of characters it must mix.
  var minimumClasses = 1
  /// Whether it must hold a letter and a digit.
  var needsLetterAndDigit = false
  /// Whether it must not hold the user name.
  var mayHoldUserName = true

  /// Whether a password keeps the rules.
  func allow(_ password: String, userName: String) -> Bool {
    let classes = Set(password.map(CharacterClass.init))
    guard length.contains(password.count), classes.count >= minimumClasses else { return false }
    if needsLetterAndDigit {
      guard classes.contains(.digit), !classes.isDisjoint(with: [.lowercase, .uppercase]) else {
        return false
      }
    }
    return mayHoldUserName || !password.lowercased().contains(userName.lowercased())
  }
}
