import Bench
import FrameVision
import Frames
import SeededRandom
import Testing

@testable import Runner

@Suite("Hearing witnesses while something strikes")
struct HearingWorldTests {
  /// What can strike, at the rig or at its recorder.
  enum Blow: CaseIterable {
    case relayOpens, adapterDies, signalLost, captureFreezes, captureRepeats, captureBlack
    case mouseUnplugged, reportsLost, pointerUndrawn
    case hangs, crashes, dies

    static let faults: [Blow] = [
      .relayOpens, .adapterDies, .signalLost, .captureFreezes, .captureRepeats, .captureBlack,
      .mouseUnplugged, .reportsLost, .pointerUndrawn,
    ]
  }

  /// A rig and its recorder, of which no more is kept than what witnesses tell.
  private struct World {
    var now = MonotonicInstant(nanoseconds: 10_000_000_000)
    var blows: [(blow: Blow, at: MonotonicInstant)]
    /// Whether something moves in the picture once a second.
    var isAlive = true
    /// After how many seconds what is not alive gives way to what is, as when a session is logged out.
    var logsOutAfter: Double?
    private let start: MonotonicInstant
    var spells: [SignalMemory.Spell] = []
    private var first = 0
    private var last = -1
    private var repeats = 0

    init(_ blows: [(Blow, Double)], isAlive: Bool = true, logsOutAfter: Double? = nil) {
      let start = now
      self.start = start
      self.logsOutAfter = logsOutAfter
      self.blows = blows.map { blow, seconds in
        (blow, start.advanced(by: .milliseconds(Int64(seconds * 1000))))
      }
      self.isAlive = isAlive
    }

    /// How long ago something struck; nil while it has not.
    private func since(_ blow: Blow) -> Duration? {
      guard let at = blows.first(where: { $0.blow == blow })?.at, at <= now else { return nil }
      return at.duration(to: now)
    }

    private var isUnsupplied: Bool { since(.relayOpens) != nil || since(.adapterDies) != nil }

    private var supply: WitnessStatement.Supply {
      WitnessStatement.Supply(readBack: since(.relayOpens) == nil, sensed: !isUnsupplied)
    }

    private var bus: USBBusState {
      if since(.mouseUnplugged) != nil || isUnsupplied { return .notAttached }
      if since(.dies) != nil { return .notConfigured }
      if let crash = since(.crashes), crash < .seconds(9) { return .notConfigured }
      if let lost = since(.reportsLost), since(.hangs) == nil, lost > .seconds(15) {
        return .suspended
      }
      return .configured
    }

    private var signal: SignalState {
      if since(.captureFreezes) != nil { return .frozen }
      let isDark = since(.crashes).map { $0 < .seconds(4) } ?? false
      let isGone = isUnsupplied || since(.signalLost) != nil || since(.dies) != nil || isDark
      return isGone ? .noSignal : .live
    }

    /// What is in the picture, as a number that changes when something moves.
    private var scene: Int {
      let stop = blows.first { $0.blow == .hangs || $0.blow == .captureRepeats }?.at ?? now
      let shown = min(now, stop)
      if since(.captureBlack) != nil { return -2 }
      return isAlive(at: shown) ? Int(shown.seconds) : 0
    }

    private func isAlive(at instant: MonotonicInstant) -> Bool {
      isAlive || logsOutAfter.map { start.duration(to: instant) > .seconds($0) } ?? false
    }

    private mutating func reading() -> Hearing.Reading {
      guard signal == .live else {
        if spells.last.map({ $0.until != nil }) ?? true {
          spells.append(
            SignalMemory.Spell(from: now, last: now, until: nil, states: [signal], bus: []))
        }
        spells[spells.count - 1].bus.append(bus)
        spells[spells.count - 1].last = now
        return Hearing.Reading(
          signal: signal, at: now, hostWasGone: spells.last?.hostWasGone ?? false)
      }
      if spells.last?.until == nil, !spells.isEmpty { spells[spells.count - 1].until = now }
      repeats = since(.captureRepeats) != nil ? repeats + 1 : 0
      return Hearing.Reading(
        signal: .live, at: now, picture: scene == -2 ? .black : .picture, repeats: repeats)
    }

    mutating func answer(_ question: Hearing.Question) -> Hearing.Answer {
      switch question {
      case .supply: return .supply(supply)
      case .time: return .time(now)
      case .losses: return .losses(spells)
      case .bus: return .bus(bus)
      case .life: return .life(scene > 0)
      case .pointer:
        now = now.advanced(by: .seconds(3))
        guard signal == .live else {
          _ = reading()
          return .pointer(.signalLost(signal))
        }
        let isMute =
          [.reportsLost, .pointerUndrawn, .hangs, .captureRepeats, .captureBlack].contains {
            since($0) != nil
          }
          || !bus.isHosted
        return .pointer(isMute ? .silent : .answered)
      case .picture(let after, _), .tear(let after, _), .movement(let after, _):
        now = max(now, after).advanced(by: .milliseconds(33))
        var reading = reading()
        if case .picture = question { first = scene }
        if case .movement = question { reading.moves = scene != first }
        return .reading(reading)
      }
    }
  }

  private static let subject = Hearing.Subject(
    hasScreen: true, hasMouse: true, hasHand: true, isCut: false, isRestarting: false,
    concernsSignal: false, period: .seconds(1))

  private func hear(_ world: World) throws -> Diagnosis {
    var world = world
    var subject = Self.subject
    subject.longestStill = world.logsOutAfter.map { .seconds($0 + 10) }
    var hearing = Hearing(of: subject)
    for _ in 0..<1000 {
      switch hearing.next {
      case .closed(let finding): return finding.diagnosis
      case .ask(let question): hearing.hear(world.answer(question))
      }
    }
    throw NoEnd()
  }

  private struct NoEnd: Error {}

  /// Moments from before a hearing to after it.
  private static let moments = stride(from: -6.0, through: 40, by: 0.35)

  @Test("No fault of the rig convicts the recorder, whenever it strikes", arguments: Blow.faults)
  func faults(blow: Blow) throws {
    for moment in Self.moments {
      for (isAlive, logsOutAfter) in [(true, nil), (false, nil), (false, 60)] as [(Bool, Double?)] {
        let diagnosis = try hear(
          World([(blow, moment)], isAlive: isAlive, logsOutAfter: logsOutAfter))
        #expect(Culprit(diagnosis) != .recorder, "\(blow) at \(moment) s: \(diagnosis)")
      }
    }
  }

  @Test("Nor do two faults, at moments of their own", arguments: 0..<400)
  func pairs(seed: UInt64) throws {
    var lots = SeededStream(seed: seed, name: "pairs")
    for _ in 0..<10 {
      let pair = Blow.faults.shuffled(using: &lots).prefix(2).map {
        ($0, Double.random(in: -6...30, using: &lots))
      }
      let diagnosis = try hear(World(pair, isAlive: .random(using: &lots)))
      #expect(Culprit(diagnosis) != .recorder, "\(pair): \(diagnosis)")
    }
  }

  @Test("A screen without anything alive that stands for longer than any should is a hang's")
  func outstanding() throws {
    for moment in stride(from: -6.0, through: 5, by: 0.35) {
      let world = World([(.hangs, moment)], isAlive: false, logsOutAfter: 60)
      #expect(Culprit(try hear(world)) == .recorder, "at \(moment) s")
    }
    let mayStand = World([(.hangs, -6)], isAlive: false)
    #expect(Culprit(try hear(mayStand)) == .rig(.mouse))
  }

  @Test("A supply that fails is what is blamed", arguments: [Blow.relayOpens, .adapterDies])
  func supplies(blow: Blow) throws {
    for moment in stride(from: -6.0, through: 5, by: 0.35) {
      let culprit = Culprit(try hear(World([(blow, moment)])))
      #expect(culprit == .rig(.power) || culprit == .nobody, "at \(moment) s")
      if moment <= 0 { #expect(culprit == .rig(.power)) }
    }
  }

  @Test(
    "A recorder that fails is convicted, or was well while it was heard: the rig never is",
    arguments: [Blow.hangs, .crashes, .dies])
  func defects(blow: Blow) throws {
    for moment in Self.moments {
      // A crash long ago is over, and was seen only by who looked.
      if blow == .crashes, moment < 0 { continue }
      let culprit = Culprit(try hear(World([(blow, moment)])))
      #expect(culprit == .recorder || culprit == .nobody, "\(blow) at \(moment) s")
      if moment == Self.moments.first(where: { _ in true }) { #expect(culprit == .recorder) }
    }
  }
}
