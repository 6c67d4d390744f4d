import ArgumentParser
import Frames

/// A rectangle on the command line: `X,Y,W,H`.
struct BoxArgument: ExpressibleByArgument, Sendable {
  var box: PixelRect

  init?(argument: String) {
    guard let numbers = wholeNumbers(argument), numbers.count == 4, numbers[2] > 0, numbers[3] > 0
    else { return nil }
    box = PixelRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}

/// A point on the command line: `X,Y`.
struct PointArgument: ExpressibleByArgument, Sendable {
  var point: PixelPoint

  init?(argument: String) {
    guard let numbers = wholeNumbers(argument), numbers.count == 2 else { return nil }
    point = PixelPoint(x: numbers[0], y: numbers[1])
  }
}

/// Whole numbers between commas, as far as pictures go.
private func wholeNumbers(_ text: String) -> [Int]? {
  let parts = text.split(separator: ",", omittingEmptySubsequences: false)
  let numbers = parts.compactMap { Int($0) }.filter { $0.magnitude < 1_000_000 }
  return numbers.count == parts.count ? numbers : nil
}

extension ArgumentHelp {
  /// The option that asks for pictures of how an answer came about.
  static let explain = ArgumentHelp(
    "Write pictures that show how the answer came about.", valueName: "folder")
}
