import FrameVision
import Frames
import Logging
import Synchronization

/// Tells operators of every search of a picture, at the level `trace`, a line each.
///
/// The same run on a virtual rig gives the same lines: no line tells a time, so that the traces of
/// two runs can be compared.
final class SearchTrace: Sendable {
  private let log: Logger
  private let isHidden = Mutex(false)

  init(_ log: Logger) {
    self.log = log
  }

  /// Sets whether the step now played is sensitive: of its searches nothing more is told than that
  /// there was one.
  ///
  /// - Returns: what was set before.
  func hide(_ isSensitive: Bool) -> Bool {
    isHidden.withLock { isHidden in
      defer { isHidden = isSensitive }
      return isHidden
    }
  }

  /// A reference image was looked for.
  func lookedFor(image: String, in region: PixelRect?, of frame: Frame, _ answer: FindAnswer) {
    tell("image \(image)", region, frame, answer.words)
  }

  /// Words were looked for; what they are called in reports.
  func lookedFor(
    words: String, in region: PixelRect?, of frame: Frame, _ answer: TextFindAnswer
  ) {
    tell("words “\(words)”", region, frame, answer.words)
  }

  /// Text was read, whatever it is.
  func read(_ lines: Int, in region: PixelRect, of frame: Frame) {
    tell("text", region, frame, "\(lines) lines")
  }

  private func tell(
    _ what: @autoclosure () -> String, _ region: PixelRect?, _ frame: Frame,
    _ answer: @autoclosure () -> String
  ) {
    guard log.logLevel <= .trace else { return }
    if isHidden.withLock({ $0 }) {
      log.trace("a search in a sensitive step")
    } else {
      let place = region?.description ?? "anywhere"
      log.trace("\(what()) in \(place) of frame \(frame.number): \(answer())")
    }
  }
}

extension FindAnswer {
  fileprivate var words: String {
    switch self {
    case .matched(let match): "matched \(Self.words(match))"
    case .absent(nil): "absent"
    case .absent(let nearest?): "absent, nearest \(Self.words(nearest))"
    case .ambiguous(let one, let other):
      "ambiguous, \(Self.words(one)) and \(Self.words(other))"
    case .unclear(let match, let reason): "unclear \(Self.words(match)): \(reason)"
    }
  }

  private static func words(_ match: TemplateMatch) -> String {
    "at \(match.rect), score \(sixDigits(match.score))"
  }
}

extension TextFindAnswer {
  fileprivate var words: String {
    switch self {
    case .found(let match): "found \(Self.words(match))"
    case .absent(nil): "absent"
    case .absent(let nearest?): "absent, nearest \(Self.words(nearest))"
    case .ambiguous(let one, let other):
      "ambiguous, \(Self.words(one)) and \(Self.words(other))"
    }
  }

  /// What was read instead may be anything, and is not told.
  private static func words(_ match: TextMatch) -> String {
    "at \(match.box), score \(sixDigits(match.likeness))"
  }
}

/// A number with six digits after the point.
private func sixDigits(_ number: Double) -> String {
  let millionths = Int((number.magnitude * 1e6).rounded())
  let fraction = String(millionths % 1_000_000)
  let zeros = String(repeating: "0", count: 6 - fraction.count)
  return "\(number < 0 ? "-" : "")\(millionths / 1_000_000).\(zeros)\(fraction)"
}
