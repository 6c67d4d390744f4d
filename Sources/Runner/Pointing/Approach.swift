import Frames

/// Waits for a target to be there, once, and at rest on consecutive pictures.
///
/// It touches no bench: whoever looks tells what was seen, and is told what to do about it.
struct Approach {
  /// How long a target may take to come and to be at rest.
  static let targetPatience = Duration.seconds(6)
  /// Menus that open may show a thing twice for a moment; this often running it is no accident.
  static let mostAmbiguous = 3

  /// What is to be done after a look.
  enum Verdict {
    /// The target is there and at rest, in one of these places.
    case atRest([Place])
    /// It is there, or in two places for a moment: the next picture tells more.
    case lookAgain
    /// It is not there: something may be in the way.
    case missing
    /// One thing is in two places, and stays so.
    case ambiguous
  }

  /// When the screen is looked at.
  var watch: Watch
  /// What came nearest when the target was missing last.
  private(set) var nearest = Sighting.nothing

  private var last: [Place]?
  private var ambiguous = 0

  init(_ watch: Watch) {
    self.watch = watch
  }

  /// There was no picture.
  mutating func sawNothing() { last = nil }

  /// Takes what was seen on one picture.
  mutating func saw(_ sighting: Sighting, at instant: MonotonicInstant) -> Verdict {
    switch sighting.kind {
    case .here:
      ambiguous = 0
      if let last, Self.areAtRest(sighting.places, last) { return .atRest(sighting.places) }
      last = sighting.places
      watch.hurry(from: instant)
      return .lookAgain
    case .ambiguous:
      last = nil
      ambiguous += 1
      return ambiguous >= Self.mostAmbiguous ? .ambiguous : .lookAgain
    case .absent:
      last = nil
      nearest = sighting
      return .missing
    }
  }

  /// Whether two pictures show the same things in the same places, but for a pixel.
  private static func areAtRest(_ places: [Place], _ before: [Place]) -> Bool {
    places.count == before.count
      && zip(places, before).allSatisfy { now, then in
        now.sign == then.sign && now.point.distance(to: then.point) <= 1.5
      }
  }
}
