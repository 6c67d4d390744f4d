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
  /// The last reports that moved, where the host accelerates by the speed over several: counts, and
  /// milliseconds since the one before.
  private var recent: [(counts: Double, milliseconds: Double)] = []
  private var jitter: RandomStream

  /// Creates a pointer at its first place, not shown until it moves.
  init(traits: Unkindness, screen: PixelSize) {
    self.traits = traits
    self.screen = screen
    jitter = traits.jitter
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
    let stretch =
      traits.isAdaptive
      ? adaptiveStretch(distance, since: sinceLast) : stretch(distance, since: sinceLast)
    x += Double(dx) * traits.gain * stretch
    y += Double(dy) * traits.gain * stretch
    x = min(max(x, 0), Double(screen.width - 1))
    y = min(max(y, 0), Double(screen.height - 1))
  }

  /// How much further a report moves by its own speed.
  private func stretch(_ counts: Double, since milliseconds: Double) -> Double {
    let speed = counts / min(max(milliseconds, 4), 50)
    let excess = max(0, speed - traits.accelerationThreshold)
    return min(1 + traits.accelerationSlope * excess, traits.accelerationLimit)
  }

  /// How much further a report moves by the speed over the last four, as a desktop sees it, whose
  /// reports come a little early or late: a third of a count's way when slow, twice it when fast.
  ///
  /// Source: libinput, `filter-mouse.c`, `pointer_accel_profile_linear`, for 1000 counts an inch.
  private mutating func adaptiveStretch(_ counts: Double, since milliseconds: Double) -> Double {
    let apart = max(milliseconds, 1) * jitter.number(in: 0.7...1.4)
    if apart >= 300 { recent = [] }
    recent = (recent + [(counts, min(apart, 300))]).suffix(4)
    let speed = recent.reduce(0) { $0 + $1.counts } / recent.reduce(0) { $0 + $1.milliseconds }
    if speed < 0.07 { return 10 * speed + 0.3 }
    return speed < 0.4 ? 1 : min(2, 1.1 * (speed - 0.4) + 1)
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
