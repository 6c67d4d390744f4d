import CPangoCairo
import Frames

/// A picture in memory that cairo draws into: four bytes a pixel, blue first, the fourth unused.
final class RGBCanvas {
  /// Width and height in pixels.
  let size: PixelSize
  private let surface: OpaquePointer
  /// What draws into the canvas.
  let painter: Painter

  /// Creates a black canvas.
  init(size: PixelSize) {
    self.size = size
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(size.width), Int32(size.height))
    painter = Painter(surface: surface)
  }

  deinit {
    painter.finish()
    cairo_surface_destroy(surface)
  }

  /// Bytes from one row to the next.
  var stride: Int { Int(cairo_image_surface_get_stride(surface)) }

  /// Lends the pixels, top row first, in rows of ``stride`` bytes, each pixel as blue, green, red
  /// and one unused byte.
  func withPixels<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
    cairo_surface_flush(surface)
    let start = cairo_image_surface_get_data(surface)
    let result = body(
      UnsafeMutableRawBufferPointer(start: start, count: stride * size.height))
    cairo_surface_mark_dirty(surface)
    return result
  }
}
