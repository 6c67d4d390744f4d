import Frames

/// Something wrong with the virtual rig, never with its recorder.
public enum VirtualFault: String, CaseIterable, Sendable {
  /// The cable falls out of the grabber.
  case cableLost = "cable-lost"
  /// The cable stays in, and carries nothing.
  case cableSilent = "cable-silent"
  /// Frames stop coming.
  case captureFrozen = "capture-frozen"
  /// The grabber leaves the bus.
  case captureGone = "capture-gone"
  /// The grabber leaves the bus for a moment.
  case captureGoneAndBack = "capture-gone-and-back"
  /// Frames are torn.
  case captureGarbled = "capture-garbled"
  /// One frame comes again and again.
  case captureRepeats = "capture-repeats"
  /// Frames are black.
  case captureBlack = "capture-black"
  /// The grabber shows its own picture for a missing input.
  case captureNoInput = "capture-no-input"
  /// The grabber can't take the mode.
  case captureOutOfRange = "capture-out-of-range"
  /// The mouse falls out.
  case mouseUnplugged = "mouse-unplugged"
  /// The bus takes reports that reach nobody.
  case mouseReportsLost = "mouse-reports-lost"
  /// The relay's contact does not open.
  case relayStuckOn = "relay-stuck-on"
  /// The relay's contact falls open and stays so.
  case relayStuckOff = "relay-stuck-off"
  /// The relay reads back what was ordered, and does nothing.
  case relayLies = "relay-lies"
  /// The mail server does not answer.
  case mailboxUnreachable = "mailbox-unreachable"
  /// The pointer is not in the picture.
  case pointerNeverDrawn = "pointer-never-drawn"
  /// The pointer is drawn beside the place that it points at.
  case pointerOffset = "pointer-offset"
  /// The adapter behind the relay dies.
  case adapterDies = "adapter-dies"
  /// Mail takes longer than anybody waits.
  case mailLate = "mail-late"
  /// Every mail arrives twice.
  case mailDuplicated = "mail-duplicated"
  /// Mail arrives as bytes that are no message.
  case mailGarbled = "mail-garbled"
  /// Another recorder's mail arrives in the same mailbox.
  case mailOfOthers = "mail-of-others"

  /// What it does, in a sentence without a final stop.
  public var about: String {
    switch self {
    case .cableLost: "the video cable falls out, and the grabber says so"
    case .cableSilent: "the video cable stays in place, but carries nothing any more"
    case .captureFrozen: "the grabber claims a signal, but frames stop coming"
    case .captureGone: "the grabber leaves the bus for good"
    case .captureGoneAndBack: "the grabber leaves the bus and is back within seconds"
    case .captureGarbled: "frames come torn, shifted, or half missing"
    case .captureRepeats: "the grabber sends one frame over and over, with fresh capture times"
    case .captureBlack: "frames come, all black, while the recorder shows a picture"
    case .captureNoInput: "the grabber shows its own colour bars, as without an input"
    case .captureOutOfRange: "the grabber says that it can't take the recorder's mode"
    case .mouseUnplugged: "the mouse falls out of the recorder"
    case .mouseReportsLost: "the bus takes every report, and none reaches the recorder"
    case .relayStuckOn: "the relay's contact does not open; its read-back says so"
    case .relayStuckOff: "the relay's contact falls open and stays so; its read-back says so"
    case .relayLies: "the relay reads back what was ordered, but the supply never changes"
    case .mailboxUnreachable: "the mail server does not answer"
    case .pointerNeverDrawn: "the pointer works, but is not in the captured picture"
    case .pointerOffset: "the pointer is drawn 30 pixels beside the place that it points at"
    case .adapterDies:
      "the adapter behind the relay dies, while the relay reads back that it is closed"
    case .mailLate: "the mail server hands mail on after a quarter of an hour"
    case .mailDuplicated: "the mail server delivers every mail twice, into two folders"
    case .mailGarbled: "the mail server delivers bytes that are no message any more"
    case .mailOfOthers: "another recorder's secure code arrives in the same mailbox"
    }
  }

  /// The range that the moment of its strike is drawn from, in seconds after the start. What only
  /// shows in the last steps of a run is there from the beginning.
  var strikes: ClosedRange<Double> {
    switch self {
    case .relayStuckOn, .relayLies, .pointerNeverDrawn, .pointerOffset: 0...0
    case .mailboxUnreachable, .mailLate, .mailDuplicated, .mailGarbled, .mailOfOthers: 0...10
    default: 4...30
    }
  }
}

/// When which faults strike, and for how long.
struct FaultPlan: Sendable {
  private struct Strike {
    var fault: VirtualFault
    var from: MonotonicInstant
    var to: MonotonicInstant?
  }

  private let strikes: [Strike]

  /// Draws the moments, but for those that are given. Each fault has numbers of its own, by
  /// its place among the cases, so that one more at their end changes no other.
  init(
    _ faults: Set<VirtualFault>, seed: UInt64, moments: [VirtualFault: Duration] = [:]
  ) {
    strikes = VirtualFault.allCases.enumerated().filter { faults.contains($1) }.map {
      index, fault in
      var lots = RandomStream(seed: RandomStream.mix(seed) &+ UInt64(index), for: .faults)
      let drawn = lots.duration(inSeconds: fault.strikes)
      let from = MonotonicInstant.zero.advanced(by: moments[fault] ?? drawn)
      let short = lots.duration(inSeconds: 1.5...2.5)
      return Strike(
        fault: fault, from: from,
        to: fault == .captureGoneAndBack ? from.advanced(by: short) : nil)
    }
  }

  /// Whether a fault is at work at an instant.
  func isActive(_ fault: VirtualFault, at instant: MonotonicInstant) -> Bool {
    strikes.contains {
      $0.fault == fault && $0.from <= instant && $0.to.map { instant < $0 } ?? true
    }
  }

  /// When a fault strikes, if it does.
  func start(of fault: VirtualFault) -> MonotonicInstant? {
    strikes.first { $0.fault == fault }?.from
  }
}
