import Bench
import Frames
import RunJournal
import Scenario

/// What was seen when something was looked for, from the matcher's answer to the journal's line.
struct Sighting {
  /// What came of looking.
  enum Kind: Hashable {
    /// It is there; in several places where any one of several things was looked for.
    case here
    /// It is not there.
    case absent
    /// One and the same thing is in two places.
    case ambiguous
  }

  /// What came of looking.
  var kind: Kind
  /// Where it is.
  var places: [Place] = []
  /// What came nearest to it, or what it was found by.
  var nearest: Judgement.Candidate?
  /// How alike the nearest place is to a reference image, 0…1; nil for words.
  var template: Double?
  /// What was seen, in words; nil where nothing resembles it.
  var words: String?
  /// What is outlined in reports.
  var boxes: [PixelRect] = []
  /// Why it can't be told, where the picture is too poor.
  var unclear: String?

  /// All that was looked for on the picture, and what came of it.
  var searches: [Judgement.Search] = []

  /// Whether it is so, but was so before the action, and nothing has changed where it is looked for.
  var wasAlready = false

  /// Nothing that resembles it.
  static let nothing = Sighting(kind: .absent)

  /// It is there.
  static func here(_ places: [Place]) -> Sighting { Sighting(kind: .here, places: places) }

  /// One and the same thing is in two places.
  static func ambiguous(_ sign: Sign, _ a: PixelRect, _ b: PixelRect) -> Sighting {
    Sighting(
      kind: .ambiguous,
      places: [a, b].map { Place(point: $0.center, box: $0, sign: sign) }, boxes: [a, b])
  }

  /// Something that is so, or is not, in words.
  static func saying(_ words: String, holds: Bool, boxes: [PixelRect] = []) -> Sighting {
    Sighting(kind: holds ? .here : .absent, words: words, boxes: boxes)
  }

  /// Whether what was looked for is so.
  var holds: Bool { kind == .here && !wasAlready }

  /// What is said when one thing is in two places.
  func ambiguity(of target: Target) -> Stop {
    let places = places.compactMap(\.box).map(\.description).joined(separator: " and ")
    return Stop(
      .ambiguousTarget,
      "\(target.location): \(self.places.first?.sign?.name ?? "it") is in two places, \(places)")
  }
}
