import FrameVision
import Frames
import Glibc
import OrderedJSON
import RunJournal

/// Pictures that the offline eyes are given as files.
enum PictureInput {
  /// A frame from a PNG or JPEG file.
  static func frame(_ path: String) throws -> Frame {
    do throws(PictureError) {
      return isJPEG(path) ? try JPEGCodec.read(path) : Frame(image: try PNGCodec.read(path))
    } catch {
      throw CommandFailure.invalid("\(error)")
    }
  }

  /// What a grabber shows when it has no input, from a PNG or JPEG file.
  static func noInput(_ path: String) throws -> NoInputPicture {
    let picture = NoInputPicture(try frame(path))
    if let weakness = picture.weakness {
      throw CommandFailure.invalid("\(path): can't be told from a recorder's picture: \(weakness)")
    }
    return picture
  }

  /// A picture from a PNG or JPEG file; a JPEG's colours are those that people see.
  static func image(_ path: String) throws -> RGBImage {
    do throws(PictureError) {
      return isJPEG(path) ? RGBImage(try JPEGCodec.read(path)) : try PNGCodec.read(path)
    } catch {
      throw CommandFailure.invalid("\(error)")
    }
  }

  /// Whether a file begins as JPEG files do; their names are no evidence.
  private static func isJPEG(_ path: String) -> Bool {
    guard let file = fopen(path, "rbe") else { return false }
    defer { fclose(file) }
    return fgetc(file) == 0xFF && fgetc(file) == 0xD8
  }

  /// A template from a PNG file at one scale or several; transparent pixels don't count.
  ///
  /// Scales at which it is too small or too plain to be found safely are left out where there are
  /// several.
  static func templates(_ path: String, scale: ScaleArgument) throws -> [Template] {
    do throws(PictureError) {
      let template = Template(try PNGCodec.read(path))
      if let weakness = template.weakness {
        throw PictureError(file: path, reason: "can't be found safely: \(weakness)")
      }
      let scaled = scale.scales.map { template.scaled(by: $0) }
      if scaled.count == 1, let weakness = scaled[0].weakness {
        throw PictureError(file: path, reason: "can't be found safely at this scale: \(weakness)")
      }
      return scaled.filter { $0.weakness == nil }
    } catch {
      throw CommandFailure.invalid("\(error)")
    }
  }

  /// A region of a frame; nil stays nil.
  static func region(_ argument: BoxArgument?, of frame: Frame) throws -> PixelRect? {
    guard let box = argument?.box else { return nil }
    guard box.intersects(frame.bounds) else {
      throw CommandFailure.invalid("the region \(box) lies outside the frame (\(frame.size))")
    }
    return box
  }

  /// A place in a frame that does not count.
  static func place(_ argument: BoxArgument, of frame: Frame) throws -> PixelRect {
    guard argument.box.intersects(frame.bounds) else {
      throw CommandFailure.invalid(
        "the place \(argument.box) lies outside the frame (\(frame.size))")
    }
    return argument.box
  }
}

extension PixelRect {
  /// The rectangle as the members `x`, `y`, `width`, `height`.
  var jsonMembers: [JSONValue.Member] {
    [
      .init("x", .int(x)), .init("y", .int(y)), .init("width", .int(width)),
      .init("height", .int(height)),
    ]
  }
}
