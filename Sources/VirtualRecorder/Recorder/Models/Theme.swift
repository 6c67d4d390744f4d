/// Colours, letters and shapes of a model's screens. Lengths are in pixels of a 720-line screen.
struct Theme: Sendable {
  /// A ground that changes its colour from top to bottom.
  struct Ground: Hashable, Sendable {
    var top: Color
    var bottom: Color

    /// A ground between two colours.
    init(_ top: UInt32, _ bottom: UInt32) {
      self.top = Color(top)
      self.bottom = Color(bottom)
    }

    /// A ground of one colour.
    init(_ color: UInt32) {
      self.init(color, color)
    }
  }

  /// Where labels stand beside their fields.
  enum LabelPlace: Sendable {
    case left
    case above
  }

  /// Where a form's buttons stand, and in which order.
  enum ButtonPlace: Sendable {
    /// Centred, the accepting one first.
    case centredAcceptFirst
    /// At the right, the accepting one last.
    case rightAcceptLast
    /// As wide as the form, the accepting one last.
    case fullWidthAcceptLast
  }

  /// The place of the clock on the live view.
  enum ClockPlace: Sendable {
    case topRight
    case bottomRight
  }

  /// How large forms and keyboards are.
  struct Metrics: Sendable {
    var formTop = 64.0
    var formWidth = 580.0
    var keyWidth = 54.0
    var keyHeight = 42.0
    var menuThickness = 92.0
    var menuCell = 132.0
    var tileColumns = 4
    /// Lines that the reset dialog's text takes.
    var resetLines = 4
  }

  var metrics = Metrics()
  var fontFamily: String
  var textSize = 18.0
  var titleSize = 20.0
  var keySize = 20.0
  var captionSize = 15.0
  var clockSize = 22.0
  var radius: Double
  var labelPlace: LabelPlace
  var buttonPlace: ButtonPlace
  var clockPlace: ClockPlace
  /// Whether titles stand in the middle.
  var centresTitles: Bool
  /// Whether what lies under the pointer lights up.
  var lightsUpUnderPointer: Bool

  var panel: Ground
  var panelBorder: Color
  var title: Ground
  var titleText: Color
  var text: Color
  var button: Ground
  var buttonText: Color
  var buttonBorder: Color
  var accent: Ground
  var accentText: Color
  var pressed: Ground
  var pressedText: Color
  var field: Color
  var fieldText: Color
  var fieldBorder: Color
  var fieldFocus: Color
  var link: Color
  var keyboard: Ground
  var key: Ground
  var keyText: Color
  var otherKey: Ground
  var menu: Ground
  var menuText: Color
  var icon: Color
  /// The strip under text on the live view.
  var overlay: Color
  var overlayText: Color
  var boot: Ground
  var bootText: Color
}

/// The shape of a model's pointer.
enum PointerShape: Hashable, Sendable {
  /// A white arrow with a black rim.
  case arrow
  /// Two crossing lines with the hot spot in their middle.
  case crossHair
  /// A large arrow of a colour of its own.
  case boldArrow(Color)
}

/// A pictogram.
enum IconShape: Hashable, Sendable {
  case menu
  case magnifier
  case record
  case speaker
  case camera
  case grid
  case gear
  case network
  case disk
  case bell
  case door
  case information
  case person
}
