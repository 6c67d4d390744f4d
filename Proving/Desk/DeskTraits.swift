import Frames

/// What a desk's picture is like behind the pointer.
enum DeskScenery: CaseIterable {
  /// Moving pictures over all of the screen.
  case moving
  /// Flat panels with a clock that ticks.
  case menu
  /// Moving pictures with a menu over a part.
  case both
}

/// How a desk turns counts into pixels.
package enum DeskAcceleration: CaseIterable, Sendable {
  /// As the traits' slope, threshold and limit say, by counts and the time since the last report.
  case bySlope
  /// As desktops of today have it: by the speed over the last reports, each of which comes a little
  /// early or late, so that no two ways are equally long.
  case adaptive
  /// By the speed over a sixth of a second and six reports at most, from a fast way on for a while: a
  /// slow report right after fast ones goes as far as three.
  case lasting
}

/// A thing on a desk's screen over which its pointer has another shape.
struct DeskThing {
  var box: PixelRect
  var shape: DeskPointer.Shape
}

/// How a desk answers its mouse, drawn from a seed.
package struct DeskTraits: Sendable {
  var size = PixelSize(width: 1280, height: 720)
  var scenery = DeskScenery.both
  var gain = 1.0
  /// Counts per millisecond from which movements are stretched.
  var threshold = 1.0
  /// By how much faster movements are stretched; 0 for flat.
  package var slope = 0.0
  var limit = 3.0
  /// How counts become pixels.
  package var acceleration = DeskAcceleration.bySlope
  /// What changes the pointer's shape.
  var things: [DeskThing] = []
  /// From one picture to the next.
  package var pictureInterval: Duration = .nanoseconds(33_333_333)
  var shape = DeskPointer.Shape.arrow
  /// How far the drawing stands off the hot spot, beyond its shape.
  var drawnOff = PixelPoint(x: 0, y: 0)
  var start = PixelPoint(x: 700, y: 300)
  var hidesAfter: Duration? = .seconds(5)
  var sleepsAfter: Duration? = .seconds(10)
  /// How likely a report is lost on its way.
  package var lossProbability = 0.0
  /// From a report to the first picture that shows its effect.
  package var displayDelay: Duration = .milliseconds(40)
  var minimumHold: Duration = .milliseconds(40)
  var noise = 4
  var isPointerDrawn = true
  /// From when until when something lies over the pointer, in seconds.
  var pointerCovered: Range<Double>?
  /// Where something stands, over the pointer, that looks like the pointer.
  var decoy: PixelPoint?
  /// Until when the host has not taken the mouse.
  var configuredAt = MonotonicInstant.zero
  /// From when until when the host has let the mouse go, in seconds: a reset of its port.
  var portReset: Range<Double>?
  /// How long after a click a key shows its effect.
  var keyDelay: Duration = .milliseconds(20)
  /// The probability that a key does not take a click.
  var deafness = 0.0

  /// By how much the pointer slips as a button goes down, by the number of the press; the host was
  /// late to move it.
  var slips: [Int: PixelPoint] = [:]

  /// Those of a plain desk.
  package init() {}

  /// Those of a desk drawn by lot.
  package init(seed: UInt64) {
    var draw = Draw(seed: seed)
    scenery = DeskScenery.allCases[draw.integer(0...2)]
    gain = draw.number(0.5...2.6)
    threshold = draw.number(0.3...1.5)
    slope = draw.happens(0.33) ? 0 : draw.number(0.15...0.6)
    limit = draw.number(1.4...3)
    shape = DeskPointer.common[draw.integer(0...(DeskPointer.common.count - 1))]
    drawnOff = PixelPoint(x: draw.integer(-4...4), y: draw.integer(-4...4))
    start = PixelPoint(x: draw.integer(60...1200), y: draw.integer(60...660))
    hidesAfter = .milliseconds(draw.integer(4000...10_000))
    sleepsAfter = .milliseconds(draw.integer(8000...15_000))
    lossProbability = 0.008
    displayDelay = .milliseconds(draw.integer(0...110))
    minimumHold = .milliseconds(draw.integer(20...70))
    noise = draw.integer(2...6)
    keyDelay = .milliseconds(draw.integer(0...150))
    deafness = 0.02
  }
}
