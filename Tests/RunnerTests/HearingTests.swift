import Bench
import FrameVision
import Frames
import SeededRandom
import Testing

@testable import Runner

@Suite("Hearing witnesses without a bench")
struct HearingTests {
  private static let everything = Hearing.Subject(
    hasScreen: true, hasMouse: true, hasHand: true, isCut: false, isRestarting: false,
    concernsSignal: false, period: .seconds(1))

  /// A rig that answers by a script, and notes what it was asked.
  private struct Rig {
    var now = MonotonicInstant(nanoseconds: 1_000_000_000)
    var supply = WitnessStatement.Supply.sensedOn
    var bus: USBBusState? = .configured
    var pointer = Hearing.PointerAnswer.answered
    var losses: [SignalMemory.Spell] = []
    var showsLife = true
    /// What the screen shows; asked with the question and with how many were asked before.
    var screen: (Hearing.Question, Int) -> Hearing.Reading
    var asked: [Hearing.Question] = []

    init(_ screen: @escaping (Hearing.Question, Int) -> Hearing.Reading) {
      self.screen = screen
    }

    mutating func answer(_ question: Hearing.Question) -> Hearing.Answer {
      asked.append(question)
      switch question {
      case .supply: return .supply(supply)
      case .time: return .time(now)
      case .pointer: return .pointer(pointer)
      case .losses: return .losses(losses)
      case .bus: return .bus(bus)
      case .life: return .life(showsLife)
      case .picture(let after, _), .movement(let after, _), .tear(let after, _):
        now = max(now, after).advanced(by: .milliseconds(33))
        var reading = screen(question, asked.count)
        reading.at = now
        return .reading(reading)
      }
    }
  }

  private static let picture = Hearing.Reading(signal: .live, at: .zero, picture: .picture)
  private static let dark = Hearing.Reading(signal: .noSignal, at: .zero)

  /// Holds a hearing to its end; nil when it has none.
  private func hear(_ subject: Hearing.Subject = everything, _ rig: inout Rig) -> Hearing.Finding? {
    var hearing = Hearing(of: subject)
    for _ in 0..<200 {
      switch hearing.next {
      case .closed(let finding): return finding
      case .ask(let question): hearing.hear(rig.answer(question))
      }
    }
    return nil
  }

  @Test(
    "A well recorder: the supply first and last, between them picture, movement, pointer and bus")
  func order() throws {
    var rig = Rig { question, _ in
      if case .movement = question {
        Self.picture.showing(.picture, moves: true)
      } else {
        Self.picture
      }
    }
    let finding = try #require(hear(Self.everything, &rig))
    #expect(finding.diagnosis == .healthy)
    let words = rig.asked.map { "\($0)".prefix { $0 != "(" } }
    #expect(
      words == ["supply", "time", "picture", "movement", "pointer", "losses", "bus", "supply"])
  }

  @Test(
    "A picture that stands is watched for 2.6 s before the pointer is asked, and for 20 s after it")
  func stands() throws {
    var rig = Rig { _, _ in Self.picture }
    rig.pointer = .silent
    let finding = try #require(hear(Self.everything, &rig))
    #expect(finding.statement.pictureMoves == false)
    #expect(Culprit(finding.diagnosis) == .recorder)
    let pointer = try #require(rig.asked.firstIndex(of: .pointer))
    func span(of questions: some Sequence<Hearing.Question>) throws -> Duration {
      let times = questions.compactMap { question -> MonotonicInstant? in
        if case .movement(let after, _) = question { after } else { nil }
      }
      return try #require(times.first).duration(to: try #require(times.last))
    }
    let before = try span(of: rig.asked[..<pointer])
    #expect(before >= .milliseconds(2100) && before < .milliseconds(2700))
    #expect(try span(of: rig.asked[pointer...]) >= .seconds(19))
    #expect(rig.asked.suffix(2) == [.bus, .supply])
  }

  @Test("A lost signal is watched for five seconds, or until the host has gone too")
  func lost() throws {
    var patient = Rig { _, _ in Self.dark }
    let stays = try #require(hear(Self.everything, &patient))
    #expect(Culprit(stays.diagnosis) == .rig(.screen))
    let span = MonotonicInstant(nanoseconds: 1_000_000_000).duration(to: patient.now)
    #expect(span > .seconds(5) && span < .seconds(6))

    var quick = Rig { _, count in
      var reading = Self.dark
      reading.hostWasGone = count > 4
      return reading
    }
    quick.bus = .notConfigured
    let goes = try #require(hear(Self.everything, &quick))
    #expect(Culprit(goes.diagnosis) == .recorder)
    #expect(quick.asked.count < 13)
  }

  @Test(
    "A recorder that was down before the run began is blamed for nothing",
    arguments: [false, true])
  func downFromTheBeginning(isRestarting: Bool) throws {
    var subject = Self.everything
    subject.isRestarting = isRestarting
    func cause() throws -> Diagnosis {
      var rig = Rig { _, _ in Self.dark }
      rig.bus = .notConfigured
      return try #require(hear(subject, &rig)).diagnosis
    }
    #expect(Culprit(try cause()) == .recorder)
    subject.wasSeenUp = false
    guard case .rig(let fault) = try cause() else {
      Issue.record("a recorder that nobody saw up is failed")
      return
    }
    #expect(fault.code == .startUnmet)
  }

  @Test("A signal that comes back while it is watched is judged by its picture")
  func comesBack() throws {
    var rig = Rig { question, count in
      if case .movement = question { return Self.picture.showing(.picture, moves: true) }
      return count < 10 ? Self.dark : Self.picture
    }
    rig.losses = [
      SignalMemory.Spell(
        from: .zero, last: .zero, until: rig.now, states: [.noSignal], bus: [.configured])
    ]
    let finding = try #require(hear(Self.everything, &rig))
    #expect(finding.statement.signal == .live)
    #expect(finding.statement.gap == .withHostThere)
    #expect(Culprit(finding.diagnosis) == .rig(.screen))
  }

  @Test("One torn picture is none; two of five are the capture device's")
  func tears() throws {
    for (torn, isGarbled) in [(0, false), (1, false), (2, true)] {
      var left = torn
      var rig = Rig { question, _ in
        switch question {
        case .picture: return Self.picture.showing(.garbled)
        case .tear:
          left -= 1
          return Self.picture.showing(left >= 0 ? .garbled : .picture)
        default: return Self.picture.showing(.picture, moves: true)
        }
      }
      let finding = try #require(hear(Self.everything, &rig))
      #expect(finding.statement.picture == (isGarbled ? .garbled : .picture))
      #expect(Culprit(finding.diagnosis) == (isGarbled ? .rig(.screen) : .nobody))
    }
  }

  @Test("A pointer that does not answer in a torn picture convicts the picture")
  func silentInTears() throws {
    var rig = Rig { question, _ in
      if case .tear = question {
        Self.picture.showing(.garbled)
      } else {
        Self.picture.showing(.picture, moves: true)
      }
    }
    rig.pointer = .silent
    let finding = try #require(hear(Self.everything, &rig))
    #expect(finding.statement.pointerAnswers == false)
    #expect(Culprit(finding.diagnosis) == .rig(.screen))
  }

  @Test("A recorder that is cut is not watched, nor is its pointer asked")
  func cut() throws {
    var subject = Self.everything
    subject.isCut = true
    var rig = Rig { _, _ in Self.picture.showing(.black) }
    rig.supply = .sensedOff
    _ = try #require(hear(subject, &rig))
    #expect(!rig.asked.contains(.pointer))
    #expect(!rig.asked.contains { if case .movement = $0 { true } else { false } })
  }

  @Test("Losses that a step is about, or that belong to a restart, are not held against anybody")
  func explainedLosses() throws {
    let spell = SignalMemory.Spell(
      from: .zero, last: .zero, until: .zero, states: [.noSignal], bus: [.notAttached])
    for (isRestarting, concerns) in [(true, false), (false, true), (true, true)] {
      var subject = Self.everything
      (subject.isRestarting, subject.concernsSignal) = (isRestarting, concerns)
      var rig = Rig { _, _ in Self.picture.showing(.picture, moves: true) }
      rig.losses = [spell]
      let finding = try #require(hear(subject, &rig))
      #expect(finding.statement.gap == .none)
      #expect(finding.diagnosis == .healthy)
    }
    var subject = Self.everything
    subject.isRestarting = true
    var rig = Rig { _, _ in Self.picture.showing(.picture, moves: true) }
    rig.losses = [spell, spell]
    #expect(try #require(hear(subject, &rig)).statement.startsOver)
  }

  @Test("An answer to another question changes nothing")
  func strayAnswers() {
    var hearing = Hearing(of: Self.everything)
    hearing.hear(.supply(.sensedOn))
    let before = hearing.next
    for stray: Hearing.Answer in [
      .supply(.sensedOff), .bus(.notAttached), .pointer(.silent), .losses([]), .reading(Self.dark),
    ] {
      hearing.hear(stray)
      #expect(hearing.next == before)
    }
  }

  @Test(
    "Whatever witnesses say, a hearing ends, asks in order of time, and only what is wired",
    arguments: 0..<400)
  func anyAnswers(seed: UInt64) throws {
    var random = SeededStream(seed: seed, name: "hearing")
    let subject = Hearing.Subject(
      hasScreen: .random(using: &random), hasMouse: .random(using: &random),
      hasHand: .random(using: &random), isCut: .random(using: &random),
      isRestarting: .random(using: &random), concernsSignal: .random(using: &random),
      period: .seconds(1))
    var pictures = SeededStream(seed: seed, name: "pictures")
    let conditions: [PictureCondition?] = [
      nil, nil, .picture, .picture, .black, .oneColor, .garbled, .noInput,
    ]
    let dark: [SignalState] = [.noSignal, .noSync, .noCable, .frozen, .outOfRange, .deviceGone]
    var rig = Rig { _, _ in
      let picture = conditions.randomElement(using: &pictures) ?? nil
      return Hearing.Reading(
        signal: picture == nil ? dark.randomElement(using: &pictures) ?? .noSignal : .live,
        at: .zero, picture: picture, moves: Int.random(in: 0..<4, using: &pictures) == 0,
        repeats: Int.random(in: 0..<5, using: &pictures),
        hostWasGone: picture == nil && Int.random(in: 0..<6, using: &pictures) == 0)
    }
    rig.supply =
      [.sensedOn, .readOn, .sensedOff, .unknown].randomElement(using: &random) ?? .sensedOn
    rig.bus = [.configured, .suspended, .notConfigured, .notAttached].randomElement(using: &random)
    rig.pointer =
      [.answered, .answeredAlone, .silent, .signalLost(.noSignal)].randomElement(using: &random)
      ?? .silent
    let finding = try #require(hear(subject, &rig), "a hearing must end")
    let said = finding.statement

    // A picture that was taken for torn at first is watched from when it was captured.
    var (last, kind) = (MonotonicInstant.zero, "")
    for question in rig.asked {
      switch question {
      case .picture(let after, let deadline), .movement(let after, let deadline),
        .tear(let after, let deadline):
        let same = String("\(question)".prefix { $0 != "(" })
        #expect(subject.hasScreen)
        #expect(deadline > after && (after > last || same != kind))
        (last, kind) = (after, same)
      case .bus: #expect(subject.hasMouse)
      case .life: #expect(subject.hasHand && !subject.isCut)
      case .pointer: #expect(subject.hasHand && !subject.isCut)
      case .supply, .time, .losses: break
      }
    }
    #expect(said.supply == rig.supply)
    #expect(said.bus == (subject.hasMouse ? rig.bus : nil))
    if said.picture == nil { #expect(said.pictureMoves == nil) }
    if !subject.hasHand || subject.isCut { #expect(said.pointerAnswers == nil) }
    if Culprit(finding.diagnosis) == .recorder {
      // Never for a supply that is not as it should be, nor for what the capture device does.
      #expect(!(said.shouldBeSupplied && said.supply == .sensedOff))
      #expect(![.deviceGone, .frozen, .noCable, .outOfRange].contains(said.signal))
      #expect(
        said.pictureMoves != true || said.signal != .live || said.gap == .withHostGone
          || said.startsOver)
    }
  }
}
