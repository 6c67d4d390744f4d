/// A picture that can't be read or written.
public struct PictureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, or what the bytes were said to be.
  public var file: String
  /// What is wrong, in a phrase without a final stop.
  public var reason: String

  /// Creates an error.
  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  /// One line, such as `logo.png: not a PNG file`.
  public var description: String { "\(file): \(reason)" }
}

extension PixelSize {
  /// Why a picture of this size is refused, or nil if it is not.
  var refusal: String? {
    let longest = RGBImage.longestSide
    if width < 1 || height < 1 { return "the picture is empty (\(self))" }
    if width > longest || height > longest {
      return "the picture is too large (\(self)); at most \(longest)x\(longest)"
    }
    return nil
  }
}
