import Frames

/// What differs between a widget and the one that must not be taken for it.
enum NearMiss: String, CaseIterable, Sendable {
  case letter, digit, tick, radio, focus, pressed, disabled, color, dot, blank
}

/// A widget, another one that a tester must not take for it, and a screen to put either on.
struct WidgetCase: Sendable {
  let look: Look
  let widget: Widget
  let other: Widget
  let origin: PixelPoint
  let seed: Int
  private static let words = [
    "Forgot Password", "Secure Code", "Confirm", "Cancel", "System", "Network", "Storage",
    "Language", "Record", "Playback", "User name", "Log in", "Next", "Back", "Apply", "Default",
  ]
  private static let twins: [Character: Character] = [
    "o": "a", "a": "e", "e": "c", "i": "l", "n": "m", "r": "t", "c": "o", "u": "n", "k": "h",
    "C": "G", "S": "B", "N": "H", "P": "R", "L": "I", "R": "K", "U": "O", "D": "O", "B": "E",
    "F": "P", "A": "R",
  ]

  init(_ kind: NearMiss, seed: Int) {
    var dice = Dice(seed)
    look = Look(&dice)
    self.seed = seed
    func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &dice) }
    let word = Self.words.randomElement(using: &dice) ?? "OK"
    switch kind {
    case .letter:
      var letters = Array(word)
      let places = letters.indices.filter { Self.twins[letters[$0]] != nil }
      if let at = places.randomElement(using: &dice), let twin = Self.twins[letters[at]] {
        letters[at] = twin
      }
      (widget, other) = (.label(word), .label(String(letters)))
    case .digit:
      let number = roll(1000...9999)
      let digits = Array(String(number))
      var changed = digits
      let at = roll(0...3)
      let next = [
        "0": "8", "1": "7", "2": "3", "3": "8", "4": "1", "5": "6", "6": "8", "7": "1", "8": "3",
        "9": "8",
      ]
      changed[at] = Character(next[String(digits[at])] ?? "0")
      (widget, other) = (
        .label("Camera " + String(digits)), .label("Camera " + String(changed))
      )
    case .tick:
      let ticked = roll(0...1) == 0
      (widget, other) = (.checkBox(word, isTicked: ticked), .checkBox(word, isTicked: !ticked))
    case .radio:
      let chosen = roll(0...1) == 0
      (widget, other) = (.radio(word, isChosen: chosen), .radio(word, isChosen: !chosen))
    case .focus:
      (widget, other) = (.button(word, .normal), .button(word, .focused))
    case .pressed:
      (widget, other) = (.button(word, .normal), .button(word, .pressed))
    case .disabled:
      (widget, other) = (.button(word, .normal), .button(word, .disabled))
    case .color:
      let shape = Widget.Shape.allCases.randomElement(using: &dice) ?? .house
      let names = Ink.Name.allCases.shuffled(using: &dice)
      (widget, other) = (.icon(shape, names[0]), .icon(shape, names[1]))
    case .dot:
      let count = roll(1...12)
      (widget, other) = (.dots(count), .dots(roll(0...1) == 0 ? count + 1 : count - 1))
    case .blank:
      let has = roll(0...1) == 0
      (widget, other) = (.frame(hasLine: has), .frame(hasLine: !has))
    }
    origin = PixelPoint(x: roll(60...200), y: roll(40...120))
  }

  /// A screen of 480 by 240 pixels with one of the two on it, and the box to cut it out by.
  func screen(showing shown: Widget) -> (canvas: Canvas, box: PixelRect) {
    let canvas = Canvas(480, 240, look.ground)
    canvas.fill(PixelRect(x: 20, y: 20, width: 440, height: 200), look.panel)
    canvas.outline(PixelRect(x: 20, y: 20, width: 440, height: 200), look.edge)
    var dice = Dice(seed &+ 77)
    for _ in 0..<6 {
      let (x, y) = (Int.random(in: 30...330, using: &dice), Int.random(in: 170...200, using: &dice))
      Widget.label("Item \(Int.random(in: 1...99, using: &dice))")
        .draw(on: canvas, at: PixelPoint(x: x, y: y), look)
    }
    let measure = Canvas(480, 240)
    let box = widget.draw(on: measure, at: origin, look)
      .union(other.draw(on: measure, at: origin, look))
      .insetBy(-6).intersection(PixelRect(canvas.size))
    canvas.fill(box, look.panel)
    shown.draw(on: canvas, at: origin, look)
    return (canvas, box)
  }
}
