import CPangoCairo
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
  func drawn(_ size: PixelSize, at instant: MonotonicInstant, signal: String) -> Plane {
    let seconds = (began ?? instant).duration(to: instant).inSeconds
    var doing = paths.last?.path ?? ""
    if let lastClick, lastClick.at.duration(to: instant) <= Self.clickTime {
      doing += "  ·  \(lastClick.words)"
    }
    let state = "clicks \(clicks)  ·  \(power)  ·  \(signal)"
    let painter = StripPainter(size)
    let letter = Double(size.height) * 0.42
    painter.write(Self.clock(seconds), x: letter, letter: letter, bold: true)
    let clockEnd = letter + painter.width(of: "0:00:00.00 ", letter: letter, bold: true) + letter
    let stateWidth = painter.width(of: state, letter: letter * 0.85)
    let stateStart = max(clockEnd, Double(size.width) - stateWidth - letter)
    painter.write(
      painter.fitting(doing, letter: letter, width: stateStart - clockEnd - letter), x: clockEnd,
      letter: letter)
    painter.write(state, x: stateStart, letter: letter * 0.85)
    return painter.luma
  }

  /// Such as `1:02:03.45`.
  private static func clock(_ seconds: Double) -> String {
    let hundredths = Int((max(0, seconds) * 100).rounded(.down))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let whole = hundredths / 100
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60)).\(two(hundredths % 100))"
  }
}

/// Draws light letters on a dark ground with cairo.
private final class StripPainter {
  private let size: PixelSize
  private let surface: OpaquePointer?
  private let context: OpaquePointer?

  init(_ size: PixelSize) {
    self.size = size
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_A8, Int32(size.width), Int32(size.height))
    context = cairo_create(surface)
    cairo_set_source_rgba(context, 1, 1, 1, 1)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  private func choose(letter: Double, bold: Bool) {
    cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, letter)
  }

  func width(of text: String, letter: Double, bold: Bool = false) -> Double {
    choose(letter: letter, bold: bold)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// The text, without its beginning where it is too long: what is done stands at its end.
  func fitting(_ text: String, letter: Double, width limit: Double) -> String {
    guard width(of: text, letter: letter) > limit else { return text }
    var rest = Substring(text)
    while !rest.isEmpty, width(of: "…" + rest, letter: letter) > limit { rest = rest.dropFirst() }
    return rest.isEmpty ? "" : "…" + rest
  }

  func write(_ text: String, x: Double, letter: Double, bold: Bool = false) {
    choose(letter: letter, bold: bold)
    cairo_move_to(context, x, Double(size.height) * 0.64)
    cairo_show_text(context, text)
  }

  /// What was drawn, as the brightness of full range.
  var luma: Plane {
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else {
      return Plane(width: size.width, height: size.height)
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    let samples = [UInt8](unsafeUninitializedCapacity: size.area) { target, count in
      for y in 0..<size.height {
        for x in 0..<size.width {
          target[y * size.width + x] = Self.ground + UInt8(Int(data[y * stride + x]) * 215 / 255)
        }
      }
      count = size.area
    }
    return Plane(width: size.width, height: size.height, samples: samples)
  }

  private static let ground: UInt8 = 20
}
