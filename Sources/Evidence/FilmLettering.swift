import CPangoCairo
import Frames

/// The letters below a film's pictures, light on a dark ground: each is drawn once by cairo, and copied
/// from then on, since a strip is drawn for every picture.
struct FilmLettering {
  private struct Kind: Hashable {
    var character: Character
    var letter: Double
    var bold: Bool
  }

  /// How a character is drawn.
  private struct Glyph {
    /// How much of each pixel it covers, of 255.
    var coverage: Plane
    /// Where its drawing begins, from where it is written.
    var corner: PixelPoint
    /// How far the next one stands from it, in pixels.
    var advance: Double
  }

  private var glyphs: [Kind: Glyph] = [:]

  /// How wide a text is, in pixels.
  mutating func width(of text: String, letter: Double, bold: Bool = false) -> Double {
    text.reduce(0) { $0 + glyph($1, letter, bold).advance }
  }

  /// The text, without its beginning where it is too long: what is done stands at its end.
  mutating func fitting(_ text: String, letter: Double, width limit: Double) -> String {
    guard width(of: text, letter: letter) > limit else { return text }
    var rest = Substring(text)
    while !rest.isEmpty, width(of: "…" + rest, letter: letter) > limit { rest = rest.dropFirst() }
    return rest.isEmpty ? "" : "…" + rest
  }

  /// Writes a text.
  ///
  /// - Parameters:
  ///   - text: what is written.
  ///   - luma: where.
  ///   - x: where it begins, in pixels.
  ///   - baseline: the row that its letters stand on.
  ///   - letter: the size of the letters, in pixels.
  ///   - bold: whether they are bold.
  mutating func write(
    _ text: String, into luma: inout Plane, x: Double, baseline: Double, letter: Double, bold: Bool
  ) {
    var x = x
    for character in text {
      let glyph = glyph(character, letter, bold)
      copy(
        glyph.coverage, to: &luma,
        at: PixelPoint(x: Int(x.rounded()), y: Int(baseline.rounded()))
          .offset(byX: glyph.corner.x, y: glyph.corner.y))
      x += glyph.advance
    }
  }

  private func copy(_ coverage: Plane, to luma: inout Plane, at corner: PixelPoint) {
    for y in 0..<coverage.height where (0..<luma.height).contains(corner.y + y) {
      for x in 0..<coverage.width where (0..<luma.width).contains(corner.x + x) {
        let ground = Int(luma[corner.x + x, corner.y + y])
        luma[corner.x + x, corner.y + y] = UInt8(
          ground + (Self.ink - ground) * Int(coverage[x, y]) / 255)
      }
    }
  }

  /// The brightness of letters.
  private static let ink = 235

  private mutating func glyph(_ character: Character, _ letter: Double, _ bold: Bool) -> Glyph {
    let kind = Kind(character: character, letter: letter, bold: bold)
    if let known = glyphs[kind] { return known }
    let drawn = Self.drawn(kind)
    glyphs[kind] = drawn
    return drawn
  }

  private static func drawn(_ kind: Kind) -> Glyph {
    let origin = PixelPoint(x: Int(kind.letter / 2), y: Int(kind.letter * 1.5))
    let side = Int(kind.letter * 2.5) + 1
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(side), Int32(side))
    let context = cairo_create(surface)
    defer {
      cairo_destroy(context)
      cairo_surface_destroy(surface)
    }
    cairo_set_source_rgba(context, 1, 1, 1, 1)
    cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      kind.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, kind.letter)
    let text = String(kind.character)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    cairo_move_to(context, Double(origin.x), Double(origin.y))
    cairo_show_text(context, text)
    cairo_surface_flush(surface)
    var coverage = Plane(width: side, height: side)
    if let data = cairo_image_surface_get_data(surface) {
      let stride = Int(cairo_image_surface_get_stride(surface))
      for y in 0..<side { for x in 0..<side { coverage[x, y] = data[y * stride + x] } }
    }
    return Glyph(
      coverage: coverage, corner: PixelPoint(x: -origin.x, y: -origin.y),
      advance: extents.x_advance)
  }
}
