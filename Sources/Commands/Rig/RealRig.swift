import ArgumentParser
import Bench
import BenchOpening
import Logging
import RigDescription
import RunSessions

/// A rig file as the commands take it that work one device by hand.
struct RealRig: ParsableArguments {
  @Argument(help: "The rig file.", completion: .file(extensions: ["yaml"]))
  var rig: String

  @Option(
    help: ArgumentHelp(
      "Replace a value of the rig file; may be repeated.", valueName: "key=value"))
  var set: [String] = []

  /// The rig's description, checked.
  func description() throws -> RigDescription {
    try RigFile.read(rig, overrides: set)
  }

  /// The devices of a rig that is no virtual one, whose devices live no longer than a run.
  func devices(
    of description: RigDescription, telling log: LogOptions? = nil
  ) throws -> RealDevices {
    guard description.virtual == nil, let recorder = description.device(DeviceWiring.recorder)
    else {
      throw CommandFailure.invalid(
        "\(rig): a virtual rig lives only while a scenario is played on it; one whose recorder is a "
          + "process of its own, virtual: {at: SOCKET}, can be worked by hand")
    }
    guard let log else {
      return RealDevices(of: recorder, on: description.name, patience: description.patience)
    }
    log.logger.info("opening devices of the rig \(description.name), one at a time")
    return RealDevices(
      of: recorder, on: description.name, patience: description.patience, note: log.note)
  }
}

extension BenchError {
  /// What a command that works a device by hand ends with.
  var asOutcome: any Error {
    switch self {
    case .fault(let fault): CommandFailure.errored("\(fault)")
    case .cancelled: ExitCode(CommandOutcome.interrupted.rawValue)
    }
  }
}

/// Runs a call into the bench and turns its errors into what the program ends with.
func benched<Answer: Sendable>(_ call: () async throws(BenchError) -> Answer) async throws -> Answer
{
  do throws(BenchError) {
    return try await call()
  } catch {
    throw error.asOutcome
  }
}

/// Opens a device and turns its fault into what the program ends with.
func opening<Device>(_ open: () throws(RigFault) -> Device) throws -> Device {
  do throws(RigFault) {
    return try open()
  } catch {
    throw CommandFailure.errored("\(error)")
  }
}
