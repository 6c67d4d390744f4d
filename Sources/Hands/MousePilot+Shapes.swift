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
    var lastFrame: Frame?
    var observations: [PointerObservation] = []
    for index in places.indices {
      if index == 1, let lastFrame {
        places = Self.kept(places, of: step, at: hotSpot, within: lastFrame.size)
      }
      let place = places[index]
      try await sendRuns(
        x: Self.times(place.0 - here.0, across), towardsRight: place.0 > here.0,
        y: Self.times(place.1 - here.1, down), towardsBottom: place.1 > here.1, by: deadline)
      here = place
      let frame = try await picture(by: deadline)
      let expected = hotSpot.offset(byX: place.0 * step.x, y: place.1 * step.y)
      if let sight = known(in: frame, near: expected, radius: slack + 24) {
        saw(sight.sighting)
        _ = took(sight, in: frame)
        return true
      }
      lastFrame = frame
      observations.append(
        PointerObservation(
          luma: frame.luma, countsX: place.0 * across.size * across.reports,
          countsY: place.1 * down.size * down.reports))
    }
    guard let lastFrame else { return false }
    let room = 2 * step.x + slack + 2 * Self.reach
    let part = PixelRect(
      x: hotSpot.x - room, y: hotSpot.y - room, width: 2 * room, height: 2 * room
    ).intersection(lastFrame.bounds)
    guard !part.isEmpty else { return false }
    for index in observations.indices {
      observations[index].luma = observations[index].luma.cropped(to: part)
    }
    let perCount = hand.gains.pixels(perReportOf: Self.slowSize) / Double(Self.slowSize)
    let learner = PointerLearner(
      pixelsPerCount: (Self.trust.lowerBound * perCount)...(Self.trust.upperBound * perCount),
      start: hotSpot.offset(byX: -part.x, y: -part.y), reach: Double(Self.reach + slack))
    guard let learnt = learner.learn(from: observations),
      let last = learnt.origins.last ?? nil,
      let first = learnt.origins.firstIndex(where: { $0 != nil }),
      let origin = learnt.origins[first]
    else { return false }
    // What was met may be known, and have been overlooked over this ground.
    let seen = last.offset(byX: part.x, y: part.y)
    if let sight = hand.known(at: seen, in: lastFrame) {
      saw(sight.sighting)
      _ = took(sight, in: lastFrame)
      return true
    }
    let place = places[first]
    let drawing = origin.offset(
      byX: part.x - hotSpot.x - place.0 * step.x, y: part.y - hotSpot.y - place.1 * step.y)
    self.hand?.meet(
      PointerShape(finder: PointerFinder(learnt.appearance), drawing: drawing, slack: slack))
    position = last.offset(byX: part.x - drawing.x, y: part.y - drawing.y)
    sight = nil
    return true
  }

  /// A shape that is known and stands out where the pointer should be, or anywhere.
  private func known(in frame: Frame, near hotSpot: PixelPoint, radius: Int) -> LearntHand.Sight? {
    if let sure = hand?.findSurely(in: frame, near: hotSpot, radius: radius) { return sure }
    guard let sight = hand?.find(in: frame), sight.sighting.isLikely, sight.sighting.isUnique
    else { return nil }
    return sight
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
    guard let hand, let seen = position else { return }
    let slack = 2 + hand.slack(after: length)
    guard slack < hand.shape.slack else { return }
    let origin = hand.shape.origin(for: seen)
    self.hand?.pin(
      drawing: PixelPoint(x: origin.x - hotSpot.x, y: origin.y - hotSpot.y),
      slack: slack)
    position = hotSpot
  }

  /// Finds out where the hot spot of the shape that shows is: out of what changes the shape, until
  /// one shows whose hot spot is known; the step across tells the rest.
  ///
  /// Most things on a screen are wider than tall, so that a short way up or down is tried first; the
  /// way to where such a shape was seen last is longer.
  ///
  /// - Parameter deadline: when to give up.
  /// - Throws: what kept the mouse from being moved, or the picture from being looked at.
  func pinShape(by deadline: MonotonicInstant) async throws(HandError) {
    guard let start = position, let unknown = hand?.shown else { return }
    // Where such a shape was seen before; the corner last, where hardly anything is to be clicked, and
    // beyond it, for the pointer may be farther off than it seems.
    let beyond = -2 * Self.largeStep - (hand?.shape.slack ?? 0)
    let places = exactPlaces.reversed() + [PixelPoint(x: beyond, y: beyond)]
    let up = PixelPoint(x: 0, y: places[0].y > start.y ? Self.smallStep : -Self.smallStep)
    for _ in 0..<Self.smallSteps {
      guard let crossing = try await cross(by: up, from: unknown, by: deadline) else { return }
      if crossing { return }
    }
    var last = up
    var steps = 0
    for place in places {
      // An edge of the picture ends the way along one axis only.
      var (isStoppedX, isStoppedY) = (false, false)
      while steps < Self.largeSteps, let here = position, hand?.shape.isExact == false,
        here.distance(to: place) > Double(Self.largeStep)
      {
        steps += 1
        last = Self.step(
          from: PixelPoint(x: isStoppedX ? place.x : here.x, y: isStoppedY ? place.y : here.y),
          to: place)
        guard let _ = try await cross(by: last, from: unknown, by: deadline) else { return }
        guard position == here else { continue }
        if last.x != 0 { isStoppedX = true } else { isStoppedY = true }
        if isStoppedX, isStoppedY { break }
      }
    }
    guard hand?.shape.isExact == true else { return }
    var lastShown = unknown
    // To and fro across the border, by half as much each time: the last step tells the hot spot.
    var size = Self.largeStep
    var way = last
    for _ in 0..<Self.mostHalvings {
      guard let shownBefore = hand?.shown else { return }
      size = max(Self.smallStep, size / 2)
      // Back where the last step led across, on where it did not.
      way = PixelPoint(x: way.x.signum() * size, y: way.y.signum() * size)
      if hand?.shown != lastShown { way = PixelPoint(x: -way.x, y: -way.y) }
      lastShown = shownBefore
      guard let crossing = try await cross(by: way, from: unknown, by: deadline) else { return }
      if crossing { return }
    }
  }

  /// The sizes of steps, in pixels, and the most of them.
  private static let (smallStep, smallSteps, largeStep, largeSteps) = (10, 4, 100, 24)
  /// The most steps that a border is found by.
  private static let mostHalvings = 14

  /// A large step along the axis on which more is left.
  private static func step(from here: PixelPoint, to place: PixelPoint) -> PixelPoint {
    let (x, y) = (place.x - here.x, place.y - here.y)
    return abs(x) >= abs(y)
      ? PixelPoint(x: x < 0 ? -largeStep : largeStep, y: 0)
      : PixelPoint(x: 0, y: y < 0 ? -largeStep : largeStep)
  }

  /// Takes a step along one axis and learns from it, where it leads across the border between a shape
  /// whose hot spot is to be found out and one whose hot spot is known.
  ///
  /// - Parameters:
  ///   - way: the step, in pixels.
  ///   - unknown: the index of the shape to be found out.
  ///   - deadline: when to give up.
  /// - Returns: whether a step as small as tells enough led across the border; nil where the pointer
  ///   was lost or shows a third shape.
  /// - Throws: what kept the mouse from being moved, or the picture from being looked at.
  private func cross(
    by way: PixelPoint, from unknown: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> Bool? {
    guard let before = hand, let here = position else { return nil }
    let origin = before.shape.origin(for: here)
    let run = [slowRun(Double(max(abs(way.x), abs(way.y))))]
    let length = Int(before.gains.distance(of: run))
    let moved = PixelPoint(x: way.x.signum() * length, y: way.y.signum() * length)
    try await sendRuns(
      x: way.x == 0 ? [] : run, towardsRight: way.x > 0,
      y: way.y == 0 ? [] : run, towardsBottom: way.y > 0, by: deadline)
    let frame = try await picture(by: deadline)
    let expected = here.offset(byX: moved.x, y: moved.y)
    let radius = 16 + length + before.shape.slack
    var found = before.find(in: frame, near: expected, radius: radius)
    // Another shape that was there before the step is not the pointer's.
    if let seen = found, seen.shape != before.shown, let sightFrame,
      before.stood(seen, in: sightFrame)
    {
      hand?.noteDecoy(seen)
      found = hand?.find(in: frame, near: expected, radius: radius)
    }
    guard let sight = found else {
      position = nil
      return nil
    }
    saw(sight.sighting)
    _ = took(sight, in: frame)
    let (was, isNow) = (before.shown, sight.shape)
    if was == isNow {
      let seen = max(
        abs(sight.sighting.origin.x - origin.x), abs(sight.sighting.origin.y - origin.y))
      hand?.gains.learn(run, moved: Double(seen))
      return false
    }
    let slack = 1 + length / 8
    if was == unknown, before.shapes[isNow].isExact {
      let spot = sight.hotSpot.offset(byX: -moved.x, y: -moved.y)
      pin(unknown, origin: origin, hotSpot: spot, slack: slack)
    } else if isNow == unknown, before.shapes[was].isExact {
      pin(unknown, origin: sight.sighting.origin, hotSpot: expected, slack: slack)
      position = expected
    } else {
      return nil
    }
    return slack <= PointerShape.exact
  }

  private func pin(_ shape: Int, origin: PixelPoint, hotSpot: PixelPoint, slack: Int) {
    guard let known = hand?.shapes[shape].slack, slack < known else { return }
    hand?.pin(
      shape, drawing: PixelPoint(x: origin.x - hotSpot.x, y: origin.y - hotSpot.y), slack: slack)
  }
}
