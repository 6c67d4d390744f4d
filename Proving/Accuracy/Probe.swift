import FrameVision
import Frames
import ScreenKit

/// What is asked about a sheet.
public enum Question: String, CaseIterable, Sendable {
  /// Must be found, where it is.
  case found
  /// Must be answered as not there.
  case rejected
  /// Must not be taken for what it is not, in pictures too poor to ask for more.
  case doubtful
}

/// One look at a sheet: which screen, how disturbed, and what must come of it.
struct Probe {
  /// What the right answer is.
  enum Answer: Hashable {
    case matched
    case absent
    case notMatched
    case ambiguous
    case unclear
  }

  let question: Question
  let right: Answer
  /// Whether the screen with the near miss is looked at.
  let isOther: Bool
  var disturbance: Disturbance
  /// Where to look; nil for everywhere.
  var region: PixelRect?
  /// What doesn't count.
  var ignored: [PixelRect]
}

extension Sheet {
  /// How many probes a sheet gets.
  static let probeCount = 5

  /// The looks at a sheet: the same sheet number gives the same ones.
  func probes(seed: UInt64, number: Int) -> [Probe] {
    var dice = Dice(seed, UInt64(number), kind.number, 99)
    return (0..<Self.probeCount).map { probe($0, &dice) }
  }

  private func probe(_ index: Int, _ dice: inout Dice) -> Probe {
    if kind == .code { return codeProbe(index, &dice) }
    if kind == .scaled { return scaledProbe(index, &dice) }
    switch index {
    case 0, 1: return thereProbe(&dice)
    case 2, 3: return missProbe(.mild(&dice), .rejected, .absent, &dice)
    default:
      if kind == .hidden { return smotheredProbe(&dice) }
      return missProbe(.rough(&dice), .doubtful, .notMatched, &dice)
    }
  }

  private func codeProbe(_ index: Int, _ dice: inout Dice) -> Probe {
    Probe(
      question: .found, right: .matched, isOther: index > 2, disturbance: .mild(&dice),
      region: place, ignored: [])
  }

  /// A capture of another size. That is among the disturbances in which what is there must be found,
  /// not among those in which a near miss must be told.
  private func scaledProbe(_ index: Int, _ dice: inout Dice) -> Probe {
    var probe =
      index < 2
      ? thereProbe(&dice)
      : missProbe(index < 4 ? .mild(&dice) : .rough(&dice), .doubtful, .notMatched, &dice)
    probe.disturbance.sampling.scale = screen.width == 1920 ? 2.0 / 3 : 1.5
    if dice.once(in: 2) { probe.disturbance.sampling.filter = .cubic }
    probe.region = probe.region.map { $0.scaled(by: probe.disturbance.sampling.scale) }
    return probe
  }

  private func thereProbe(_ dice: inout Dice) -> Probe {
    // What must be read is asked for in good pictures only.
    let disturbance = kind == .phrase ? Disturbance.mild(&dice) : .ordinary(&dice)
    var probe = Probe(
      question: .found, right: kind == .rows ? .ambiguous : .matched, isOther: false,
      disturbance: disturbance, region: region(&dice), ignored: ignored)
    if kind == .rows { probe.region = nil }
    return probe
  }

  private func missProbe(
    _ disturbance: Disturbance, _ question: Question, _ right: Probe.Answer, _ dice: inout Dice
  ) -> Probe {
    var disturbance = disturbance
    // What a tone change clips away, nobody can see.
    for _ in 0..<20 where !isVisible(through: disturbance.tone) {
      disturbance.tone = ToneChange(&dice)
    }
    if !isVisible(through: disturbance.tone) { disturbance.tone = .none }
    return Probe(
      question: question, right: right, isOther: true, disturbance: disturbance,
      region: region(&dice), ignored: ignored)
  }

  /// All but a strip is ignored: too little to say anything.
  private func smotheredProbe(_ dice: inout Dice) -> Probe {
    let strip = max(2, place.width / 12)
    let cover = PixelRect(
      x: place.x, y: place.y, width: place.width - strip, height: place.height)
    return Probe(
      question: .doubtful, right: .notMatched, isOther: dice.once(in: 2),
      disturbance: .mild(&dice), region: place.insetBy(-4).intersection(PixelRect(screen.size)),
      ignored: ignored + [cover])
  }

  /// Now and then only the surroundings of the place are searched.
  private func region(_ dice: inout Dice) -> PixelRect? {
    if dice.roll(1...3) > 1 { return nil }
    return place.insetBy(-dice.roll(4...80)).intersection(PixelRect(screen.size))
  }
}

extension PixelRect {
  /// The rectangle in a picture of another size, whole pixels of it.
  func scaled(by scale: Double) -> PixelRect {
    let (left, top) = (Int(Double(x) * scale), Int(Double(y) * scale))
    return PixelRect(
      x: left, y: top, width: Int((Double(maxX) * scale).rounded(.up)) - left,
      height: Int((Double(maxY) * scale).rounded(.up)) - top)
  }
}
