/// How far reports of a few sizes move the pointer along one axis, as far as it is known.
///
/// Recorders accelerate: pixels per count depend on counts per report. At even pacing a size has a
/// steady gain, so a few sizes are used and each one's gain is kept up to date by what is seen.
struct StepGains: Sendable {
  /// A number of reports of one size.
  struct Run: Sendable, Hashable {
    /// Counts a report; positive.
    var size: Int
    /// Reports.
    var reports: Int
  }

  /// The sizes in use, largest first.
  static let sizes = [80, 20, 6, 2, 1]

  /// The most reports of a size that was never seen to work.
  private static let trial = 4
  /// The most reports of the slow sizes between two looks: many in a row go further than few do, where a
  /// recorder goes by the speed over a while, and none is so slow that it takes more to aim.
  private static let mostOfSlow = [6: 40, 2: 12, 1: 12]

  private struct Gain {
    var pixels: Double
    var observations: Int
    var refusals: Int
  }

  private var gains: [Int: Gain] = [:]

  /// Creates gains from the first size measured.
  init(size: Int, pixelsPerReport: Double) {
    gains[size] = Gain(pixels: pixelsPerReport, observations: 1, refusals: 0)
  }

  /// Pixels that one report of a size moves by; a guess from the nearest known size if unknown.
  func pixels(perReportOf size: Int) -> Double {
    if let gain = gains[size] { return gain.pixels }
    let nearest = Self.sizes.filter { gains[$0] != nil }
      .min { abs($0 - size) < abs($1 - size) }
    guard let nearest, let gain = gains[nearest] else { return Double(size) }
    return gain.pixels * Double(size) / Double(nearest)
  }

  /// Whether a size has been seen to work.
  func isKnown(_ size: Int) -> Bool { gains[size].map { $0.observations > 0 } ?? false }

  /// The reports that bring the pointer a distance forward, in pixels; largest sizes first.
  func runs(for distance: Double) -> [Run] {
    var remaining = distance
    var runs: [Run] = []
    for size in Self.sizes {
      let gain = pixels(perReportOf: size)
      guard gain > 0.05 else { continue }
      let isLast = size == Self.sizes.last
      let exact = remaining / gain
      // A size that was never tried is not trusted with a long way.
      let most = isKnown(size) ? Self.mostOfSlow[size] ?? Int.max : Self.trial
      let reports = min(
        isLast ? Self.mostOfSlow[size] ?? most : most,
        isLast ? Int(exact.rounded()) : Int(exact * (isKnown(size) ? 1 : 0.8)))
      guard reports > 0 else { continue }
      runs.append(Run(size: size, reports: reports))
      remaining -= Double(reports) * gain
    }
    return runs
  }

  /// How far runs are expected to move the pointer, in pixels.
  func distance(of runs: [Run]) -> Double {
    runs.reduce(0) { $0 + Double($1.reports) * pixels(perReportOf: $1.size) }
  }

  /// Takes what is known of larger sizes than the slow ones for unknown, after a pointer got lost.
  mutating func distrustFastSizes() {
    for size in Self.sizes where size > 6 { gains[size] = nil }
  }

  /// The least distance that tells a gain, in pixels; a place is seen to the pixel.
  private static let tellingDistance = 6.0
  /// The least distance and the least error that tell that a gain is altogether wrong. Corrections
  /// are this short: a gain that makes them overshoot must not survive them.
  private static let (shortDistance, tellingError) = (2.0, 3.0)

  /// Takes what is known of the smallest sizes for unknown, where they can't be right: a pointer is
  /// beside its target, and no report would bring it nearer.
  mutating func distrustSlowSizes() {
    for size in Self.sizes where size < 6 { gains[size] = nil }
  }

  /// Takes in how far runs were seen to move the pointer.
  mutating func learn(_ runs: [Run], moved seen: Double) {
    let expected = distance(of: runs)
    let error = abs(seen - expected)
    let isWrong =
      error > max(Self.tellingError, 0.6 * expected)
      && (expected > Self.shortDistance || error > Self.tellingDistance)
    guard expected > Self.tellingDistance || isWrong else { return }
    var isTold = false
    for run in runs {
      let gain = pixels(perReportOf: run.size)
      let part = Double(run.reports) * gain
      guard part >= expected * 0.6 else { continue }
      isTold = true
      let implied = (seen - (expected - part)) / Double(run.reports)
      adjust(
        run, from: gain, to: implied, isSurprise: expected <= Self.tellingDistance)
    }
    // Where several sizes share a correction that goes wrong, none is told: the same one would be made
    // over and over.
    if isWrong, !isTold { distrustSlowSizes() }
  }

  /// Whether reports of a size move a count about as far as those of smaller sizes do, at least:
  /// recorders accelerate, and none slows down what moves faster.
  private func isFastEnough(_ pixels: Double, _ size: Int) -> Bool {
    let slower = Self.sizes.filter { $0 < size && isKnown($0) }.max()
    guard let slower, let gain = gains[slower] else { return true }
    return pixels / Double(size) > Self.leastOfSlower * gain.pixels / Double(slower)
  }

  /// The share of what a count of a slower report moves by that one of a faster report does at least.
  private static let leastOfSlower = 0.4

  /// Moves a gain towards what a run implies; what is a surprise must happen again and again.
  private mutating func adjust(
    _ run: Run, from old: Double, to implied: Double, isSurprise: Bool
  ) {
    guard implied > 0, implied < Double(run.size) * 12, isFastEnough(implied, run.size) else {
      return
    }
    guard var gain = gains[run.size] else {
      gains[run.size] =
        isSurprise
        ? Gain(pixels: old, observations: 0, refusals: 1)
        : Gain(pixels: implied, observations: 1, refusals: 0)
      return
    }
    let lost = (old - implied) * Double(run.reports)
    let looksLost = abs(lost - old) < 0.3 * old && run.reports > 1
    if (looksLost || abs(implied / old - 1) > 0.35) && gain.refusals < 2 {
      gain.refusals += 1
    } else {
      let weight = gain.refusals >= 2 ? 1.0 : max(0.25, 1 / Double(gain.observations + 1))
      gain.pixels += weight * (implied - old)
      gain.observations += 1
      gain.refusals = 0
    }
    gains[run.size] = gain
  }
}
