import ArgumentParser
import Bench
import Doctor
import OrderedJSON
import RecorderModel
import RigDescription
import RunJournal
import RunSessions
import Runner

/// `gantry doctor`: tries a rig hand by hand.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tries a rig hand by hand, and says what to try next where something is not well.",
    discussion: """
      The pointer is moved a little; nothing is clicked. With --power-cycle the recorder is cut \
      from its supply for the rig's minimumOff. Exit codes: 0 all is well, 2 invalid input, 3 \
      something is not, 130 stopped.
      """)

  @OptionGroup var rig: RealRig

  @OptionGroup var log: LogOptions

  @Flag(help: "Also cut the supply, and see the picture go and come back.")
  var powerCycle = false

  @Flag(help: "Print a JSON object on standard output, and nothing else there.")
  var json = false

  func run() async throws {
    let description = try rig.description()
    let devices = try rig.devices(of: description, telling: log)
    let memory = try PlugFile.ofRig(description.name)
    let noInput = try description.noInputPicture()
    let calibration = try calibration(of: description)
    let (patience, json, powerCycle) = (description.patience, json, powerCycle)
    let checks = try await stoppable(saying: "the recorder is left supplied first") {
      var examination = RigExamination(
        devices: devices, memory: memory, patience: patience, noInput: noInput,
        calibration: calibration
      ) { check in
        if !json { Console.current.say(check.line) }
      }
      await examination.perform(powerCycle: powerCycle)
      return examination.checks
    }
    let isWell = checks.allSatisfy(\.isWell)
    if json {
      let object = JSONValue.object([
        .init("rig", .string(description.name)), .init("ok", .bool(isWell)),
        .init("checks", .array(checks.map(\.json))),
      ])
      Console.current.say(object.description)
    }
    if !isWell { throw ExitCode(CommandOutcome.errored.rawValue) }
  }

  /// What the rig was calibrated to; nil where it was not.
  private func calibration(of description: RigDescription) throws -> CalibratedChain? {
    guard let file = try CalibrationFile.ofRig(rig.rig),
      let model = try InputFiles(scenarios: [], rig: rig.rig, extras: .init(overrides: rig.set))
        .model
    else { return nil }
    return CalibratedChain(
      file.calibration, references: model.photometricReferences, size: model.screen,
      remedy: "gantry calibrate --rig \(rig.rig) measures it anew")
  }
}

extension RigCheck {
  /// Such as `not ok  mouse: bus notAttached; check the cable`.
  fileprivate var line: String {
    "\(isWell ? "ok    " : "not ok")  \(name): \(found)" + (remedy.map { "; \($0)" } ?? "")
  }

  fileprivate var json: JSONValue {
    .object([
      .init("check", .string(name)), .init("ok", .bool(isWell)), .init("found", .string(found)),
      .init("next", .optional(remedy)),
    ])
  }
}
