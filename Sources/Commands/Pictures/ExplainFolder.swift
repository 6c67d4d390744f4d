import Frames
import Glibc

/// The folder into which a command writes pictures that show how its answer came about.
struct ExplainFolder {
  private let path: String

  /// Makes the folder where it is not there yet; nil stays nil.
  init?(_ path: String?) throws {
    guard let path else { return nil }
    self.path = path
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw CommandFailure.invalid("\(path): can't be made: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes a picture.
  func write(_ picture: RGBImage, as name: String) throws {
    try PNGCodec.write(picture, to: "\(path)/\(name)")
  }

  /// Writes lines of text.
  func write(_ lines: [String], as name: String) throws {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "we") else {
      throw CommandFailure.invalid("\(file): \(String(cString: strerror(errno)))")
    }
    defer { fclose(stream) }
    for line in lines { fputs(line + "\n", stream) }
  }
}

extension RGBImage {
  /// Draws the outline of a rectangle, two pixels wide, around its outside.
  mutating func outline(_ box: PixelRect, _ color: RGBColor) {
    for margin in 1...2 {
      let rim = box.insetBy(-margin)
      for x in rim.x..<rim.maxX {
        set(x, rim.y, color)
        set(x, rim.maxY - 1, color)
      }
      for y in rim.y..<rim.maxY {
        set(rim.x, y, color)
        set(rim.maxX - 1, y, color)
      }
    }
  }

  /// Mixes a colour into all pixels of a rectangle; a share of 1 covers them.
  mutating func tint(_ box: PixelRect, _ color: RGBColor, share: Double) {
    let part = box.intersection(PixelRect(size))
    for y in part.y..<part.maxY {
      for x in part.x..<part.maxX {
        let old = self[x, y]
        func mixed(_ a: UInt8, _ b: UInt8) -> UInt8 {
          UInt8(Double(a) * (1 - share) + Double(b) * share)
        }
        self[x, y] = RGBColor(
          red: mixed(old.red, color.red), green: mixed(old.green, color.green),
          blue: mixed(old.blue, color.blue))
      }
    }
  }

  private mutating func set(_ x: Int, _ y: Int, _ color: RGBColor) {
    if PixelRect(size).contains(PixelPoint(x: x, y: y)) { self[x, y] = color }
  }
}

extension RGBColor {
  /// What answers the question.
  static let answer = RGBColor(red: 0, green: 220, blue: 70)
  /// What was looked at and is not the answer.
  static let considered = RGBColor(red: 255, green: 160, blue: 0)
  /// What was passed over.
  static let passedOver = RGBColor(red: 120, green: 120, blue: 255)
  /// What is wrong.
  static let alarm = RGBColor(red: 255, green: 0, blue: 60)
}
