import ArgumentParser
import Bench
import BenchOpening
import RigDescription
import SourceYAML

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
    let (overrides, wrong) = Override.parse(all: set)
    let parsed = RigLoader.load(file: rig, overrides: overrides)
    let findings = wrong + parsed.findings + (parsed.rig.map(BenchOpener.findings) ?? [])
    guard let description = parsed.rig, findings.isEmpty else {
      throw CommandFailure.invalid(Findings(findings).description)
    }
    return description
  }

  /// The devices of a rig that is no virtual one, whose devices live no longer than a run.
  func devices(of description: RigDescription) throws -> RealDevices {
    guard description.virtual == nil, let recorder = description.device(DeviceWiring.recorder)
    else {
      throw CommandFailure.invalid(
        "\(rig): a virtual rig lives only while a scenario is played on it")
    }
    return RealDevices(of: recorder, on: description.name)
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
