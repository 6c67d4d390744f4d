import Bench
import FrameVision

/// Whose fault it is that something was not seen.
enum Diagnosis: Hashable, Sendable {
  /// Everything works: what was not seen is the recorder's fault.
  case healthy
  /// The recorder is at fault, whatever was expected.
  case recorder(FaultCode, String)
  /// The rig is at fault, or can't tell.
  case rig(RigFault)

  /// Weighs what the witnesses say; the first rule that applies decides.
  init(_ said: WitnessStatement) {
    self =
      Self.ofSupply(said) ?? Self.ofCapture(said) ?? Self.ofRestart(said) ?? Self.ofSignal(said)
      ?? Self.ofPicture(said)
      ?? Self.ofLife(said)
  }

  private static func ofSupply(_ said: WitnessStatement) -> Diagnosis? {
    let supply = said.supply
    if said.shouldBeSupplied {
      if supply.readBack == false {
        return .rig(
          RigFault(.power, .supplyLost, "the switch reads back off, though it was not switched off")
        )
      }
      if supply.sensed == false {
        return .rig(
          RigFault(
            .power, .supplyLost,
            "the supply is gone behind the switch: it is sensed off, though it was not switched "
              + "off"))
      }
      return nil
    }
    if supply.readBack == true {
      return .rig(
        RigFault(.power, .supplyStuckOn, "the switch reads back on, though it was switched off"))
    }
    if supply.sensed == true {
      return .rig(
        RigFault(
          .power, .supplyStuckOn, "the switch does not cut: the supply is sensed on behind it"))
    }
    return nil
  }

  private static func ofCapture(_ said: WitnessStatement) -> Diagnosis? {
    switch said.signal {
    case .deviceGone: .rig(RigFault(.screen, .captureGone, "the capture device has left the bus"))
    case .frozen:
      .rig(RigFault(.screen, .captureFrozen, "the capture device has stopped sending frames"))
    case .noCable: .rig(RigFault(.screen, .captureNoCable, "the capture device sees no cable"))
    case .outOfRange:
      .rig(
        RigFault(
          .screen, .captureOutOfRange, "the signal has a mode that the capture device can't take"))
    case .live, .noSignal, .noSync: nil
    }
  }

  /// A recorder that goes down while it starts has no pointer to answer with, though its USB host is
  /// there for a while each time.
  private static func ofRestart(_ said: WitnessStatement) -> Diagnosis? {
    guard said.isRestarting, said.startsOver, said.bus != .notAttached else { return nil }
    return blame(
      .recorderBootLoop,
      "the recorder starts over and over: its signal and its USB host went again before it had "
        + "come back", said)
  }

  private static func ofSignal(_ said: WitnessStatement) -> Diagnosis? {
    if said.signal == .live {
      switch said.gap {
      case .none: return nil
      case .withHostGone where said.bus == .notAttached:
        return .rig(
          RigFault(
            .mouse, .noWitness,
            "the signal was gone for a while, and the mouse hangs on no host any more: whether "
              + "the recorder restarted or the mouse was unplugged can't be told"))
      case .withHostGone:
        return blame(
          .recorderRestarted,
          "the recorder restarted unasked: its signal and its USB host were gone", said)
      case .withHostThere:
        return .rig(
          RigFault(
            .screen, .signalLost,
            "the signal was gone for a while, but the recorder's USB host was not"))
      case .hostUnknown:
        return .rig(
          RigFault(
            .mouse, .noWitness, "the signal was gone for a while, and no mouse is wired to say why")
        )
      }
    }
    guard said.shouldBeSupplied else { return nil }
    switch said.bus {
    case nil:
      return .rig(
        RigFault(.mouse, .noWitness, "the signal is lost, and no mouse is wired to say why"))
    case .configured, .suspended:
      return .rig(
        RigFault(.screen, .signalLost, "the signal is lost, but the recorder's USB host is there"))
    case .notAttached where said.supply.isProven:
      // Nothing of a recorder that has power is left to be seen: two cables look so, too.
      return .rig(
        RigFault(
          .screen, .noWitness,
          "the signal is lost and the mouse hangs on no host, though the recorder has power: "
            + "whether it went down or both cables came off can't be told"))
    case .notConfigured where !said.wasSeenUp, .notAttached where !said.wasSeenUp:
      return .rig(
        RigFault(
          .screen, .startUnmet,
          "no picture of the recorder was ever seen in this run, and its USB host is not there: "
            + "it was down before the run began, or is not wired to this rig"))
    case .notConfigured, .notAttached:
      return blame(
        said.isRestarting ? .recorderNotBack : .recorderWentDown,
        said.isRestarting
          ? "the recorder has not come back: no signal and no USB host, though it has power"
          : "the recorder went down unasked: its signal and its USB host are gone, though it has "
            + "power", said)
    }
  }

  /// Blames a recorder for what the loss of its supply would look like, too: only where its supply
  /// is sure.
  private static func blame(_ code: FaultCode, _ why: String, _ said: WitnessStatement) -> Diagnosis
  {
    let supply = said.supply
    guard supply.isProven else {
      return .rig(
        RigFault(
          .power, .supplyUnknown,
          "signal and USB host went, and no sense behind the switch says whether the recorder "
            + "had power: wire one, or vouch for its supply with supply: trusted"))
    }
    guard supply.sensed == nil else { return .recorder(code, why) }
    return .recorder(code, "\(why) (the rig says that its supply is to be trusted)")
  }

  private static func ofPicture(_ said: WitnessStatement) -> Diagnosis? {
    guard let picture = said.picture, picture != .picture else { return nil }
    // No grabber draws a pointer, and none that loses all else keeps one: the recorder shows that.
    if said.pointerIsAlone, said.pointerAnswers == true { return nil }
    // A recorder that hangs while it starts may show nothing, or send nothing, and its host is not
    // there yet.
    if said.isRestarting, picture != .garbled, said.bus == .notConfigured { return nil }
    return .rig(RigFault(.screen, picture.code, picture.complaint))
  }

  private static let repeated = Diagnosis.rig(
    RigFault(
      .screen, .captureRepeats,
      "the capture device repeats one picture to the last bit, so that nothing shows whether the "
        + "recorder runs"))

  private static func ofLife(_ said: WitnessStatement) -> Diagnosis {
    // A chain without noise would show a recorder that hangs so too: never blame it for a grabber,
    // nor the mouse for a picture in which no pointer can move.
    if said.repeats, said.pointerAnswers != true, said.pictureMoves != nil, said.bus != nil {
      return repeated
    }
    if said.pictureMoves == true {
      if said.hostIsGone {
        return .rig(
          RigFault(
            .mouse, .mouseNotTaken,
            "the recorder runs, but has not taken the mouse (\(said.busInWords))"))
      }
      if said.pointerAnswers == false {
        return .rig(
          RigFault(
            .mouse, .mouseSilent,
            "the recorder runs and has taken the mouse, but no pointer answers: either the "
              + "reports are lost or the pointer is not drawn"))
      }
      return .healthy
    }
    if said.pointerAnswers == true { return .healthy }
    if said.pictureMoves == nil && said.pointerAnswers == nil { return .healthy }
    if said.repeats { return repeated }
    if said.hostIsGone {
      if said.isRestarting, said.bus == .notConfigured {
        return .recorder(
          .recorderNotBack, "the recorder has not come back: its picture stands, no USB host")
      }
      return .rig(
        RigFault(
          .mouse, .mouseNotTaken,
          "nothing moves in the picture and the recorder has not taken the mouse "
            + "(\(said.busInWords)): no witness is left to say whether it runs"))
    }
    if said.pointerAnswers == nil {
      return .rig(
        RigFault(
          .mouse, .noWitness,
          "nothing moves in the picture, and no mouse can say whether the recorder runs"))
    }
    if said.bus != .configured {
      // A host that let the mouse sleep hears nothing of it, but it runs.
      return .rig(
        RigFault(
          .mouse, .mouseSilent,
          "nothing moves in the picture, no pointer answers, and the recorder has let the mouse "
            + "sleep (\(said.busInWords)): the reports are lost"))
    }
    guard said.showsLife == true || said.outstands else {
      return .rig(
        RigFault(
          .mouse, .noWitness,
          "nothing moves in the picture and no pointer answers; nothing is on the screen that the "
            + "model says is alive, so that nothing tells a recorder that hangs from reports that "
            + "are lost or a pointer that is not drawn"))
    }
    return .recorder(
      .recorderHangs,
      "the recorder hangs: its picture stands and the pointer does not answer, though its USB "
        + "host is there")
  }
}

extension WitnessStatement {
  /// Whether the mouse is wired, but its host is not there.
  fileprivate var hostIsGone: Bool { bus == .notConfigured || bus == .notAttached }

  fileprivate var busInWords: String { "USB \(bus.map(\.rawValue) ?? "unknown")" }
}

extension PictureCondition {
  /// What that is called.
  fileprivate var code: FaultCode {
    switch self {
    case .picture, .garbled: .captureGarbled
    case .black, .oneColor: .captureBlack
    case .noInput: .captureNoInput
    }
  }

  /// What is wrong with it.
  fileprivate var complaint: String {
    switch self {
    case .picture: "nothing is wrong with the picture"
    case .black: "the picture is black, though there is a signal"
    case .oneColor: "the picture is nothing but one colour"
    case .garbled: "the picture is garbled"
    case .noInput: "the capture device shows its own picture: it has no input"
    }
  }
}
