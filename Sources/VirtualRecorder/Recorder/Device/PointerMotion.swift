import Frames

/// The pointer of the recorder: where its hot spot is, and whether it shows.
struct PointerMotion: Sendable {
  private let traits: Unkindness
  private let screen: PixelSize
  /// The hot spot with its sub-pixel rest.
  private var x: Double
  private var y: Double
  private var lastReportAt: MonotonicInstant?
  private var lastUseAt: MonotonicInstant?

  /// Creates a pointer at its first place, not shown until it moves.
  init(traits: Unkindness, screen: PixelSize) {
    self.traits = traits
    self.screen = screen
    x = (traits.start.x * Double(screen.width)).rounded()
    y = (traits.start.y * Double(screen.height)).rounded()
  }

  /// The pixel under the hot spot.
  var position: PixelPoint { PixelPoint(x: Int(x), y: Int(y)) }

  /// Moves by the counts of a report; fast movements go further.
  mutating func move(dx: Int, dy: Int, at now: MonotonicInstant) {
    let sinceLast = lastReportAt.map { $0.duration(to: now).inSeconds * 1000 } ?? 50
    lastReportAt = now
    guard dx != 0 || dy != 0 else { return }
    lastUseAt = now
    let distance = Double(dx * dx + dy * dy).squareRoot()
    let speed = distance / min(max(sinceLast, 4), 50)
    let excess = max(0, speed - traits.accelerationThreshold)
    let stretch = min(1 + traits.accelerationSlope * excess, traits.accelerationLimit)
    x += Double(dx) * traits.gain * stretch
    y += Double(dy) * traits.gain * stretch
    x = min(max(x, 0), Double(screen.width - 1))
    y = min(max(y, 0), Double(screen.height - 1))
  }

  /// Shows the pointer as if it had moved.
  mutating func use(at now: MonotonicInstant) {
    if lastUseAt != nil { lastUseAt = now }
  }

  /// Whether the pointer shows at an instant.
  func isVisible(at now: MonotonicInstant) -> Bool {
    guard let lastUseAt else { return false }
    guard let hidesAfter = traits.hidesAfter else { return true }
    return now < lastUseAt.advanced(by: hidesAfter)
  }

  /// What is kept of it.
  func memory(on timeline: Timeline) -> PointerMemory {
    PointerMemory(
      x: x, y: y, lastReportAt: lastReportAt.map(timeline.moment),
      lastUseAt: lastUseAt.map(timeline.moment))
  }

  /// Stands where it was kept.
  mutating func restore(_ memory: PointerMemory, _ timeline: Timeline) {
    (x, y) = (memory.x, memory.y)
    lastReportAt = memory.lastReportAt.map(timeline.instant)
    lastUseAt = memory.lastUseAt.map(timeline.instant)
  }
}
