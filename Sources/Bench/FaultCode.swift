/// Why a run did not pass, as one of few words that a lab can sort by.
///
/// A code is never renamed: journals are kept. What a code means stands in ``about``.
public enum FaultCode: String, Sendable, Codable, CaseIterable {
  // The recorder.
  case recorderHangs = "recorder-hangs"
  case recorderWentDown = "recorder-went-down"
  case recorderRestarted = "recorder-restarted"
  case recorderBootLoop = "recorder-boot-loop"
  case recorderNotBack = "recorder-not-back"
  case expectationUnmet = "expectation-unmet"
  case targetMissing = "target-missing"
  case valueDiffers = "value-differs"
  case valueUnread = "value-unread"
  case keyboardFails = "keyboard-fails"
  case noMail = "no-mail"
  case operatorRefused = "operator-refused"
  case flowDiffers = "flow-differs"

  // The supply of the recorder.
  case supplyLost = "supply-lost"
  case supplyStuckOff = "supply-stuck-off"
  case supplyStuckOn = "supply-stuck-on"
  case supplyUnknown = "supply-unknown"
  case powerUnreachable = "power-unreachable"

  // The mouse.
  case mouseSilent = "mouse-silent"
  case mouseNotTaken = "mouse-not-taken"
  case mouseAstray = "mouse-astray"
  case mouseUnreachable = "mouse-unreachable"

  // The picture.
  case signalLost = "signal-lost"
  case captureNoCable = "capture-no-cable"
  case captureGone = "capture-gone"
  case captureFrozen = "capture-frozen"
  case captureBlack = "capture-black"
  case captureGarbled = "capture-garbled"
  case captureRepeats = "capture-repeats"
  case captureNoInput = "capture-no-input"
  case captureOutOfRange = "capture-out-of-range"
  case captureSize = "capture-size"
  case captureUnreachable = "capture-unreachable"
  case readingUnclear = "reading-unclear"
  case noWitness = "no-witness"
  case witnessesContradict = "witnesses-contradict"

  // The mail.
  case mailUnreachable = "mail-unreachable"
  case mailRefused = "mail-refused"
  case mailUnreadable = "mail-unreadable"
  case mailAmbiguous = "mail-ambiguous"
  case mailLate = "mail-late"
  case mailUndelivered = "mail-undelivered"
  case mailUnproven = "mail-unproven"

  // The rig as a whole, and the machine that Gantry runs on.
  case deviceMissing = "device-missing"
  case deviceAmbiguous = "device-ambiguous"
  case deviceInUse = "device-in-use"
  case hostFails = "host-fails"
  case diskFails = "disk-fails"
  case memoryUnusable = "memory-unusable"
  case hung = "hung"

  // The scenario and the files that it is played with.
  case scenarioInvalid = "scenario-invalid"
  case modelIncomplete = "model-incomplete"
  case rigIncomplete = "rig-incomplete"
  case valueMissing = "value-missing"
  case ambiguousTarget = "ambiguous-target"
  case pictureUnclear = "picture-unclear"
  case popUpInterfered = "pop-up-interfered"
  case patternLimit = "pattern-limit"
  case timeout = "timeout"
  case nothingTested = "nothing-tested"
  case heldAlready = "held-already"

  // What the recorder was left with by whoever had it before.
  case startUnmet = "start-unmet"
  case passwordUnknown = "password-unknown"
  case lockoutNear = "lockout-near"
  case firmwareUnexpected = "firmware-unexpected"
  case recorderHeld = "recorder-held"
  case recordFails = "record-fails"

  // People.
  case operatorSilent = "operator-silent"
  case aborted = "aborted"

  /// Whose a cause is.
  public enum Owner: String, Sendable, CaseIterable {
    /// The recorder under test: the run is failed.
    case recorder
    /// A part of the rig.
    case rig
    /// The mailbox, or what lies in it.
    case mail
    /// The machine that Gantry runs on, or Gantry.
    case host
    /// The scenario, the model or the rig file.
    case scenario
    /// What was done to the recorder before: nothing is said of it yet.
    case past
    /// Somebody who attends the run.
    case person
  }

  /// Whose it is: a run is failed where the recorder is to blame, and never where it is not.
  public var owner: Owner {
    switch self {
    case .recorderHangs, .recorderWentDown, .recorderRestarted, .recorderBootLoop,
      .recorderNotBack, .expectationUnmet, .targetMissing, .valueDiffers, .valueUnread,
      .keyboardFails, .noMail, .operatorRefused, .flowDiffers:
      .recorder
    case .supplyLost, .supplyStuckOff, .supplyStuckOn, .supplyUnknown, .powerUnreachable,
      .mouseSilent, .mouseNotTaken, .mouseAstray, .mouseUnreachable, .signalLost,
      .captureNoCable, .captureGone, .captureFrozen, .captureBlack, .captureGarbled,
      .captureRepeats, .captureNoInput, .captureOutOfRange, .captureSize, .captureUnreachable,
      .readingUnclear, .noWitness, .witnessesContradict, .deviceMissing, .deviceAmbiguous,
      .deviceInUse:
      .rig
    case .mailUnreachable, .mailRefused, .mailUnreadable, .mailAmbiguous, .mailLate,
      .mailUndelivered, .mailUnproven:
      .mail
    case .hostFails, .diskFails, .memoryUnusable, .hung, .recordFails: .host
    case .startUnmet, .passwordUnknown, .lockoutNear, .firmwareUnexpected, .recorderHeld: .past
    case .scenarioInvalid, .modelIncomplete, .rigIncomplete, .valueMissing, .ambiguousTarget,
      .pictureUnclear, .popUpInterfered, .patternLimit, .timeout, .nothingTested,
      .heldAlready:
      .scenario
    case .operatorSilent, .aborted: .person
    }
  }

  /// What it means and what to look at, in one line.
  public var about: String {
    switch self {
    case .recorderHangs:
      "The recorder has power and takes the mouse, but its picture stands and nothing answers."
    case .recorderWentDown:
      "The recorder's signal and USB host went without being asked to, though it has power."
    case .recorderRestarted: "The recorder restarted without being asked to, though it has power."
    case .recorderBootLoop: "The recorder starts over and over and does not come up."
    case .recorderNotBack: "The recorder did not come back from a restart in its time."
    case .expectationUnmet:
      "What the step expects was not seen in its time; all witnesses say that the rig works."
    case .targetMissing: "What the step points at is not on the screen, or does not come to rest."
    case .valueDiffers: "Two values that should compare as the scenario says do not."
    case .valueUnread: "Nothing that fits the pattern could be read off the screen in its time."
    case .keyboardFails:
      "The on-screen keyboard does not come, does not change its page, or types something else."
    case .noMail: "No mail that fits came in its time, though mail gets through."
    case .operatorRefused: "The person who was asked says that it did not work."
    case .flowDiffers:
      "The recorder led a way that its model's flow does not declare, or did not lead one that it does."
    case .supplyLost:
      "The switch reads back off, or the supply is sensed off, though nobody switched it off."
    case .supplyStuckOff: "The switch reads back off after it was switched on."
    case .supplyStuckOn: "The recorder keeps its supply, or the switch reads back on, after a cut."
    case .supplyUnknown:
      "The recorder went down, and no read-back of the supply can say whether it had power."
    case .powerUnreachable:
      "The switch or its sense can't be opened, written or read, or the guardian is gone."
    case .mouseSilent:
      "The recorder took the mouse, but no pointer answers: reports are lost, or it is not drawn."
    case .mouseNotTaken: "The recorder runs, but its USB host has not taken the mouse."
    case .mouseAstray: "The pointer could not be brought to its target, or time ran out on the way."
    case .mouseUnreachable: "The mouse emulator can't be opened or written, or does not answer."
    case .signalLost: "The signal is lost, or was, though the recorder's USB host was there."
    case .captureNoCable: "The capture device sees no cable."
    case .captureGone: "The capture device has left the bus."
    case .captureFrozen: "The capture device has stopped sending frames."
    case .captureBlack:
      "The picture is black, or nothing but one colour, though there is a signal, and no pointer "
        + "moves on it."
    case .captureGarbled: "The picture is garbled."
    case .captureRepeats: "The capture device repeats one picture to the last bit."
    case .captureNoInput: "The capture device shows its own picture: it has no input."
    case .captureOutOfRange: "The signal has a mode that the capture device can't take."
    case .captureSize: "The pictures have another size than the model is made for."
    case .captureUnreachable: "The capture device can't be opened or set up, or no picture came."
    case .readingUnclear:
      "What a field shows can't be read for sure: ways to read it contradict each other."
    case .witnessesContradict:
      "Two witnesses say what can't both be, each time that they are heard."
    case .noWitness: "Nothing wired to the recorder can say whether it runs or the rig is at fault."
    case .mailUnreachable: "The mailbox can't be reached, read or made."
    case .mailRefused:
      "The mail server does not let us in, or can't prove that it is the one that it should be."
    case .mailUnreadable: "A mail can't be read, or holds nothing that looks like what is wanted."
    case .mailAmbiguous: "Several mails, or several words in one, may be the one that is wanted."
    case .mailLate: "The mail came, after its time; the recorder or the mail server was slow."
    case .mailUndelivered: "No mail that fits came, nor did one that the rig sent itself."
    case .mailUnproven:
      "No mail that fits came, and nothing shows that mail gets through to the mailbox."
    case .deviceMissing: "No device matches the rig file, or it is not on the bus."
    case .deviceAmbiguous: "Several devices match the rig file."
    case .deviceInUse: "Another process holds the device."
    case .hostFails: "This machine, or this program on it, can't do its part."
    case .diskFails:
      "What a run leaves can't be written down: the disk is full, fails, or is closed to us."
    case .memoryUnusable:
      "What was kept of the recorder can't be used: it is not whole, another's, or a newer program's."
    case .hung: "The run did not end in its time: a driver, or the program itself, hangs."
    case .scenarioInvalid: "The scenario asks for what can't be done or means nothing."
    case .modelIncomplete: "The model lacks what the scenario asks it for."
    case .rigIncomplete: "The rig lacks a device that the step needs."
    case .valueMissing: "A parameter, secret or variable has no value."
    case .ambiguousTarget: "One and the same target is in two places."
    case .popUpInterfered:
      "A pop-up came between a click and what it should do, and may have taken the click."
    case .pictureUnclear:
      "The picture is too poor, or the search too unsure, to say whether it is there."
    case .patternLimit: "A pattern asks for more steps than it may."
    case .timeout: "The time of the scenario, or of a part, ran out before the step could be done."
    case .nothingTested: "No expectation was judged, so nothing is said of the recorder."
    case .heldAlready:
      "The expectation held before the action, and nothing has changed where it looks: whether the "
        + "action had an effect can't be told."
    case .startUnmet:
      "The recorder could not be brought to where the scenario begins: it is as somebody left it."
    case .passwordUnknown:
      "None of the passwords that may hold lets anybody in: tell the one that does."
    case .lockoutNear: "One more wrong try may lock the recorder, or it is locked."
    case .firmwareUnexpected: "The screen shows another firmware than the one under test."
    case .recorderHeld: "Somebody asked that no run begins on this recorder."
    case .recordFails: "What is believed of the recorder can't be read or kept."
    case .operatorSilent: "The person who was asked did not answer in time."
    case .aborted: "Somebody stopped the run."
    }
  }
}
