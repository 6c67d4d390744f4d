/// The keys of an on-screen keyboard: pages of rows.
struct KeyboardLayout: Sendable {
  /// What a key does.
  enum Action: Hashable, Sendable {
    /// Types a character.
    case type(Character)
    /// Removes the last character.
    case backspace
    /// Shows another page.
    case page(Int)
    /// Puts the keyboard away.
    case close
  }

  /// One key.
  struct Key: Hashable, Sendable {
    var action: Action
    /// What is printed on it.
    var label: String
    /// How wide it is, in widths of a letter key.
    var width = 1.0

    /// A key that types what is printed on it.
    init(_ character: Character) {
      action = .type(character)
      label = String(character)
    }

    /// A key with a label of its own.
    init(_ action: Action, _ label: String, width: Double = 1) {
      self.action = action
      self.label = label
      self.width = width
    }
  }

  /// The rows of one page.
  struct Page: Sendable {
    var rows: [[Key]]
    /// The page that comes up by itself after a character is typed; nil stays.
    var followedBy: Int?
  }

  var pages: [Page]

  /// A row of characters with other keys before and after.
  static func row(_ characters: String, before: [Key] = [], after: [Key] = []) -> [Key] {
    before + characters.map(Key.init) + after
  }
}
