import CPangoCairo
import Commands
import FoundationEssentials
import Frames
import RunSessions
import Synchronization
import Testing

/// What a command said and ended with.
struct Spoken {
  var status: Int32
  var out: String
  var err: String
}

/// The program beside the tests, for those that need a process of its own.
let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  .appending(path: "gantry").path

/// The variable that keeps tests from booking in the user's own ledger.
let withoutLedger = ["GANTRY_LEDGER": "none"]

/// Runs the program as a shell would.
func gantry(_ arguments: String...) async -> Spoken { await gantry(arguments) }

/// Runs the program as a shell would.
func gantry(_ arguments: [String]) async -> Spoken {
  let texts = Texts()
  let console = Console(out: { texts.add($0, "") }, err: { texts.add("", $0) })
  // A test that wants a ledger names one of its own.
  let status = await LedgerPlace.$environment.withValue(withoutLedger) {
    await Console.$current.withValue(console) { await GantryProgram.run(arguments) }
  }
  return Spoken(status: status, out: texts.out, err: texts.err)
}

final class Texts: Sendable {
  private let all = Mutex((out: "", err: ""))
  var out: String { all.withLock { $0.out } }
  var err: String { all.withLock { $0.err } }
  func add(_ out: String, _ err: String) {
    all.withLock {
      $0.out += out
      $0.err += err
    }
  }
}

/// A fresh folder that goes with its last user.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-commands-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws -> String {
    let file = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return "\(path)/\(name)"
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
  }

  /// Writes a picture of grey ground with text on it, each at its own place.
  func picture(_ name: String, _ words: [(String, x: Int, y: Int)] = []) throws -> String {
    let (width, height) = (640, 360)
    let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
    let pen = cairo_create(surface)
    defer {
      cairo_destroy(pen)
      cairo_surface_destroy(surface)
    }
    cairo_set_source_rgb(pen, 0.85, 0.85, 0.85)
    cairo_paint(pen)
    cairo_select_font_face(pen, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(pen, 24)
    cairo_set_source_rgb(pen, 0.1, 0.1, 0.3)
    for (word, x, y) in words {
      cairo_move_to(pen, Double(x), Double(y))
      cairo_show_text(pen, word)
    }
    cairo_surface_flush(surface)
    let data = try #require(cairo_image_surface_get_data(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    var image = RGBImage(
      size: PixelSize(width: width, height: height),
      pixels: [UInt8](repeating: 255, count: width * height * 4))
    for y in 0..<height {
      for x in 0..<width {
        let pixel = y * stride + 4 * x
        image[x, y] = RGBColor(red: data[pixel + 2], green: data[pixel + 1], blue: data[pixel])
      }
    }
    try PNGCodec.write(image, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// A picture with one "Forgot Password" and two "Cancel", and a template cut around the former.
  func dialog() throws -> (picture: String, template: String) {
    let picture = try picture(
      "frame.png", [("Forgot Password", 40, 60), ("Cancel", 400, 300), ("Cancel", 80, 300)])
    let template = try cut(
      picture, PixelRect(x: 36, y: 34, width: 220, height: 36), as: "forgot.png")
    return (picture, template)
  }

  /// Cuts a part out of a picture.
  func cut(_ picture: String, _ box: PixelRect, as name: String) throws -> String {
    try PNGCodec.write(PNGCodec.read(picture).cropped(to: box), to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }
}
