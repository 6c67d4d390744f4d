import Frames

/// What a click on a part of the screen asks for.
enum Intent: Hashable, Sendable {
  /// An icon of the menu bar.
  case menuIcon(Int)
  /// A tile of the main menu.
  case tile(Int)
  /// The accepting button.
  case accept
  /// The button that leads back.
  case cancel
  /// The link for those who have forgotten their password.
  case forgotPassword
  /// The text field; the first one where there are two.
  case field
  /// The second text field.
  case secondField
  /// A key of the on-screen keyboard.
  case key(KeyboardLayout.Action)
  /// Nothing, but the click goes no deeper.
  case nothing
}

/// How a part of the screen looks.
enum LayerStyle: Hashable, Sendable {
  case panel
  case titleBar(String)
  case text(String, TextAlignment)
  case button(String, isDefault: Bool)
  case link(String)
  case field(FieldContent)
  case fixedField(String)
  case key(String, isLetter: Bool)
  case keyboardGround
  case menuGround
  case menuIcon(IconShape, String)
  case tile(IconShape, String)
  case fullScreen
  case header(String, String)
  case value(String)
  case separator
  case overlay(String)
  case cameraMessage(String)
}

/// What a text field shows.
struct FieldContent: Hashable, Sendable {
  /// The typed text.
  var text: String
  /// Whether dots stand for the characters.
  var isSecret: Bool
  /// Whether the keyboard types into it.
  var isFocused: Bool
  /// What stands there while nothing is typed; nil where nothing does.
  var placeholder: String?
}

/// A part of the screen that is drawn, and perhaps clicked.
struct Element: Hashable, Sendable {
  var rect: PixelRect
  var look: LayerStyle
  var intent: Intent?
}

/// Elements that come and go together, the lower first.
struct Layer: Hashable, Sendable {
  /// What the layer covers; a click in it goes no deeper.
  var area: PixelRect
  var elements: [Element]

  /// The topmost element at a point that does something when clicked.
  func element(at point: PixelPoint) -> Element? {
    elements.last { $0.intent != nil && $0.rect.contains(point) }
  }

  /// The layer further down.
  func moved(down pixels: Int) -> Layer {
    Layer(
      area: area.offset(byX: 0, y: pixels),
      elements: elements.map { element in
        var element = element
        element.rect = element.rect.offset(byX: 0, y: pixels)
        return element
      })
  }

  /// The element with an intent.
  func element(for intent: Intent) -> Element? {
    elements.last { $0.intent == intent }
  }
}

/// A model's look at the size of its screen; shared, for models are large.
final class Style: Sendable {
  let model: VirtualModel
  /// Pixels of the screen per pixel of a 720-line screen.
  let scale: Double

  /// Creates the style of a model.
  init(_ model: VirtualModel) {
    self.model = model
    scale = Double(model.screenSize.height) / 720
  }

  var theme: Theme { model.theme }
  var wordings: Wordings { model.wordings }

  /// The screen's width on a 720-line screen.
  var width: Double { Double(model.screenSize.width) / scale }
  /// The screen's height on a 720-line screen.
  var height: Double { 720 }

  /// A length of a 720-line screen in pixels.
  func pixels(_ length: Double) -> Int { Int((length * scale).rounded()) }

  /// A rectangle of a 720-line screen in pixels.
  func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> PixelRect {
    let (left, top) = (pixels(x), pixels(y))
    return PixelRect(
      x: left, y: top, width: pixels(x + width) - left, height: pixels(y + height) - top)
  }

  /// The theme's letters at a size of a 720-line screen.
  func font(_ size: Double, bold: Bool = false) -> Font {
    Font(family: theme.fontFamily, size: size * scale, isBold: bold)
  }
}
