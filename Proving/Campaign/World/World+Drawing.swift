import ExpectedVerdicts
import SeededRandom

extension World {
  /// The scenarios that are played, with the parts of their time in seconds, each as likely to be
  /// struck: a wait of minutes is one part, so that what is done around it is struck as often. They
  /// reach a little beyond the ends of quick runs.
  static let scenarios: [(name: String, parts: [ClosedRange<Int>])] = [
    ("password-reset", [0...60, 60...155]),
    ("log-in", [0...24]),
    ("auto-log-out", [0...20, 20...140, 75...145]),
    ("firmware-version", [0...26]),
    ("power-cut", [0...12, 12...40, 26...60]),
    ("wrong-code", [0...52]),
    ("expired-code", [0...30, 30...1220, 1220...1247]),
    ("weak-password", [0...86]),
  ]

  /// Draws a world. Each of its properties has numbers of its own, so that one more changes no
  /// other.
  ///
  /// - Parameters:
  ///   - seed: the campaign's seed.
  ///   - index: which of its worlds.
  package init(seed: UInt64, index: Int) {
    func lots(_ purpose: String) -> Lots { Lots("world \(index) \(purpose)", seed: seed) }
    var place = lots("place")
    let (scenario, parts) = place.pick(Self.scenarios)
    self.index = index
    self.scenario = scenario
    model = place.pick(VirtualExpectation.models)
    restartsByItself = place.once(in: 2)
    runSeed = UInt64(place.roll(1...9_999_999))

    var way = lots("way")
    if way.once(in: 2) { flow = FlowVariant(seed: seed, name: "world \(index) way") }

    var kinds = lots("flaws")
    var moments = lots("moments")
    flaws = Self.flawNames(for: scenario, &kinds).map { name in
      WorldFlaw(name: name, at: Self.moment(of: name, in: parts, &moments))
    }

    var popUp = lots("pop-up")
    popUpAfter = popUp.once(in: 2) ? popUp.moment(in: parts) : nil

    var picture = lots("capture")
    let light =
      switch picture.roll(0...5) {
      case 0: "tone=stretched"
      case 1: "tone=squeezed"
      case 2: "tone=wrong-matrix"
      case 3: "brightness=\(picture.roll(5...20))"
      case 4: "brightness=-\(picture.roll(5...20))"
      default: "tone=none"
      }
    capture = Capture(
      light: light, noise: picture.roll(10...40), quality: picture.roll(75...92))

    var mouse = lots("acceleration")
    acceleration = mouse.once(in: 3) ? 0 : mouse.roll(15...60)
    var pointer = lots("pointer")
    changesShape = pointer.once(in: 3)
    isAdaptive = pointer.once(in: 3)

    var host = lots("pauses")
    let count = host.once(in: 3) ? host.roll(1...2) : 0
    pauses = (0..<count).map { _ in
      let at = host.moment(in: parts)
      // From a fifth of a second to some six, the short ones more often.
      let part = Double(host.roll(0...1000)) / 1000
      return Pause(at: at, length: Int(200 + 6000 * part * part * part))
    }
  }

  /// One of four worlds is healthy, two have one flaw, one has two.
  private static func flawNames(for scenario: String, _ lots: inout Lots) -> [String] {
    switch lots.roll(0...3) {
    case 0: return []
    case 1, 2: return [name(lots.once(in: 2), scenario, &lots)]
    default:
      let first = lots.roll(0...3)
      // A defect and a fault, or two of a kind.
      let kinds = first == 0 ? [true, true] : first == 1 ? [false, false] : [true, false]
      let names = kinds.map { name($0, scenario, &lots) }
      return names[0] == names[1] ? [names[0]] : names
    }
  }

  /// Every other flaw is one that the scenario is listed to notice.
  private static func name(
    _ isDefect: Bool, _ scenario: String, _ lots: inout Lots
  ) -> String {
    let all = isDefect ? WorldFlaw.defects : WorldFlaw.faults
    let noticed = VirtualExpectation.all.filter { $0.scenario == scenario }.map(\.flaw)
    let listed = all.filter(noticed.contains)
    return lots.pick(lots.once(in: 2) && !listed.isEmpty ? listed : all)
  }

  /// Half of all defects are there from the beginning, and so are a few faults.
  private static func moment(
    of flaw: String, in parts: [ClosedRange<Int>], _ lots: inout Lots
  ) -> Int? {
    if WorldFlaw.defects.contains(flaw) {
      return lots.once(in: 2) ? nil : lots.moment(in: parts)
    }
    return lots.once(in: 16) ? 0 : lots.moment(in: parts)
  }
}

/// What is drawn from a named stream.
private struct Lots {
  private var stream: SeededStream

  init(_ name: String, seed: UInt64) {
    stream = SeededStream(seed: seed, name: name)
  }

  /// A number of a range, each as likely.
  mutating func roll(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &stream)
  }

  /// True once in a number of times.
  mutating func once(in times: Int) -> Bool { roll(1...times) == 1 }

  /// One of several.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[roll(0...elements.count - 1)]
  }

  /// A moment of one of several parts of a run, in milliseconds.
  mutating func moment(in parts: [ClosedRange<Int>]) -> Int {
    let part = pick(parts)
    return roll(part.lowerBound * 1000...part.upperBound * 1000)
  }
}
