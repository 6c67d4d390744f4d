public import Frames

/// A recorder's on-screen keyboard: an image to find it by, and pages of keys laid out from that
/// image's top left corner.
public struct Keyboard: Sendable, Hashable {
  /// The reference image that shows whether and where the keyboard is; something that is the same
  /// on every page.
  public var anchor: String
  /// The whole keyboard, from the anchor's top left corner, in pixels.
  public var bounds: PixelRect
  /// The pages by name; the first is shown when the keyboard opens.
  public var pages: [KeyboardPage]
  /// Where a click puts the keyboard away, from the anchor's top left corner, in pixels; nil where
  /// that is just below it.
  public var dismissal: PixelRect?

  /// Creates a keyboard.
  public init(
    anchor: String, bounds: PixelRect, pages: [KeyboardPage], dismissal: PixelRect? = nil
  ) {
    self.anchor = anchor
    self.bounds = bounds
    self.pages = pages
    self.dismissal = dismissal
  }

  /// The page of a name.
  public func page(_ name: String) -> KeyboardPage? { pages.first { $0.name == name } }
}

/// One page of a keyboard.
public struct KeyboardPage: Sendable, Hashable {
  /// The page's name, such as `lower`.
  public var name: String
  /// The reference image that shows that this page is up; nil where pages are told apart by
  /// nothing but what was pressed.
  public var image: String?
  /// The keys.
  public var keys: [Key]

  /// Creates a page.
  public init(name: String, image: String?, keys: [Key]) {
    self.name = name
    self.image = image
    self.keys = keys
  }
}

/// One key of a page.
public struct Key: Sendable, Hashable {
  /// What a key does.
  public enum Role: Sendable, Hashable {
    /// Types a character.
    case character(Character)
    /// Shows another page until told otherwise.
    case page(String)
    /// Shows another page for one character (shift).
    case pageForOneKey(String)
    /// Removes the last character.
    case backspace
    /// Removes everything.
    case clear
    /// Ends typing and closes the keyboard.
    case enter
  }

  /// What it does.
  public var role: Role
  /// The key, from the anchor's top left corner, in pixels.
  public var box: PixelRect

  /// Creates a key.
  public init(role: Role, box: PixelRect) {
    self.role = role
    self.box = box
  }
}
