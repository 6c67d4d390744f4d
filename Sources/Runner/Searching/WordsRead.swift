import FrameVision
import Frames

/// Words that were looked for on the pictures of a device: a part of the screen that has not changed
/// is not read again.
final class WordsRead {
  private var readings: [Key: Reading] = [:]
  private var places: [Key: PixelRect] = [:]

  private struct Key: Hashable {
    var phrase: String
    var region: PixelRect?
  }

  /// What was read in a part of a picture, for as long as the part shows the same.
  private struct Reading {
    /// How often words that were not found are taken to be missing still before the picture is read
    /// anew: what fades in slowly never differs much from the look before.
    static let mostDenials = 2

    /// The picture that was read.
    var frame: Frame
    /// What of it did not count.
    var ignored: [PixelRect]
    /// What came of it.
    var answer: TextFindAnswer
    /// How often the answer was given again.
    var uses = 0

    /// Whether the answer may be given again.
    var mayServe: Bool {
      if case .found = answer { true } else { uses < Self.mostDenials }
    }
  }

  /// Looks for a phrase in a picture.
  ///
  /// - Parameters:
  ///   - phrase: the words.
  ///   - region: where they must stand; nil means anywhere.
  ///   - frame: the picture.
  ///   - pointer: what may hide them and does not count.
  ///   - reader: who reads.
  /// - Returns: where the words stand, or what stands there instead.
  func find(
    _ phrase: String, in region: PixelRect?, of frame: Frame, ignoring pointer: [PixelRect],
    reader: any WordReader
  ) async -> TextFindAnswer {
    let area = region ?? frame.bounds
    let ignored = pointer.filter { $0.intersects(area) }
    let key = Key(phrase: phrase, region: region)
    if let known = readings[key], known.ignored == ignored, known.mayServe,
      frame.isStill(since: known.frame, in: region, ignoring: ignored)
    {
      readings[key]?.uses += 1
      return known.answer
    }
    let answer = await reader.find(phrase, in: frame, region: region, ignoring: ignored)
    readings[key] = Reading(frame: frame, ignored: ignored, answer: answer)
    return answer
  }

  /// Forgets what was read, since what comes next is another picture altogether.
  func forgetPictures() { readings = [:] }

  /// Remembers where a sign was seen.
  func saw(_ sign: Sign, at box: PixelRect) {
    places[Key(phrase: sign.name, region: sign.region)] = box
  }

  /// Where a sign was seen last.
  func lastPlace(of sign: Sign) -> PixelRect? {
    places[Key(phrase: sign.name, region: sign.region)]
  }
}
