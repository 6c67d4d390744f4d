import Frames
import ScreenKit

/// What stands on a sheet's two screens.
struct Texts {
  let wanted: String
  let other: String
  /// The only characters that occur, where it is a code.
  let alphabet: String
}

/// A widget to look for, the one that must not be taken for it, and the look of both.
struct Subject {
  let kind: Kind
  let theme: Theme
  /// The size of the screen.
  let size: PixelSize
  let widget: Widget
  let other: Widget
  /// The icon's shape, if it is one: no other icon of that shape is around.
  let shape: Shape?
  /// What must not stand elsewhere.
  let words: [String]
  /// What a code is made of.
  let alphabet: String

  init(_ kind: Kind, _ dice: inout Dice) {
    self.kind = kind
    var theme = Theme(&dice)
    let word = dice.pick(Words.targets)
    var words = [word]
    var shape: Shape?
    var alphabet = ""
    switch kind {
    case .letter, .border:
      let twin = Words.oneLetterOff(word, &dice)
      words.append(twin)
      (widget, other) = (.label(word), .label(twin))
    case .dialog:
      let twin = Words.oneLetterOff(word, &dice)
      words.append(twin)
      (widget, other) = (.label(word), .label(twin))
      theme.textSize = dice.roll(11...20)
    case .scaled:
      let twin = Words.oneLetterOff(word, &dice)
      words.append(twin)
      (widget, other) = (.label(word), .label(twin))
      // At two thirds of the size that is 11 pixels, less is not asked for.
      theme.textSize = dice.roll(17...26)
    case .digit:
      let text = "\(dice.pick(["Camera", "Port", "Code", "Id"])) \(dice.roll(10...99999))"
      let twin = Words.oneDigitOff(text, &dice)
      words = [text, twin]
      (widget, other) = (.label(text), .label(twin))
    case .phrase:
      let text = "\(dice.pick(["Camera", "Channel", word])) \(dice.roll(10...99))"
      let twin =
        dice.once(in: 3)
        ? "\(dice.pick(Words.others)) \(text.suffix(2))" : Words.oneDigitOff(text, &dice)
      words = [text, twin]
      (widget, other) = (.label(text), .label(twin))
      theme.isAliased = false
    case .code:
      let letters = dice.pick(Words.codeAlphabets)
      alphabet = letters
      (widget, other) = (.label(Words.code(letters, &dice)), .label(Words.code(letters, &dice)))
      theme.isAliased = false
    case .tick:
      let isTicked = dice.once(in: 2)
      (widget, other) = (.checkBox(word, isTicked: isTicked), .checkBox(word, isTicked: !isTicked))
    case .radio, .hidden:
      let isChosen = dice.once(in: 2)
      (widget, other) = (.radio(word, isChosen: isChosen), .radio(word, isChosen: !isChosen))
    case .focus:
      let pair = dice.once(in: 2) ? [Widget.State.normal, .focused] : [.focused, .normal]
      (widget, other) = (.button(word, pair[0]), .button(word, pair[1]))
    case .pressed:
      let pair = dice.once(in: 2) ? [Widget.State.normal, .pressed] : [.pressed, .normal]
      (widget, other) = (.button(word, pair[0]), .button(word, pair[1]))
    case .disabled, .rows:
      let pair = dice.once(in: 2) ? [Widget.State.normal, .disabled] : [.disabled, .normal]
      (widget, other) = (.button(word, pair[0]), .button(word, pair[1]))
    case .color:
      let drawn = dice.pick(Shape.allCases)
      let side = dice.roll(14...48)
      let pair = Self.equalLuma(on: theme.panel, &dice)
      shape = drawn
      (widget, other) = (.icon(drawn, pair.0, side: side), .icon(drawn, pair.1, side: side))
    case .dot:
      let count = dice.roll(1...13)
      (widget, other) = (.dots(count), .dots(dice.once(in: 2) ? count + 1 : count - 1))
    case .blank:
      let thin = dice.pick(Widget.Thin.allCases.filter { $0 != .nothing })
      let pair = dice.once(in: 2) ? [thin, .nothing] : [.nothing, thin]
      (widget, other) = (.field(word, pair[0]), .field(word, pair[1]))
    case .icon:
      let shapes = Shape.allCases.shuffled(using: &dice)
      let side = dice.roll(8...28)
      shape = shapes[0]
      let ink = dice.once(in: 2) ? theme.ink : theme.accent
      (widget, other) = (
        .icon(shapes[0], ink, side: side), .icon(shapes[1], ink, side: side)
      )
    case .transparent:
      let shapes = Shape.allCases.shuffled(using: &dice)
      let side = dice.roll(28...72)
      shape = shapes[0]
      (widget, other) = (
        .badge(shapes[0], theme.accent, side: side), .badge(shapes[1], theme.accent, side: side)
      )
    }
    // Behind glass, no two rows would look the same.
    if kind == .rows { theme.panel.opacity = 1 }
    size = Self.size(kind, &dice)
    self.theme = theme
    self.words = words
    self.shape = shape
    self.alphabet = alphabet
  }

  /// What stands on both screens, where the case is about reading.
  var texts: Texts? {
    guard kind == .phrase || kind == .code, case .label(let wanted) = widget,
      case .label(let other) = other
    else { return nil }
    return Texts(wanted: wanted, other: other, alphabet: alphabet)
  }

  private static func size(_ kind: Kind, _ dice: inout Dice) -> PixelSize {
    if kind == .dialog { return PixelSize(width: 1280, height: 720) }
    if kind == .scaled {
      return dice.pick([
        PixelSize(width: 1280, height: 720), PixelSize(width: 1920, height: 1080),
      ])
    }
    switch dice.roll(1...12) {
    case 1: return PixelSize(width: 1920, height: 1080)
    case 2, 3: return PixelSize(width: 1280, height: 720)
    default: return PixelSize(width: 960, height: 540)
    }
  }

  /// Two colours of equal luma that nobody would call the same, and that stand out from a ground.
  private static func equalLuma(on ground: Ink, _ dice: inout Dice) -> (Ink, Ink) {
    // What shines through a translucent ground is of middling brightness.
    let below = ground.luma * ground.opacity + 110 * (1 - ground.opacity)
    while true {
      let luma = Double(dice.roll(50...200))
      if abs(luma - below) < 35 { continue }
      func any() -> (cb: Double, cr: Double) {
        (Double(dice.roll(-90...90)), Double(dice.roll(-90...90)))
      }
      let (one, two) = (any(), any())
      let (blue, red) = (one.cb - two.cb, one.cr - two.cr)
      if blue * blue + red * red < 50 * 50 { continue }
      if let first = Ink.luma(luma, cb: one.cb, cr: one.cr),
        let second = Ink.luma(luma, cb: two.cb, cr: two.cr)
      {
        return (first, second)
      }
    }
  }
}
