import Frames

/// What a window asks the firmware to do.
enum Command: Hashable, Sendable {
  case close
  case chooseMenuIcon
  case openKeyboard
  case logIn(password: String)
  case forgotPassword
  case submit(code: String)
  case prove(password: String)
  case propose(password: String)
  case confirm(password: String)
  case proposeWithConfirmation(String, confirmation: String)
  case save
  case showPage(Int)
  case showSystemPage
  case begin(PageAction)
  case install
  case logOut
  case follow(MessageBox.Aftermath)
}

/// How a window comes up and goes away.
struct WindowManners: Sendable {
  /// How it comes up.
  enum Entrance: Sendable {
    case atOnce
    case fading
    case sliding(VirtualModel.MenuEdge)
  }

  var entrance = Entrance.fading
  /// Whether a right click closes it.
  var closesOnRightClick = true
  /// Whether a click beside it closes it.
  var closesOnClickBeside = false
  /// Whether it covers the whole screen.
  var coversAll = false
}

/// Something on the screen that takes clicks until it is closed.
protocol Window: Sendable {
  /// What is drawn, and where clicks go.
  func layer(_ style: Style) -> Layer
  /// What a click asks for.
  func command(for intent: Intent) -> Command?
  var manners: WindowManners { get }
  /// How it lies in a memory.
  var kept: KeptWindow { get }
  /// What the on-screen keyboard types into, where there is something.
  var entry: TextEntry? { get set }
  /// The field that it types into.
  var entryField: Intent { get }
  /// Words below the fields that tell why something was refused; nil where there are none, or no place
  /// for them.
  var refusal: String? { get set }
  /// Whether it has a place for them.
  var canRefuse: Bool { get }
  /// Points the keyboard at a field.
  mutating func focus(on field: Intent)
}

extension Window {
  var manners: WindowManners { WindowManners() }
  var entry: TextEntry? {
    get { nil }
    set {}
  }
  var refusal: String? {
    get { nil }
    set {}
  }
  var canRefuse: Bool { false }
  var entryField: Intent { .field }
  mutating func focus(on field: Intent) { entry?.isFocused = true }
}

/// The text of a window's field.
struct TextEntry: Hashable, Codable, Sendable {
  var text = ""
  /// Whether dots are shown for the characters.
  var isSecret: Bool
  /// Whether the keyboard types into it now.
  var isFocused = false
  /// More is not taken.
  static let maximumLength = 24

  /// What the field shows.
  var content: FieldContent {
    FieldContent(text: text, isSecret: isSecret, isFocused: isFocused)
  }

  /// Adds a character.
  mutating func type(_ character: Character) {
    guard text.count < TextEntry.maximumLength else { return }
    text.append(character)
  }

  /// Removes the last character.
  mutating func backspace() {
    _ = text.popLast()
  }
}
