import Bench
import FrameVision
import Frames

/// A hearing of the witnesses of a device: whom to ask next, and what all said in the end.
///
/// It touches no bench: whoever holds the hearing asks what ``next`` says and passes on the answer,
/// so that all of its ways can be walked in a test.
///
/// The supply is asked first. A lost signal is watched until the mouse's host has gone too, or long
/// enough to be sure that it does not. A live picture is watched for something that moves by itself,
/// then the pointer is asked to answer; where it does not, several pictures are looked at for tears,
/// since nothing is found in a torn picture and not every tear shows as one. The bus is asked then,
/// and the supply a second time, last of all: what it was before the others spoke says nothing of
/// what they saw.
///
/// Whoever strikes between two questions makes witnesses contradict each other. So nobody is
/// convicted by one hearing: what convicts is looked at anew after the last statement, a picture
/// that stands for a while longer (where nothing alive is on it, for longer than the model says that
/// any does), and bus and supply are asked again. Where anything has changed,
/// all are heard again, ``rounds`` times at most; then the rig is said to contradict itself.
struct Hearing {
  /// How long a lost signal is watched until it is said why it went.
  static let lossPatience = Duration.seconds(5)
  /// How long a picture is watched until it is said that nothing moves in it.
  static let lifePatience = Duration.milliseconds(2600)
  /// How long a picture must stand after no pointer answered until a recorder is said to hang: hosts
  /// that let a mouse sleep of which they hear nothing do so meanwhile.
  static let hangPatience = Duration.seconds(20)
  /// How long two witnesses that lost a recorder at once are watched for its return.
  static let returnPatience = Duration.seconds(30)
  /// How often all are heard before their contradictions are held against the rig.
  static let rounds = 3

  private enum Phase {
    case supply
    case opening
    case presence(since: MonotonicInstant)
    case firstTears(Tears, of: MonotonicInstant)
    case life(since: MonotonicInstant)
    case pointer
    case timeOfSilence
    case tearsAfterSilence(Tears)
    case losses
    case bus
    case supplyAtEnd
    case lifeShown
    case timeOfDoubt
    case lifeAnew
    case lifeInDoubt(since: MonotonicInstant)
    case doubt(until: MonotonicInstant)
    case busInDoubt(until: MonotonicInstant, at: MonotonicInstant)
    case supplyInDoubt
  }

  private let subject: Subject
  private var phase = Phase.supply
  private var statement: WitnessStatement
  private var losses: [SignalMemory.Spell] = []
  private var round = 1

  /// What is to be done next.
  private(set) var next = Turn.ask(.supply)

  /// Opens a hearing.
  init(of subject: Subject) {
    self.subject = subject
    statement = Self.nothing(subject)
  }

  /// What is known before anybody is asked.
  private static func nothing(_ subject: Subject) -> WitnessStatement {
    WitnessStatement(
      signal: .live, picture: nil, isRestarting: subject.isRestarting,
      wasSeenUp: subject.wasSeenUp, gap: .none, bus: nil,
      shouldBeSupplied: !subject.isCut, supply: .unknown, pictureMoves: nil, pointerAnswers: nil,
      repeats: false)
  }

  /// Takes the answer to what was asked; the answer to another question changes nothing.
  mutating func hear(_ answer: Answer) {
    switch (phase, answer) {
    case (.supply, .supply(let supply)):
      if round == 1 { statement.supply = supply } else { take(supply) }
      if subject.hasScreen { ask(.time, in: .opening) } else { askBus() }
    case (.opening, .time(let now)): watchPresence(since: now, after: now)
    case (.presence(let start), .reading(let reading)): take(reading, presentSince: start)
    case (.firstTears(let tears, let instant), .reading(let reading)):
      take(reading, tears, of: instant)
    case (.life(let start), .reading(let reading)): take(reading, lifeSince: start)
    case (.pointer, .pointer(let said)): take(said)
    case (.timeOfSilence, .time(let now)): watch(Tears(), after: now) { .tearsAfterSilence($0) }
    case (.tearsAfterSilence(let tears), .reading(let reading)): take(reading, tears)
    case (.losses, .losses(let spells)):
      losses = spells
      if !subject.isRestarting, !subject.concernsSignal { statement.gap = Self.gap(spells) }
      askBus()
    case (.bus, .bus(let bus)):
      statement.bus = bus
      ask(.supply, in: .supplyAtEnd)
    case (.supplyAtEnd, .supply(let supply)):
      take(supply)
      if isMute || isStanding { ask(.life, in: .lifeShown) } else { weigh() }
    case (.lifeShown, .life(let isShown)):
      statement.showsLife = isShown
      statement.outstands = !isShown && isStanding && subject.longestStill != nil
      weigh()
    case (.timeOfDoubt, .time(let now)): doubt(since: now)
    case (.lifeAnew, .reading(let reading)):
      guard reading.picture != nil else { return hearAgain(.screen, Self.pictures) }
      askMovement(after: reading.at, in: .lifeInDoubt(since: reading.at))
    case (.lifeInDoubt(let start), .reading(let reading)):
      take(reading, lifeInDoubtSince: start)
    case (.doubt(let end), .reading(let reading)): take(reading, inDoubtUntil: end)
    case (.busInDoubt(let end, let instant), .bus(let bus)):
      take(bus, inDoubtUntil: end, at: instant)
    case (.supplyInDoubt, .supply(let supply)):
      take(supply)
      close(Diagnosis(statement))
    default: break
    }
  }

  private mutating func take(_ supply: WitnessStatement.Supply) {
    statement.supply = statement.supply.joined(
      with: supply, shouldBeOn: statement.shouldBeSupplied)
  }

  // MARK: - Presence

  private mutating func watchPresence(since start: MonotonicInstant, after: MonotonicInstant) {
    ask(.picture(after: after, by: Self.deadline(after)), in: .presence(since: start))
  }

  private mutating func take(_ reading: Reading, presentSince start: MonotonicInstant) {
    guard case .ask(.picture(let asked, _)) = next else { return }
    let isSure =
      reading.picture != nil || reading.signal == .deviceGone || reading.hostWasGone
      || start.duration(to: reading.at) > Self.lossPatience
    guard isSure else {
      let after = max(reading.at, asked.advanced(by: .milliseconds(100)))
      return watchPresence(since: start, after: after)
    }
    statement.signal = reading.signal
    statement.picture = reading.picture
    switch reading.picture {
    case nil: ask(.losses, in: .losses)
    case .garbled?: watch(Tears(), after: reading.at) { .firstTears($0, of: reading.at) }
    case .picture?, .black?, .oneColor?, .noInput?: watchLife(of: reading.at)
    }
  }

  // MARK: - Tears

  /// Whether several of five pictures are garbled. A single one may be, when a mode changes.
  private struct Tears {
    var looks = 0
    var garbled = 0
    /// What the last picture was.
    var last = PictureCondition.picture

    /// Takes a look; whether the picture is garbled, once that is known.
    mutating func take(_ reading: Reading) -> Bool? {
      guard let picture = reading.picture else { return false }
      last = picture
      looks += 1
      if picture == .garbled { garbled += 1 }
      if garbled == 2 { return true }
      return looks == 5 ? false : nil
    }
  }

  private mutating func watch(
    _ tears: Tears, after instant: MonotonicInstant, _ phase: (Tears) -> Phase
  ) {
    let after = instant.advanced(by: .milliseconds(100))
    ask(.tear(after: after, by: Self.deadline(after)), in: phase(tears))
  }

  private mutating func take(_ reading: Reading, _ tears: Tears, of first: MonotonicInstant) {
    var tears = tears
    switch tears.take(reading) {
    case nil: watch(tears, after: reading.at) { .firstTears($0, of: first) }
    case true?: ask(.losses, in: .losses)
    case false?:
      statement.picture = .picture
      watchLife(of: first)
    }
  }

  private mutating func take(_ reading: Reading, _ tears: Tears) {
    var tears = tears
    switch tears.take(reading) {
    case nil: watch(tears, after: reading.at) { .tearsAfterSilence($0) }
    case true?:
      statement.picture = .garbled
      ask(.losses, in: .losses)
    case false?:
      if reading.picture == nil {
        lose(reading.signal)
      } else {
        statement.picture = tears.last
        statement.repeats = statement.repeats || reading.repeats >= 3
      }
      ask(.losses, in: .losses)
    }
  }

  // MARK: - Life

  private mutating func watchLife(of picture: MonotonicInstant) {
    guard statement.picture != .noInput, !subject.isCut else { return ask(.losses, in: .losses) }
    statement.pictureMoves = false
    askMovement(after: picture, in: .life(since: picture))
  }

  /// How long a picture is watched: long enough for what is alive to move twice.
  private var lifePatience: Duration {
    max(Self.lifePatience, (subject.period ?? .zero) * 2)
  }

  private mutating func askMovement(after instant: MonotonicInstant, in phase: Phase) {
    let from = instant.advanced(by: .milliseconds(400))
    ask(.movement(after: from, by: Self.deadline(from)), in: phase)
  }

  private mutating func take(_ reading: Reading, lifeSince start: MonotonicInstant) {
    guard reading.picture != nil else {
      lose(reading.signal)
      return ask(.losses, in: .losses)
    }
    if reading.moves {
      statement.pictureMoves = true
    } else if start.duration(to: reading.at) < lifePatience {
      return askMovement(after: reading.at, in: .life(since: start))
    }
    statement.repeats = reading.repeats >= 3
    if subject.hasHand { ask(.pointer, in: .pointer) } else { ask(.losses, in: .losses) }
  }

  /// Takes note that the picture went: what it did before says nothing any more.
  private mutating func lose(_ signal: SignalState) {
    statement.signal = signal
    (statement.picture, statement.pictureMoves) = (nil, nil)
  }

  private mutating func take(_ pointer: PointerAnswer) {
    switch pointer {
    case .answered, .answeredAlone:
      statement.pointerAnswers = true
      statement.pointerIsAlone =
        pointer == .answeredAlone
        && (statement.picture == .black || statement.picture == .oneColor)
      ask(.losses, in: .losses)
    case .signalLost(let signal):
      lose(signal)
      ask(.losses, in: .losses)
    case .silent:
      statement.pointerAnswers = false
      ask(.time, in: .timeOfSilence)
    }
  }

  // MARK: - Losses and the end

  private static func gap(_ spells: [SignalMemory.Spell]) -> WitnessStatement.Gap {
    guard let spell = spells.last else { return .none }
    if spell.bus.isEmpty { return .hostUnknown }
    return spell.hostWasGone ? .withHostGone : .withHostThere
  }

  private mutating func askBus() {
    if subject.hasMouse { ask(.bus, in: .bus) } else { ask(.supply, in: .supplyAtEnd) }
  }

  private mutating func close(_ diagnosis: Diagnosis) {
    next = .closed(Finding(statement: statement, diagnosis: diagnosis))
  }

  // MARK: - Doubt

  /// Ends the hearing, unless what was said would convict the recorder, or may be half of a loss
  /// that shows only now.
  private mutating func weigh() {
    if subject.isRestarting, subject.hasScreen { statement.startsOver = startsOver }
    let diagnosis = Diagnosis(statement)
    let isDoubtful =
      switch diagnosis {
      case .healthy: false
      // What was lost and came back was seen by both, and the supply asked after it.
      case .recorder: !statement.startsOver && (statement.signal != .live || statement.gap == .none)
      case .rig:
        isHalfALoss || isMute || (isAllLost && statement.supply.isProven && !subject.isRestarting)
      }
    if isDoubtful, subject.hasScreen { ask(.time, in: .timeOfDoubt) } else { close(diagnosis) }
  }

  /// Whether the supply is there, and of signal and host just one is gone.
  private var isHalfALoss: Bool {
    guard subject.hasScreen, !subject.isCut, !subject.isRestarting, let bus = statement.bus,
      statement.supply.isOn != false
    else { return false }
    return statement.signal == .live && statement.gap == .none && !bus.isHosted
      && statement.pictureMoves != nil
  }

  /// Whether nothing of a recorder is to be seen but that it is supplied.
  private var isAllLost: Bool {
    !subject.isCut && statement.signal != .live && statement.bus == .notAttached
  }

  /// Whether a picture that stands, and whose pointer does not answer, is all that is to be seen.
  private var isStanding: Bool {
    statement.signal == .live && statement.gap == .none && statement.picture == .picture
      && statement.pictureMoves == false && statement.pointerAnswers == false
      && statement.bus == .configured && !statement.repeats
  }

  /// Whether a picture that moved at first is all that speaks for a recorder whose pointer does not
  /// answer: it may have hung since.
  private var isMute: Bool {
    statement.signal == .live && statement.gap == .none && statement.picture == .picture
      && statement.pictureMoves == true && statement.pointerAnswers == false && !isHalfALoss
      && !statement.repeats && statement.showsLife != false
  }

  private mutating func take(_ reading: Reading, lifeInDoubtSince start: MonotonicInstant) {
    guard reading.picture != nil else { return hearAgain(.screen, Self.pictures) }
    if reading.moves { return ask(.supply, in: .supplyInDoubt) }
    if start.duration(to: reading.at) < lifePatience {
      return askMovement(after: reading.at, in: .lifeInDoubt(since: start))
    }
    hearAgain(.screen, "a picture that moved, and one that stands")
  }

  private static let pictures = "the picture, and the picture a moment later"

  private mutating func doubt(since now: MonotonicInstant) {
    if isMute, case .rig = Diagnosis(statement) {
      return ask(.picture(after: now, by: Self.deadline(now)), in: .lifeAnew)
    }
    var patience = Duration.zero
    if isAllLost {
      patience = Self.returnPatience
    } else if statement.pictureMoves == false, statement.picture != nil, !isHalfALoss {
      patience = max(Self.hangPatience, lifePatience)
      if statement.outstands, let longest = subject.longestStill {
        patience = max(patience, longest)
      }
    }
    lookAgain(after: now, inDoubtUntil: now.advanced(by: patience))
  }

  private mutating func lookAgain(
    after instant: MonotonicInstant, inDoubtUntil end: MonotonicInstant
  ) {
    let isFar = instant.duration(to: end) > Self.hangPatience
    let from = instant.advanced(by: isFar ? .seconds(2) : .milliseconds(500))
    let deadline = Self.deadline(from)
    ask(
      statement.picture == nil
        ? .tear(after: from, by: deadline) : .movement(after: from, by: deadline),
      in: .doubt(until: end))
  }

  private mutating func take(_ reading: Reading, inDoubtUntil end: MonotonicInstant) {
    let isStill = statement.pictureMoves != false || isHalfALoss || !reading.moves
    guard (reading.picture == nil) == (statement.picture == nil), isStill else {
      return hearAgain(.screen, Self.pictures)
    }
    statement.repeats = statement.repeats || (reading.picture != nil && reading.repeats >= 3)
    if reading.at < end, !isAllLost { return lookAgain(after: reading.at, inDoubtUntil: end) }
    if subject.hasMouse {
      ask(.bus, in: .busInDoubt(until: end, at: reading.at))
    } else {
      ask(.supply, in: .supplyInDoubt)
    }
  }

  private mutating func take(
    _ bus: USBBusState?, inDoubtUntil end: MonotonicInstant, at instant: MonotonicInstant
  ) {
    if isAllLost, bus == .notAttached, instant < end {
      return lookAgain(after: instant, inDoubtUntil: end)
    }
    if statement.picture == nil {
      // A host that is seen again, or for the first time, belongs to a recorder that starts.
      if statement.bus == .notAttached, bus != .notAttached { statement.bus = .notConfigured }
      return ask(.supply, in: .supplyInDoubt)
    }
    guard bus == statement.bus || (bus == .suspended && statement.bus == .configured) else {
      return hearAgain(
        .mouse,
        "the mouse's bus, USB \(statement.bus?.rawValue ?? "unknown") and then "
          + "\(bus?.rawValue ?? "unknown")")
    }
    statement.bus = bus
    ask(.supply, in: .supplyInDoubt)
  }

  /// Hears all again; where that was done often enough, holds the contradiction against the rig.
  private mutating func hearAgain(_ part: RigPart, _ contradiction: String) {
    guard round < Self.rounds else {
      return close(
        .rig(
          RigFault(
            part, .witnessesContradict,
            "the witnesses contradict each other each time they are heard: \(contradiction)")))
    }
    round += 1
    let supply = statement.supply
    statement = Self.nothing(subject)
    statement.supply = supply
    losses = []
    ask(.supply, in: .supply)
  }

  /// Whether a recorder that restarts has gone down again before it was up.
  ///
  /// A cable that fails while it starts looks so at first. But then its USB host comes up and stays,
  /// and there are no more than these two losses.
  private var startsOver: Bool {
    let hostIsThere = statement.bus?.isHosted == true
    let mayBeCable = statement.signal != .live && hostIsThere
    return losses.filter(\.hostWasGone).count > (mayBeCable ? 2 : 1)
  }

  private mutating func ask(_ question: Question, in phase: Phase) {
    self.phase = phase
    next = .ask(question)
  }

  private static func deadline(_ after: MonotonicInstant) -> MonotonicInstant {
    after.advanced(by: .milliseconds(1500))
  }
}
