import CPangoCairo
import Frames

/// Draws shapes and text with cairo.
struct Painter {
  /// The cairo context.
  let context: OpaquePointer?

  /// Creates a painter on a cairo surface.
  init(surface: OpaquePointer?) {
    context = cairo_create(surface)
  }

  /// Gives the context back; the painter is not used after.
  func finish() {
    cairo_destroy(context)
  }

  /// Draws something with its own clip, place and scale.
  func isolated(_ drawing: () -> Void) {
    cairo_save(context)
    drawing()
    cairo_restore(context)
  }

  /// Moves the origin.
  func translate(x: Double, y: Double) { cairo_translate(context, x, y) }

  /// Turns the axes, in radians clockwise.
  func rotate(by angle: Double) { cairo_rotate(context, angle) }

  /// Stretches the axes.
  func scale(x: Double, y: Double) { cairo_scale(context, x, y) }

  /// Keeps what follows inside a rectangle.
  func clip(to rect: PixelRect) {
    path(rect)
    cairo_clip(context)
  }

  // MARK: Shapes

  /// Fills a rectangle.
  func fill(_ rect: PixelRect, _ color: Color, radius: Double = 0) {
    path(rect, radius: radius)
    fillPath(color)
  }

  /// Fills a rectangle with a change of colour from top to bottom.
  func fill(_ rect: PixelRect, top: Color, bottom: Color, radius: Double = 0) {
    let gradient = cairo_pattern_create_linear(0, Double(rect.y), 0, Double(rect.maxY))
    addStop(gradient, 0, top)
    addStop(gradient, 1, bottom)
    path(rect, radius: radius)
    cairo_set_source(context, gradient)
    cairo_fill(context)
    cairo_pattern_destroy(gradient)
  }

  /// Draws the outline of a rectangle, inside its edges.
  func stroke(_ rect: PixelRect, _ color: Color, width: Double, radius: Double = 0) {
    roundedPath(
      x: Double(rect.x) + width / 2, y: Double(rect.y) + width / 2,
      width: Double(rect.width) - width, height: Double(rect.height) - width, radius: radius)
    strokePath(color, width: width)
  }

  /// Draws a line.
  func line(
    from start: (Double, Double), to end: (Double, Double), _ color: Color, width: Double
  ) {
    cairo_move_to(context, start.0, start.1)
    cairo_line_to(context, end.0, end.1)
    strokePath(color, width: width)
  }

  /// Fills a polygon.
  func fill(polygon points: [(Double, Double)], _ color: Color) {
    path(polygon: points)
    fillPath(color)
  }

  /// Draws the outline of a polygon.
  func stroke(polygon points: [(Double, Double)], _ color: Color, width: Double) {
    path(polygon: points)
    strokePath(color, width: width)
  }

  /// Fills a disc.
  func fill(discAtX x: Double, y: Double, radius: Double, _ color: Color) {
    cairo_new_sub_path(context)
    cairo_arc(context, x, y, radius, 0, 2 * .pi)
    fillPath(color)
  }

  /// Draws an arc of a circle, angles in radians clockwise from the right.
  func stroke(
    arcAtX x: Double, y: Double, radius: Double, from start: Double = 0, to end: Double = 2 * .pi,
    _ color: Color, width: Double
  ) {
    cairo_new_sub_path(context)
    cairo_arc(context, x, y, radius, start, end)
    strokePath(color, width: width)
  }

  /// Fills a disc that fades toward its rim.
  func glow(atX x: Double, y: Double, radius: Double, _ color: Color) {
    let gradient = cairo_pattern_create_radial(x, y, 0, x, y, radius)
    addStop(gradient, 0, color)
    addStop(gradient, 1, color.opacity(0))
    cairo_set_source(context, gradient)
    cairo_arc(context, x, y, radius, 0, 2 * .pi)
    cairo_fill(context)
    cairo_pattern_destroy(gradient)
  }

  // MARK: Text

  /// Draws text inside a rectangle, centred in height; it wraps when `wraps` is set.
  func text(
    _ text: String, in rect: PixelRect, font: Font, _ color: Color, engine: TextEngine,
    alignment: TextAlignment = .leading, wraps: Bool = false
  ) {
    let wrapWidth = wraps ? Double(rect.width) : nil
    engine.withLayout(text, font: font, width: wrapWidth, alignment: alignment) { layout in
      var width: Int32 = 0
      var height: Int32 = 0
      pango_layout_get_pixel_size(layout, &width, &height)
      let free = Double(rect.width - Int(width))
      let x =
        switch alignment {
        case _ where wraps: Double(rect.x)
        case .leading: Double(rect.x)
        case .center: Double(rect.x) + (free / 2).rounded()
        case .trailing: Double(rect.x) + free
        }
      let y = Double(rect.y) + (Double(rect.height - Int(height)) / 2).rounded()
      pango_cairo_update_layout(context, layout)
      cairo_move_to(context, x, y)
      setColor(color)
      pango_cairo_show_layout(context, layout)
    }
    cairo_new_path(context)
  }

  // MARK: Pictures

  /// Copies a picture with its transparency.
  func paint(_ picture: Picture, x: Int, y: Int, alpha: Double = 1) {
    cairo_set_source_surface(context, picture.surface, Double(x), Double(y))
    if alpha < 1 {
      cairo_paint_with_alpha(context, alpha)
    } else {
      cairo_paint(context)
    }
  }

  // MARK: Paths

  private func path(_ rect: PixelRect, radius: Double = 0) {
    roundedPath(
      x: Double(rect.x), y: Double(rect.y), width: Double(rect.width),
      height: Double(rect.height), radius: radius)
  }

  private func roundedPath(
    x: Double, y: Double, width: Double, height: Double, radius: Double
  ) {
    guard radius > 0 else {
      cairo_rectangle(context, x, y, width, height)
      return
    }
    let (right, bottom) = (x + width, y + height)
    cairo_new_sub_path(context)
    cairo_arc(context, right - radius, y + radius, radius, -.pi / 2, 0)
    cairo_arc(context, right - radius, bottom - radius, radius, 0, .pi / 2)
    cairo_arc(context, x + radius, bottom - radius, radius, .pi / 2, .pi)
    cairo_arc(context, x + radius, y + radius, radius, .pi, 1.5 * .pi)
    cairo_close_path(context)
  }

  private func path(polygon points: [(Double, Double)]) {
    guard let first = points.first else { return }
    cairo_move_to(context, first.0, first.1)
    for point in points.dropFirst() {
      cairo_line_to(context, point.0, point.1)
    }
    cairo_close_path(context)
  }

  private func fillPath(_ color: Color) {
    setColor(color)
    cairo_fill(context)
  }

  private func strokePath(_ color: Color, width: Double) {
    setColor(color)
    cairo_set_line_width(context, width)
    cairo_stroke(context)
  }

  private func setColor(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
  }

  private func addStop(_ gradient: OpaquePointer?, _ place: Double, _ color: Color) {
    cairo_pattern_add_color_stop_rgba(
      gradient, place, color.red, color.green, color.blue, color.alpha)
  }
}

/// A picture with transparency, drawn once and copied often.
final class Picture {
  /// Width and height in pixels.
  let size: PixelSize
  /// The cairo surface.
  let surface: OpaquePointer?

  /// Draws a picture on a transparent ground.
  init(size: PixelSize, _ drawing: (Painter) -> Void) {
    self.size = size
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, Int32(size.width), Int32(size.height))
    let painter = Painter(surface: surface)
    drawing(painter)
    painter.finish()
    cairo_surface_flush(surface)
  }

  deinit { cairo_surface_destroy(surface) }

  /// Bytes from one row to the next.
  var stride: Int { Int(cairo_image_surface_get_stride(surface)) }

  /// Lends the pixels for reading: blue, green, red, opacity, colours multiplied by opacity.
  func withPixels(_ body: (UnsafeRawBufferPointer) -> Void) {
    let start = cairo_image_surface_get_data(surface)
    body(UnsafeRawBufferPointer(start: start, count: stride * size.height))
  }

  /// Copies the pixels into a part of a canvas, rows of `stride` bytes, as they are.
  func copy(into pixels: UnsafeMutableRawBufferPointer, stride: Int, cell: PixelRect) {
    withPixels { source in
      guard let source = source.baseAddress, let target = pixels.baseAddress else { return }
      for row in 0..<cell.height {
        (target + (cell.y + row) * stride + cell.x * 4)
          .copyMemory(from: source + row * self.stride, byteCount: cell.width * 4)
      }
    }
  }
}
