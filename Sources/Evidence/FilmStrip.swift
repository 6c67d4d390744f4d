import Frames
import RunJournal

/// What stands below the pictures of a film: clock, step, clicks, supply, signal.
struct FilmStrip {
  /// Its height for pictures of a width, even.
  static func height(below width: Int) -> Int { max(32, width / 32 / 2 * 2) }

  /// How long a click stays told.
  private static let clickTime = Duration.milliseconds(1500)

  private var began: MonotonicInstant?
  private var paths: [(step: Int, path: String)] = []
  private var clicks = 0
  private var lastClick: (at: MonotonicInstant, words: String)?
  private var power = "power on"
  private var lettering = FilmLettering()

  /// Takes what happened.
  mutating func take(_ entry: JournalEntry) {
    began = began ?? entry.at
    switch entry.event {
    case .stepStarted(let start): paths.append((start.step, start.path))
    case .stepEnded(let end): paths.removeAll { $0.step == end.step }
    case .acted(let record):
      if record.place != nil { clicks += 1 }
      let place = record.place.map { " at \($0.x), \($0.y)" } ?? ""
      lastClick = (entry.at, record.what + place)
    case .noted(let note) where note.kind == .power: power = note.text
    case .runStarted, .judged, .noted, .pictureKept, .runEnded: break
    }
  }

  /// The strip as it stands below a picture.
  ///
  /// - Parameters:
  ///   - size: its size in pixels.
  ///   - instant: when the picture was captured.
  ///   - signal: the state of the signal, in words.
  /// - Returns: the strip's brightness, of full range; it has no colours.
  mutating func drawn(_ size: PixelSize, at instant: MonotonicInstant, signal: String) -> Plane {
    let seconds = (began ?? instant).duration(to: instant).inSeconds
    var doing = paths.last?.path ?? ""
    if let lastClick, lastClick.at.duration(to: instant) <= Self.clickTime {
      doing += "  ·  \(lastClick.words)"
    }
    let state = "clicks \(clicks)  ·  \(power)  ·  \(signal)"
    var strip = Plane(width: size.width, height: size.height, filledWith: Self.ground)
    let letter = Double(size.height) * 0.42
    let small = letter * 0.85
    func write(_ text: String, at x: Double, letter: Double, bold: Bool = false) {
      lettering.write(
        text, into: &strip, x: x, baseline: Double(size.height) * 0.64, letter: letter, bold: bold)
    }
    write(Self.clock(seconds), at: letter, letter: letter, bold: true)
    let clockEnd =
      letter + lettering.width(of: "0:00:00.00 ", letter: letter, bold: true) + letter
    let stateStart = max(
      clockEnd, Double(size.width) - lettering.width(of: state, letter: small) - letter)
    let doingWidth = stateStart - clockEnd - letter
    write(
      lettering.fitting(doing, letter: letter, width: doingWidth), at: clockEnd, letter: letter)
    write(state, at: stateStart, letter: small)
    return strip
  }

  /// The brightness of the ground that the letters stand on.
  private static let ground: UInt8 = 20

  /// Such as `1:02:03.45`.
  private static func clock(_ seconds: Double) -> String {
    let hundredths = Int((max(0, seconds) * 100).rounded(.down))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let whole = hundredths / 100
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60)).\(two(hundredths % 100))"
  }
}
