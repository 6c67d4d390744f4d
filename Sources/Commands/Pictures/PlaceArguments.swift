import ArgumentParser
import Frames
import OrderedJSON

/// A rectangle on the command line: `X,Y,W,H`.
struct BoxArgument: ExpressibleByArgument, Sendable {
  var box: PixelRect

  init?(argument: String) {
    guard let box = PixelRect(argument) else { return nil }
    self.box = box
  }
}

/// A point on the command line: `X,Y`.
struct PointArgument: ExpressibleByArgument, Sendable {
  var point: PixelPoint

  init?(argument: String) {
    guard let point = PixelPoint(argument) else { return nil }
    self.point = point
  }
}

extension ArgumentHelp {
  /// The option that asks for pictures of how an answer came about.
  static let explain = ArgumentHelp(
    "Write pictures that show how the answer came about.", valueName: "folder")
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
