import CPangoCairo
import Frames

/// Sets text with pango, through a font map of its own.
///
/// The default font map belongs to a thread; a recorder moves between threads, so it keeps one.
final class TextEngine {
  private let fontMap: UnsafeMutablePointer<PangoFontMap>?
  private let context: OpaquePointer?
  private var descriptions: [Font: OpaquePointer] = [:]

  /// Creates an engine with the fonts that fontconfig knows.
  init() {
    fontMap = pango_cairo_font_map_new()
    context = pango_font_map_create_context(fontMap)
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  deinit {
    for description in descriptions.values {
      pango_font_description_free(description)
    }
    if let context { g_object_unref(UnsafeMutableRawPointer(context)) }
    g_object_unref(fontMap)
  }

  /// Sets a text and lends the layout; lines wrap at a width in pixels, if there is one.
  func withLayout<Result>(
    _ text: String, font: Font, width: Double? = nil, alignment: TextAlignment = .leading,
    _ body: (OpaquePointer) -> Result
  ) -> Result? {
    guard let layout = pango_layout_new(context) else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    pango_layout_set_font_description(layout, description(of: font))
    pango_layout_set_text(layout, text, -1)
    if let width {
      pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
      pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
      pango_layout_set_alignment(
        layout, alignment == .center ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT)
    }
    return body(layout)
  }

  private func description(of font: Font) -> OpaquePointer? {
    if let known = descriptions[font] { return known }
    guard let created = pango_font_description_new() else { return nil }
    pango_font_description_set_family(created, font.family)
    pango_font_description_set_weight(
      created, font.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_font_description_set_absolute_size(created, font.size * Double(PANGO_SCALE))
    descriptions[font] = created
    return created
  }
}

/// A family of letters at a size in pixels.
struct Font: Hashable, Sendable {
  var family: String
  /// The height of the em square in pixels.
  var size: Double
  var isBold = false
}

/// Where text stands in its rectangle.
enum TextAlignment: Hashable, Sendable {
  case leading
  case center
  case trailing
}

extension TextEngine {
  /// How large a text is, in pixels; lines wrap at a width, if there is one.
  func size(of text: String, font: Font, width: Double? = nil) -> PixelSize {
    let size = withLayout(text, font: font, width: width) { layout in
      var (width, height): (Int32, Int32) = (0, 0)
      pango_layout_get_pixel_size(layout, &width, &height)
      return PixelSize(width: Int(width), height: Int(height))
    }
    return size ?? PixelSize(width: 0, height: 0)
  }
}
