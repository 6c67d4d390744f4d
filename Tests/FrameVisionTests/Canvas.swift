import CPangoCairo
import Frames

/// A colour for drawing, in levels.
struct Ink {
  var red: Int
  var green: Int
  var blue: Int

  init(_ red: Int, _ green: Int, _ blue: Int) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  static let white = Ink(255, 255, 255)
  static let black = Ink(0, 0, 0)
}

/// A picture to draw on with cairo and pango, and to take as a frame.
final class Canvas {
  private let surface: OpaquePointer
  private let context: OpaquePointer
  let size: PixelSize

  init(_ width: Int, _ height: Int, _ ground: Ink = Ink(0, 0, 0)) {
    size = PixelSize(width: width, height: height)
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    context = cairo_create(surface)
    fill(PixelRect(size), ground)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  private func set(_ ink: Ink) {
    cairo_set_source_rgb(
      context, Double(ink.red) / 255, Double(ink.green) / 255, Double(ink.blue) / 255)
  }

  func fill(_ rect: PixelRect, _ ink: Ink) {
    set(ink)
    cairo_rectangle(
      context, Double(rect.x), Double(rect.y), Double(rect.width), Double(rect.height))
    cairo_fill(context)
  }

  func outline(_ rect: PixelRect, _ ink: Ink, width: Double = 1) {
    set(ink)
    cairo_set_line_width(context, width)
    cairo_rectangle(
      context, Double(rect.x) + width / 2, Double(rect.y) + width / 2,
      Double(rect.width) - width, Double(rect.height) - width)
    cairo_stroke(context)
  }

  /// A box with round corners, whose rim, if it has one, lies inside it.
  func roundBox(
    _ rect: PixelRect, _ ground: Ink, radius: Double, rim: Ink? = nil, width: Double = 1
  ) {
    let inset = rim == nil ? 0 : width / 2
    let (left, top) = (Double(rect.x) + inset, Double(rect.y) + inset)
    let (right, end) = (Double(rect.maxX) - inset, Double(rect.maxY) - inset)
    let radius = min(radius, (end - top) / 2)
    cairo_new_path(context)
    for (x, y, quarter) in [
      (right - radius, top + radius, -1.0), (right - radius, end - radius, 0),
      (left + radius, end - radius, 1), (left + radius, top + radius, 2),
    ] {
      cairo_arc(context, x, y, radius, quarter * .pi / 2, (quarter + 1) * .pi / 2)
    }
    cairo_close_path(context)
    set(ground)
    cairo_fill_preserve(context)
    if let rim {
      set(rim)
      cairo_set_line_width(context, width)
      cairo_stroke_preserve(context)
    }
    cairo_new_path(context)
  }

  func line(_ points: [(x: Double, y: Double)], _ ink: Ink, width: Double = 1) {
    set(ink)
    cairo_set_line_width(context, width)
    for (at, point) in points.enumerated() {
      if at == 0 {
        cairo_move_to(context, point.x, point.y)
      } else {
        cairo_line_to(context, point.x, point.y)
      }
    }
    cairo_stroke(context)
  }

  func dot(_ x: Double, _ y: Double, radius: Double, _ ink: Ink) {
    set(ink)
    cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
    cairo_fill(context)
  }

  /// Writes a line of text with its top left corner at a point; `size` is in pixels.
  @discardableResult
  func text(
    _ text: String, _ x: Double, _ y: Double, _ ink: Ink, font: String = "DejaVu Sans",
    size: Double = 16
  ) -> PixelRect {
    let layout = pango_cairo_create_layout(context)
    let description = pango_font_description_from_string(font)
    pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, description)
    pango_layout_set_text(layout, text, -1)
    set(ink)
    cairo_move_to(context, x, y)
    pango_cairo_show_layout(context, layout)
    var ink = PangoRectangle()
    pango_layout_get_pixel_extents(layout, &ink, nil)
    pango_font_description_free(description)
    g_object_unref(UnsafeMutableRawPointer(layout))
    return PixelRect(
      x: Int(x) + Int(ink.x), y: Int(y) + Int(ink.y), width: Int(ink.width),
      height: Int(ink.height))
  }

  /// Red, green and blue of every pixel, in levels.
  func pixels() -> RGBPixels {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    var pixels = RGBPixels(size: size)
    guard let data = cairo_image_surface_get_data(surface) else { return pixels }
    for y in 0..<size.height {
      for x in 0..<size.width {
        let at = y * stride + 4 * x
        let to = y * size.width + x
        pixels.blue[to] = Float(data[at])
        pixels.green[to] = Float(data[at + 1])
        pixels.red[to] = Float(data[at + 2])
      }
    }
    return pixels
  }

  /// The drawing as a capture card that changes nothing would deliver it, at full chroma.
  func frame() -> Frame { pixels().frame(chromaStep: 1) }
}
