public import Bench
import BenchOpening
import FoundationEssentials
public import RecorderPast
public import RigDescription
import RunJournal
import Runner

extension RecorderFolder {
  /// Where what is believed of a rig's recorder is kept: where the rig says, or under
  /// `$XDG_STATE_HOME/gantry/recorders`.
  public static func ofRig(_ rig: RigDescription) -> RecorderFolder {
    RecorderFolder(path: rig.recorder.folder ?? "\(stateFolder())/recorders")
  }

  /// The folder of all that is remembered from run to run, for this user.
  static func stateFolder(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let state =
      environment["XDG_STATE_HOME"] ?? (environment["HOME"] ?? "/var/lib") + "/.local/state"
    return "\(state)/gantry"
  }
}

extension RigDescription {
  /// The password that the lab wants the recorder to have, where the recorder has a past.
  ///
  /// - Throws: where the rig names one that this host does not hold.
  func labPassword() async throws(RigFault) -> Secret? {
    guard hasPast, let source = recorder.password else { return nil }
    do throws(RigFault) {
      return Secret(try await RigSecret.value(of: source))
    } catch {
      throw RigFault(
        .host, .valueMissing, "the password that the lab wants the recorder to have: \(error)")
    }
  }
}

extension RecordError {
  /// What a run that needs the record ends with.
  public var asFault: RigFault {
    RigFault(.host, isInUse ? .deviceInUse : .recordFails, description, errno: errno)
  }
}

/// The record of a run's recorder, in hand from its beginning to its end.
struct RunRecord: Sendable {
  /// What is believed; whoever plays the run changes it.
  let file: RecorderFile
  private let mark: RunMark

  /// Takes the recorder in hand and writes down that a run begins.
  ///
  /// - Parameters:
  ///   - rig: the rig that it is wired to.
  ///   - start: the run.
  ///   - now: the present, in seconds since 1970.
  ///   - isFlash: whether it is the first start with another firmware.
  /// - Throws: when somebody else has it, somebody holds it back, or nothing can be kept.
  init(
    of rig: RigDescription, for start: RunStart, at now: Double, isFlash: Bool = false
  ) throws(RigFault) {
    let run = start.wall.runID
    mark = RunMark(run: run, scenario: start.scenario.name, at: now)
    do throws(RecordError) {
      file = try RecorderFolder.ofRig(rig).take(rig.recorder.id, for: "the run \(run)")
    } catch {
      throw error.asFault
    }
    if let hold = file.record.holds.first {
      throw RigFault(
        .host, .recorderHeld,
        "\(hold.who) holds the recorder \(rig.recorder.id) back: \(hold.why); gantry recorder "
          + "release lets runs begin again")
    }
    if !isFlash { try Self.refuse(file.record, start.firmware) }
    let mark = mark
    do throws(RecordError) {
      try file.update(RecordEntry(at: now, who: run, why: "\(mark.scenario) begins")) {
        $0.unfinished = mark
      }
    } catch {
      throw error.asFault
    }
  }

  /// Refuses a recorder whose firmware is in doubt.
  private static func refuse(_ record: RecorderRecord, _ firmware: String?) throws(RigFault) {
    if let flashing = record.flashing {
      throw RigFault(
        .host, .recorderHeld,
        "the flashing of \(flashing) did not end well, or goes on: flash again, or gantry recorder "
          + "release")
    }
    guard let firmware, firmware.contains("@"), record.firmware.flashed != firmware else { return }
    throw RigFault(
      .host, .firmwareUnexpected,
      record.firmware.flashed.map { "the recorder was flashed with \($0), not with \(firmware)" }
        ?? "nobody knows of \(firmware) being flashed onto the recorder: gantry flash does that")
  }

  /// Writes down how the run ended.
  func close(_ end: RunEnd, at now: Double) throws(RecordError) {
    var last = mark
    (last.at, last.verdict) = (now, end.verdict.rawValue)
    try file.update(
      RecordEntry(at: now, who: mark.run, why: "\(mark.scenario) ended: \(end.verdict.rawValue)")
    ) {
      ($0.unfinished, $0.last) = (nil, last)
    }
  }
}
