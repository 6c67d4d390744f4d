import Bench
import FrameVision
import Testing

@testable import Runner

/// Who is at fault, without the words.
enum Culprit: Hashable {
  case nobody
  case recorder
  case rig(RigPart)

  init(_ diagnosis: Diagnosis) {
    self =
      switch diagnosis {
      case .healthy: .nobody
      case .recorder: .recorder
      case .rig(let fault): .rig(fault.part)
      }
  }
}

extension WitnessStatement.Supply {
  /// There, by switch and sense.
  static let sensedOn = Self(readBack: true, sensed: true)
  /// Gone, by switch and sense.
  static let sensedOff = Self(readBack: false, sensed: false)
  /// There, by the switch alone.
  static let readOn = Self(readBack: true)
}

@Suite("Weighing what the witnesses say")
struct DiagnosisTests {
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var culprit: Culprit
    var statement: WitnessStatement

    init(
      _ description: String, _ culprit: Culprit,
      _ change: (inout WitnessStatement) -> Void = { _ in }
    ) {
      self.description = description
      self.culprit = culprit
      statement = WitnessStatement(
        signal: .live, picture: .picture, isRestarting: false, gap: .none, bus: .configured,
        shouldBeSupplied: true, supply: .sensedOn, pictureMoves: true, pointerAnswers: true,
        repeats: false, showsLife: true)
      change(&statement)
    }
  }

  private static let dark: @Sendable (inout WitnessStatement) -> Void = { said in
    said.signal = .noSignal
    said.picture = nil
    said.pictureMoves = nil
    said.pointerAnswers = nil
  }

  static let cases: [Case] = [
    Case("all is well", .nobody),
    Case("the capture device left", .rig(.screen)) { $0.signal = .deviceGone },
    Case("the frame clock stands", .rig(.screen)) { $0.signal = .frozen },
    Case("no cable", .rig(.screen)) { $0.signal = .noCable },
    Case("no cable, and the host is gone too", .rig(.screen)) {
      $0.signal = .noCable
      $0.bus = .notConfigured
    },
    Case("a mode out of range", .rig(.screen)) { $0.signal = .outOfRange },
    Case("a garbled picture", .rig(.screen)) { $0.picture = .garbled },
    Case("a black picture", .rig(.screen)) { $0.picture = .black },
    Case("the grabber's own picture", .rig(.screen)) { $0.picture = .noInput },
    Case("one colour", .rig(.screen)) { $0.picture = .oneColor },
    Case("a pointer that moves on one colour, which a grabber does not draw", .nobody) {
      ($0.picture, $0.pictureMoves, $0.pointerIsAlone) = (.oneColor, false, true)
    },
    Case("the switch reads off though it should be on", .rig(.power)) {
      dark(&$0)
      $0.supply = .sensedOff
      $0.bus = .notAttached
    },
    Case("the switch reads on though it should be off", .rig(.power)) {
      $0.shouldBeSupplied = false
    },
    Case("cut as meant", .nobody) {
      dark(&$0)
      $0.shouldBeSupplied = false
      $0.supply = .sensedOff
      $0.bus = .notAttached
    },
    Case("restarted unasked: down", .recorder) {
      dark(&$0)
      $0.bus = .notConfigured
      $0.gap = .withHostGone
    },
    Case("restarted unasked: back again", .recorder) { $0.gap = .withHostGone },
    Case("restarted unasked, or a power failure: no read-back", .rig(.power)) {
      $0.gap = .withHostGone
      $0.supply = .unknown
    },
    Case("down, and nothing but the read-back says that it has power", .rig(.power)) {
      dark(&$0)
      $0.bus = .notConfigured
      $0.supply = .readOn
    },
    Case("restarted, and nothing but the read-back says that it had power", .rig(.power)) {
      $0.gap = .withHostGone
      $0.supply = .readOn
    },
    Case("down, and the rig's owner vouches for its supply", .recorder) {
      dark(&$0)
      $0.bus = .notConfigured
      $0.supply = WitnessStatement.Supply(readBack: true, isTrusted: true)
    },
    Case("down, vouched for, but sensed off", .rig(.power)) {
      dark(&$0)
      $0.bus = .notConfigured
      $0.supply = WitnessStatement.Supply(readBack: true, sensed: false, isTrusted: true)
    },
    Case("the adapter is dead behind the relay", .rig(.power)) {
      dark(&$0)
      $0.bus = .notAttached
      $0.supply = WitnessStatement.Supply(readBack: true, sensed: false)
    },
    Case("switched off, but sensed on", .rig(.power)) {
      $0.shouldBeSupplied = false
      $0.supply = WitnessStatement.Supply(readBack: false, sensed: true)
    },
    Case("no signal, and the mouse on no host: two cables look so", .rig(.screen)) {
      dark(&$0)
      $0.bus = .notAttached
    },
    Case("back after a gap, but the mouse is on no host", .rig(.mouse)) {
      $0.gap = .withHostGone
      $0.bus = .notAttached
    },
    Case("a still picture, and a mouse that the host let sleep", .rig(.mouse)) {
      $0.pictureMoves = false
      $0.pointerAnswers = false
      $0.bus = .suspended
    },
    Case("a still picture in which nothing alive is shown", .rig(.mouse)) {
      $0.pictureMoves = false
      $0.pointerAnswers = false
      $0.showsLife = false
    },
    Case("a picture that moved, then repeated by the capture device", .rig(.screen)) {
      $0.pointerAnswers = false
      $0.repeats = true
    },
    Case("down, and no read-back", .rig(.power)) {
      dark(&$0)
      $0.bus = .notConfigured
      $0.supply = .unknown
    },
    Case("did not come back from a restart", .recorder) {
      dark(&$0)
      $0.bus = .notConfigured
      $0.isRestarting = true
    },
    Case("hangs black while it starts", .recorder) {
      $0.picture = .black
      $0.bus = .notConfigured
      $0.isRestarting = true
      $0.pictureMoves = false
      $0.pointerAnswers = false
    },
    Case("starts over and over, with its host there for a while", .recorder) {
      $0.isRestarting = true
      $0.startsOver = true
      $0.pointerAnswers = false
    },
    Case("starts over and over, or its supply does: no read-back", .rig(.power)) {
      $0.isRestarting = true
      $0.startsOver = true
      $0.supply = .unknown
      $0.pointerAnswers = false
    },
    Case("the screen's cable: the host stays", .rig(.screen), dark),
    Case("the screen's cable came back", .rig(.screen)) { $0.gap = .withHostThere },
    Case("a gap that no mouse can explain", .rig(.mouse)) {
      $0.gap = .hostUnknown
      $0.bus = nil
      $0.pointerAnswers = nil
    },
    Case("no signal, no mouse", .rig(.mouse)) {
      dark(&$0)
      $0.bus = nil
    },
    Case("hung", .recorder) {
      $0.pictureMoves = false
      $0.pointerAnswers = false
    },
    Case("a picture repeated by the capture device", .rig(.screen)) {
      $0.pictureMoves = false
      $0.pointerAnswers = false
      $0.repeats = true
    },
    Case("a still page, but the pointer answers", .nobody) { $0.pictureMoves = false },
    Case("unplugged mouse", .rig(.mouse)) {
      $0.bus = .notAttached
      $0.pointerAnswers = false
    },
    Case("mouse not taken by the host", .rig(.mouse)) {
      $0.bus = .notConfigured
      $0.pointerAnswers = false
    },
    Case("reports lost, or no pointer drawn", .rig(.mouse)) { $0.pointerAnswers = false },
    Case("nothing moves and the host is gone", .rig(.mouse)) {
      $0.pictureMoves = false
      $0.pointerAnswers = false
      $0.bus = .notConfigured
    },
    Case("nothing moves and no mouse is wired", .rig(.mouse)) {
      $0.pictureMoves = false
      $0.pointerAnswers = nil
      $0.bus = nil
    },
    Case("a rig without a mouse, and the clock runs", .nobody) {
      $0.pointerAnswers = nil
      $0.bus = nil
    },
  ]

  @Test("Each way in which something goes wrong has one culprit", arguments: cases)
  func culprits(of example: Case) {
    #expect(Culprit(Diagnosis(example.statement)) == example.culprit)
  }

  @Test("A verdict that rests on trust says so; one without a sense names what is missing")
  func trust() {
    var down = Self.cases[0].statement
    Self.dark(&down)
    down.bus = .notConfigured
    down.supply = WitnessStatement.Supply(readBack: true, isTrusted: true)
    if case .recorder(_, let why) = Diagnosis(down) {
      #expect(why.contains("the rig says that its supply is to be trusted"))
    } else {
      Issue.record("not convicted")
    }
    down.supply = .readOn
    if case .rig(let fault) = Diagnosis(down) {
      #expect(fault.reason.contains("no sense behind the switch"))
    } else {
      Issue.record("no fault")
    }
  }

  @Test("What is at fault is named in words")
  func words() {
    let statement = Self.cases.first { $0.description.hasPrefix("reports lost") }?.statement
    guard let statement, case .rig(let fault) = Diagnosis(statement) else {
      Issue.record("no fault")
      return
    }
    #expect(fault.reason.contains("either the reports are lost or the pointer is not drawn"))
  }
}
