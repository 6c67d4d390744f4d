import Bench
import FrameVision
import Frames
import Hands
import RecorderModel

/// A desk's on-screen keyboard and the field that it types into.
struct DeskKeyboard {
  let layout: Keyboard
  let corner: PixelPoint
  let field: TextField

  /// Three pages: lower case, upper case for one key, symbols.
  static func standard(display: TextField.Display, hasClear: Bool) -> DeskKeyboard {
    func page(_ name: String, _ rows: [String], _ others: [Key.Role]) -> KeyboardPage {
      var keys: [Key] = []
      for (row, characters) in rows.enumerated() {
        for (column, character) in characters.enumerated() {
          keys.append(
            Key(
              role: .character(character),
              box: PixelRect(x: 10 + column * 46, y: 10 + row * 46, width: 42, height: 42)))
        }
      }
      for (column, role) in others.enumerated() {
        keys.append(
          Key(role: role, box: PixelRect(x: 10 + column * 92, y: 194, width: 88, height: 42)))
      }
      return KeyboardPage(name: name, image: nil, keys: keys)
    }
    let tail: [Key.Role] = hasClear ? [.backspace, .enter, .clear] : [.backspace, .enter]
    let pages = [
      page(
        "lower", ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
        [.pageForOneKey("upper"), .page("symbols")] + tail),
      page("upper", ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"], [.page("lower")] + tail),
      page("symbols", ["!@#$%^&*()", "-_=+[]{};:", "'\"<>,.?/|", "~` "], [.page("lower")] + tail),
    ]
    return DeskKeyboard(
      layout: Keyboard(
        anchor: "keyboard", bounds: PixelRect(x: 0, y: 0, width: 480, height: 246), pages: pages),
      corner: PixelPoint(x: 420, y: 400),
      field: TextField(box: PixelRect(x: 470, y: 330, width: 380, height: 36), display: display))
  }

  func draw(
    _ keys: DeskKeys, at now: MonotonicInstant, picture: DeskPicture, into luma: inout [UInt8]
  ) {
    let frame = layout.bounds.offset(byX: corner.x, y: corner.y)
    picture.fill(frame.insetBy(-6), 30, &luma)
    if let page = layout.page(keys.page) {
      for key in page.keys {
        let box = key.box.offset(byX: corner.x, y: corner.y)
        picture.fill(box, 90, &luma)
        if case .character(let character) = key.role {
          picture.glyph(character, at: PixelPoint(x: box.x + 16, y: box.y + 12), &luma)
        }
      }
    }
    picture.fill(field.box.insetBy(-4), 25, &luma)
    for (index, character) in keys.text.enumerated() {
      let corner = PixelPoint(x: field.box.x + 6 + index * 12, y: field.box.y + 9)
      if field.display == .dots {
        picture.fill(PixelRect(x: corner.x + 1, y: corner.y + 6, width: 7, height: 7), 220, &luma)
      } else {
        picture.glyph(character, at: corner, &luma)
      }
    }
    if Int(now.seconds * 2) % 2 == 0 {
      let caret = field.box.x + 5 + keys.text.count * 12
      picture.fill(PixelRect(x: caret, y: field.box.y + 5, width: 2, height: 26), 220, &luma)
    }
  }
}

/// What a desk's keyboard has been told.
struct DeskKeys {
  let keyboard: DeskKeyboard?
  private(set) var page: String
  var text: [Character] = []
  private var returnsTo: String?
  private var waiting: [(at: MonotonicInstant, role: Key.Role)] = []
  private(set) var entered = 0
  /// Characters that come out as others.
  var swapped: [Character: Character] = [:]
  /// How long the last character is shown before it is a dot.
  var showsLastFor = Duration.zero
  private var lastTypedAt: MonotonicInstant?

  /// Whether all that was typed shows as dots.
  func areAllDots(at now: MonotonicInstant) -> Bool {
    lastTypedAt.map { $0.duration(to: now) >= showsLastFor } ?? true
  }

  init(keyboard: DeskKeyboard?) {
    self.keyboard = keyboard
    page = keyboard?.layout.pages.first?.name ?? ""
  }

  mutating func click(_ point: PixelPoint, at now: MonotonicInstant, effectAfter delay: Duration) {
    guard let keyboard, let page = keyboard.layout.page(page) else { return }
    let place = point.offset(byX: -keyboard.corner.x, y: -keyboard.corner.y)
    guard let key = page.keys.first(where: { $0.box.contains(place) }) else { return }
    waiting.append((now.advanced(by: delay), key.role))
  }

  mutating func advance(to now: MonotonicInstant) {
    while let first = waiting.first, first.at <= now {
      waiting.removeFirst()
      if case .character = first.role { lastTypedAt = first.at }
      act(first.role)
    }
  }

  /// Leaves a page up, as somebody does who is interrupted after pressing shift.
  mutating func leave(page left: String, returningTo back: String?) {
    page = left
    returnsTo = back
  }

  private mutating func act(_ role: Key.Role) {
    switch role {
    case .character(let character):
      text.append(swapped[character] ?? character)
    case .page(let name):
      page = name
      returnsTo = nil
      return
    case .pageForOneKey(let name):
      returnsTo = page
      page = name
      return
    case .backspace:
      if !text.isEmpty { text.removeLast() }
    case .clear:
      text = []
    case .enter:
      entered += 1
    }
    if let back = returnsTo {
      page = back
      returnsTo = nil
    }
  }
}

/// Eyes that know the desk: what is under test is the typist, not reading.
struct DeskEyes: KeyboardEyes {
  let desk: Desk
  var knowsPages = false
  /// Characters that these eyes can't tell from others, but beside both.
  var unclear: [(wanted: Character, rival: Character)] = []

  func anchor(in frame: Frame, ignoring ignored: [PixelRect]) async -> PixelPoint? {
    desk.keyboard?.corner
  }

  func shows(page: String, in frame: Frame, keyboard: PixelRect, ignoring ignored: [PixelRect])
    async -> Bool?
  {
    guard knowsPages else { return nil }
    return await desk.keys.page == page
  }

  func text(in box: PixelRect, of frame: Frame, alphabet: String) async -> String {
    await String(desk.keys.text).filter(alphabet.contains)
  }

  func answer(
    to text: String, before proof: String, in box: PixelRect, of frame: Frame, alphabet: String
  ) async -> FieldTextAnswer {
    let shown = await String(desk.keys.text).filter(alphabet.contains)
    // Beside both, they are told from each other.
    for pair in unclear
    where text.contains(pair.wanted) && proof != String([pair.wanted, pair.rival]) {
      var answer = FieldTextAnswer(.unclear, read: shown)
      answer.doubts = [FieldTextAnswer.Doubt(wanted: pair.wanted, rival: pair.rival)]
      return answer
    }
    return FieldTextAnswer(shown == text + proof ? .same : .other, read: shown)
  }

  func dots(in box: PixelRect, of frame: Frame) async -> Int? {
    await desk.keys.areAllDots(at: frame.capturedAt) ? desk.keys.text.count : nil
  }
}
