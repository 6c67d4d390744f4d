import Bench
import Desk
import Frames
import Hands

/// A desk drawn by lot.
struct DrawnDesk: Sendable, CustomStringConvertible {
  /// How a desk turns counts into pixels.
  enum Acceleration: String, CaseIterable {
    /// As many pixels for a count, however fast.
    case flat
    /// X's classic: by each report's own speed.
    case classic
    /// As desktops of today have it: by the speed over several reports.
    case adaptive
    /// By the speed over a while, so that slow reports after fast ones go far.
    case lasting
  }

  /// How many targets are clicked on a desk.
  static let targets = 20
  private static let side = 20

  let number: Int
  let acceleration: Acceleration
  private let seed: UInt64
  private let traits: DeskTraits
  private let timing: MouseTiming

  /// Draws a desk.
  init(seed: UInt64, number: Int) {
    self.number = number
    self.seed = seed &* 1_000_003 &+ UInt64(number)
    var draw = Draw(seed: self.seed)
    var traits = DeskTraits(seed: self.seed &+ 1)
    acceleration = Acceleration.allCases[draw.integer(0...Acceleration.allCases.count - 1)]
    switch acceleration {
    case .flat: traits.slope = 0
    case .classic: traits.slope = draw.number(0.15...0.6)
    case .adaptive: traits.acceleration = .adaptive
    case .lasting: traits.acceleration = .lasting
    }
    let rate = draw.integer(5...60)
    traits.pictureInterval = .microseconds(1_000_000 / rate)
    traits.displayDelay = .milliseconds(draw.integer(30...400))
    traits.lossProbability = 0.002
    self.traits = traits
    timing = MouseTiming(
      reportInterval: .microseconds([1000, 2000, 4000, 8000][draw.integer(0...3)]))
  }

  var description: String {
    let (period, latency) = (traits.pictureInterval, traits.displayDelay)
    return "\(acceleration.rawValue), a picture every \(Self.milliseconds(period)) ms, "
      + "\(Self.milliseconds(latency)) ms late, a report every "
      + "\(Self.milliseconds(timing.reportInterval)) ms"
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    Int(duration / .milliseconds(1))
  }

  /// What a click may take in the median, in seconds.
  private var allowance: Double {
    0.6 + 3 * ((traits.pictureInterval + traits.displayDelay) / .seconds(1))
  }

  /// Clicks the targets.
  func score() async -> DeskScore {
    let desk = Desk(traits, seed: seed)
    let pilot = MousePilot(
      screen: desk.screen, mouse: desk.mouse, clock: desk.clock, timing: timing)
    var score = DeskScore()
    var draw = Draw(seed: seed &+ 2)
    for number in 0...Self.targets {
      let box = PixelRect(
        x: draw.integer(10...1240), y: draw.integer(10...680), width: Self.side, height: Self.side)
      let begun = await desk.time
      let before = await desk.clicks.count
      do throws(HandError) {
        let record = try await pilot.click(
          at: box.center, inside: box, by: begun.advanced(by: .seconds(120)))
        // The first is for learning.
        if number > 0 {
          score.shares.append(begun.duration(to: record.endedAt) / .seconds(1) / allowance)
        }
        let clicks = await desk.clicks.dropFirst(before)
        if clicks.count != 1 || !box.contains(clicks[clicks.startIndex].point) {
          score.beside += 1
          score.complaints.append(
            "click \(number) on \(box) went to \(clicks.map { "\($0.point)" }.joined(separator: ", "))"
          )
        }
      } catch {
        score.undone += 1
        score.complaints.append("click \(number) on \(box) was not made: \(error)")
      }
    }
    return score
  }
}

/// What came of the clicks on a desk.
struct DeskScore: Sendable {
  /// What each took after the first, as a share of what it may take in the median.
  var shares: [Double] = []
  /// Clicks that went elsewhere, or nowhere.
  var beside = 0
  /// Clicks that were not made, and said so.
  var undone = 0
  /// What people are to read of it.
  var complaints: [String] = []

  /// Adds what came of another desk.
  mutating func add(_ other: DeskScore) {
    shares += other.shares
    beside += other.beside
    undone += other.undone
    complaints += other.complaints
  }
}
