import FrameVision
import Frames

/// Meeting the shapes that the pointer takes, and finding out where their hot spots are.
extension MousePilot {
  /// The most shapes that are told apart.
  private static let mostShapes = 12
  /// Counts a report while looking around: so slow that hardly any host accelerates.
  private static let slowSize = 2
  /// How far down the pointer is moved while looking around, in pixels.
  private static let stepDown = 8.0
  /// The pixels that the mouse may be thought to move the pointer by, over those that it does:
  /// what is known of slow reports may be a guess by faster ones.
  private static let trust = 0.35...1.6
  /// How far from its hot spot a pointer is drawn at most, in pixels.
  private static let reach = 48
  /// Steps out of what changes the shape, the first ones small, in pixels.
  private static let pinningSteps =
    Array(repeating: 10.0, count: 8) + Array(repeating: 30, count: 8)

  private func slowRun(_ pixels: Double) -> StepGains.Run {
    let gain = max(0.1, hand?.gains.pixels(perReportOf: Self.slowSize) ?? 1)
    return StepGains.Run(
      size: Self.slowSize, reports: max(1, Int((pixels / gain).rounded())))
  }

  /// Learns the shape that the pointer has taken where it should be by now.
  ///
  /// The mouse is moved to and fro around the place; what moves as told, and is none of the shapes
  /// that are known, is the pointer in a shape of its own: over a link, over an entry, or busy. Where
  /// its hot spot is follows from the reports, as well as these are known.
  ///
  /// - Parameters:
  ///   - hotSpot: where the hot spot should be.
  ///   - slack: by how many pixels that may be off.
  ///   - deadline: when to give up.
  /// - Returns: whether the pointer was seen again, in a shape that is known now.
  /// - Throws: what kept the mouse from being moved, or the picture from being looked at.
  func meetShape(near hotSpot: PixelPoint, slack: Int, by deadline: MonotonicInstant)
    async throws(HandError) -> Bool
  {
    guard let hand, hand.shapes.count < Self.mostShapes else { return false }
    let width = hand.shape.finder.appearance.size.width
    let across = slowRun(Double(min(48, max(20, width + 4))))
    let down = slowRun(Self.stepDown)
    let step = PixelPoint(
      x: Int(hand.gains.distance(of: [across])), y: Int(hand.gains.distance(of: [down])))
    var places = [(0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)]
    var here = (0, 0)
    var window: PixelRect?
    var observations: [PointerObservation] = []
    for index in places.indices {
      if index == 1, let window {
        places = Self.kept(places, of: step, at: hotSpot, within: window.size)
      }
      let place = places[index]
      try await sendRuns(
        x: Self.times(place.0 - here.0, across), towardsRight: place.0 > here.0,
        y: Self.times(place.1 - here.1, down), towardsBottom: place.1 > here.1, by: deadline)
      here = place
      let frame = try await picture(by: deadline)
      let expected = hotSpot.offset(byX: place.0 * step.x, y: place.1 * step.y)
      if let sight = hand.findSurely(in: frame, near: expected, radius: slack + 24) {
        saw(sight.sighting)
        _ = took(sight, in: frame)
        return true
      }
      if index == 0 { window = frame.bounds }
      observations.append(
        PointerObservation(
          luma: frame.luma, countsX: place.0 * across.size * across.reports,
          countsY: place.1 * down.size * down.reports))
    }
    guard let bounds = window else { return false }
    let room = 2 * step.x + slack + 2 * Self.reach
    let part = PixelRect(
      x: hotSpot.x - room, y: hotSpot.y - room, width: 2 * room, height: 2 * room
    ).intersection(bounds)
    guard !part.isEmpty else { return false }
    for index in observations.indices {
      observations[index].luma = observations[index].luma.cropped(to: part)
    }
    let perCount = hand.gains.pixels(perReportOf: Self.slowSize) / Double(Self.slowSize)
    let learner = PointerLearner(
      pixelsPerCount: (Self.trust.lowerBound * perCount)...(Self.trust.upperBound * perCount),
      start: hotSpot.offset(byX: -part.x, y: -part.y), reach: Double(Self.reach + slack))
    guard let learnt = learner.learn(from: observations),
      let last = learnt.origins.last ?? nil, let first = learnt.origins.compactMap({ $0 }).first
    else { return false }
    let start = learnt.origins[0] ?? first
    let drawing = start.offset(byX: part.x - hotSpot.x, y: part.y - hotSpot.y)
    self.hand?.meet(
      PointerShape(finder: PointerFinder(learnt.appearance), drawing: drawing, slack: slack))
    position = last.offset(byX: part.x - drawing.x, y: part.y - drawing.y)
    sight = nil
    return true
  }

  /// The places of a look around, moved so that the picture's edges stop none of them.
  private static func kept(
    _ places: [(Int, Int)], of step: PixelPoint, at hotSpot: PixelPoint, within size: PixelSize
  ) -> [(Int, Int)] {
    let toRight = hotSpot.x - step.x < step.x / 2
    let toLeft = hotSpot.x + step.x > size.width - step.x / 2
    let up = hotSpot.y + step.y > size.height - step.y
    return places.map { place in
      var place = place
      if toRight, place.0 < 0 { place.0 = 2 }
      if toLeft, place.0 > 0 { place.0 = -2 }
      if up { place.1 = -place.1 }
      return place
    }
  }

  private static func times(_ count: Int, _ run: StepGains.Run) -> [StepGains.Run] {
    count == 0
      ? [] : [StepGains.Run(size: run.size, reports: run.reports * abs(count))]
  }

  /// Takes in where the hot spot of a shape seen after a short way is, if that is better known than
  /// what was known before.
  func sharpen(at hotSpot: PixelPoint, length: Double) {
    guard let hand, let seen = position, hand.shape.slack > 2 + Int(length / 8) else { return }
    let origin = hand.shape.origin(for: seen)
    self.hand?.pin(
      drawing: PixelPoint(x: origin.x - hotSpot.x, y: origin.y - hotSpot.y),
      slack: 2 + Int(length / 8))
    position = hotSpot
  }

  /// Finds out where the hot spot of the shape that shows is: out of what changes the shape by small
  /// steps, until one shows whose hot spot is known; the step before tells the rest.
  ///
  /// - Parameters:
  ///   - place: where another shape was seen; things on a screen are wider than tall, so the way out
  ///     is up or down.
  ///   - deadline: when to give up.
  /// - Throws: what kept the mouse from being moved, or the picture from being looked at.
  func pinShape(towards place: PixelPoint, by deadline: MonotonicInstant) async throws(HandError) {
    guard let start = position, let shape = hand?.shape else { return }
    let isDown = place.y > start.y
    var origin = shape.origin(for: start)
    let index = hand?.shown
    for pixels in Self.pinningSteps {
      guard let hand, let here = position else { return }
      let run = [slowRun(pixels)]
      let way = Int(hand.gains.distance(of: run)) * (isDown ? 1 : -1)
      try await sendRuns(x: [], towardsRight: true, y: run, towardsBottom: isDown, by: deadline)
      let frame = try await picture(by: deadline)
      let expected = here.offset(byX: 0, y: way)
      guard let sight = hand.find(in: frame, near: expected, radius: 16 + abs(way)) else {
        position = nil
        return
      }
      saw(sight.sighting)
      _ = took(sight, in: frame)
      if sight.shape == index {
        let moved = abs(sight.sighting.origin.y - origin.y)
        self.hand?.gains.learn(run, moved: Double(moved))
        origin = sight.sighting.origin
      } else if hand.shapes[sight.shape].isExact, let index {
        let before = sight.hotSpot.offset(byX: 0, y: -way)
        self.hand?.pin(
          index, drawing: PixelPoint(x: origin.x - before.x, y: origin.y - before.y),
          slack: 1 + abs(way) / 8)
        return
      } else {
        return
      }
    }
  }
}
