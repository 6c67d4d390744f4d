import CPangoCairo
package import Frames

/// A picture to draw on with cairo and pango.
package final class Canvas {
  private let surface: OpaquePointer
  private let context: OpaquePointer
  /// How many pixels it has.
  package let size: PixelSize
  /// Whether letters have hard edges, as on cheap devices.
  package var isAliased = false

  /// Creates a transparent canvas.
  package init(_ size: PixelSize) {
    self.size = size
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, Int32(size.width), Int32(size.height))
    context = cairo_create(surface)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Another canvas that shows the same.
  package func copy() -> Canvas {
    let copy = Canvas(size)
    cairo_set_source_surface(copy.context, surface, 0, 0)
    cairo_paint(copy.context)
    copy.isAliased = isAliased
    return copy
  }

  private func set(_ ink: Ink) {
    cairo_set_source_rgba(
      context, ink.red / 255, ink.green / 255, ink.blue / 255, ink.opacity)
  }

  // MARK: Shapes

  /// Fills a rectangle, its corners rounded by a radius in pixels.
  package func fill(_ rect: PixelRect, _ ink: Ink, radius: Double = 0) {
    set(ink)
    path(rect, inset: 0, radius)
    cairo_fill(context)
  }

  /// Draws the edge of a rectangle just inside it.
  package func outline(_ rect: PixelRect, _ ink: Ink, width: Double = 1, radius: Double = 0) {
    set(ink)
    cairo_set_line_width(context, width)
    path(rect, inset: width / 2, radius)
    cairo_stroke(context)
  }

  /// Fills a rectangle with a blend from its top to its bottom.
  package func blend(_ rect: PixelRect, from top: Ink, to bottom: Ink) {
    let pattern = cairo_pattern_create_linear(
      Double(rect.x), Double(rect.y), Double(rect.x), Double(rect.maxY))
    for (at, ink) in [(0.0, top), (1.0, bottom)] {
      cairo_pattern_add_color_stop_rgba(
        pattern, at, ink.red / 255, ink.green / 255, ink.blue / 255, ink.opacity)
    }
    cairo_set_source(context, pattern)
    cairo_rectangle(
      context, Double(rect.x), Double(rect.y), Double(rect.width), Double(rect.height))
    cairo_fill(context)
    cairo_pattern_destroy(pattern)
  }

  private func path(_ rect: PixelRect, inset: Double, _ radius: Double) {
    let (left, top) = (Double(rect.x) + inset, Double(rect.y) + inset)
    let (right, bottom) = (Double(rect.maxX) - inset, Double(rect.maxY) - inset)
    guard radius > inset else {
      return cairo_rectangle(context, left, top, right - left, bottom - top)
    }
    let r = min(radius - inset, (right - left) / 2, (bottom - top) / 2)
    cairo_new_sub_path(context)
    cairo_arc(context, right - r, top + r, r, -.pi / 2, 0)
    cairo_arc(context, right - r, bottom - r, r, 0, .pi / 2)
    cairo_arc(context, left + r, bottom - r, r, .pi / 2, .pi)
    cairo_arc(context, left + r, top + r, r, .pi, 1.5 * .pi)
    cairo_close_path(context)
  }

  /// Draws a line through points.
  package func line(_ points: [(x: Double, y: Double)], _ ink: Ink, width: Double) {
    set(ink)
    cairo_set_line_width(context, width)
    trace(points)
    cairo_stroke(context)
  }

  /// Fills the shape between points.
  package func fill(_ points: [(x: Double, y: Double)], _ ink: Ink) {
    set(ink)
    trace(points)
    cairo_fill(context)
  }

  private func trace(_ points: [(x: Double, y: Double)]) {
    cairo_new_path(context)
    for point in points { cairo_line_to(context, point.x, point.y) }
  }

  /// Fills a circle.
  package func dot(_ x: Double, _ y: Double, radius: Double, _ ink: Ink) {
    set(ink)
    cairo_new_path(context)
    cairo_arc(context, x, y, radius, 0, 2 * .pi)
    cairo_fill(context)
  }

  /// Draws a circle's edge, in the middle of which runs the radius.
  package func ring(_ x: Double, _ y: Double, radius: Double, _ ink: Ink, width: Double) {
    set(ink)
    cairo_set_line_width(context, width)
    cairo_new_path(context)
    cairo_arc(context, x, y, radius, 0, 2 * .pi)
    cairo_stroke(context)
  }

  // MARK: Text

  /// Writes a line of text with its top left corner at a point; the font's size is in pixels.
  ///
  /// - Returns: the rectangle of the line, from the top of its tallest letters to the bottom of
  ///   its deepest.
  @discardableResult
  package func text(_ text: String, _ x: Int, _ y: Int, _ ink: Ink, font: String, size: Int)
    -> PixelRect
  {
    let layout = pango_cairo_create_layout(context)
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    if isAliased {
      let options = cairo_font_options_create()
      cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_NONE)
      pango_cairo_context_set_font_options(pango_layout_get_context(layout), options)
      cairo_font_options_destroy(options)
    }
    let description = pango_font_description_from_string(font)
    pango_font_description_set_absolute_size(description, Double(size) * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, description)
    pango_font_description_free(description)
    pango_layout_set_text(layout, text, -1)
    set(ink)
    cairo_move_to(context, Double(x), Double(y))
    pango_cairo_show_layout(context, layout)
    var box = PangoRectangle()
    pango_layout_get_pixel_extents(layout, nil, &box)
    return PixelRect(
      x: x + Int(box.x), y: y + Int(box.y), width: Int(box.width), height: Int(box.height))
  }

  // MARK: Pixels

  /// Adds noise to the pixels of a rectangle, as a camera's picture has it.
  package func grain(_ rect: PixelRect, deviation: Float, _ dice: inout Dice) {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let data = cairo_image_surface_get_data(surface) else { return }
    let rect = rect.intersection(PixelRect(size))
    for y in rect.y..<rect.maxY {
      for x in rect.x..<rect.maxX {
        let change = Int((deviation * dice.normal()).rounded())
        for part in 0..<3 {
          let at = y * stride + 4 * x + part
          data[at] = UInt8(max(0, min(255, Int(data[at]) + change)))
        }
      }
    }
    cairo_surface_mark_dirty(surface)
  }

  /// The drawing; parts that are not opaque keep their opacity.
  package func image() -> RGBImage {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    let (width, height) = (size.width, size.height)
    let pixels = [UInt8](unsafeUninitializedCapacity: 4 * size.area) { target, count in
      count = 4 * size.area
      guard let data = cairo_image_surface_get_data(surface) else {
        target.initialize(repeating: 0)
        return
      }
      for y in 0..<height {
        for x in 0..<width {
          let (from, to) = (y &* stride &+ 4 &* x, 4 &* (y &* width &+ x))
          let alpha = Int(data[from + 3])
          for part in 0..<3 {
            let value = Int(data[from + 2 - part])
            // cairo's colours are multiplied by their opacity.
            target[to + part] =
              alpha == 255 || alpha == 0
              ? UInt8(value) : UInt8(min(255, (value * 255 + alpha / 2) / alpha))
          }
          target[to + 3] = UInt8(alpha)
        }
      }
    }
    return RGBImage(size: size, pixels: pixels)
  }
}
