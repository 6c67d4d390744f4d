import ArgumentParser
import BenchOpening
import OrderedJSON
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

  @Flag(help: "Also cut the supply, and see the picture go and come back.")
  var powerCycle = false

  @Flag(help: "Print a JSON object on standard output, and nothing else there.")
  var json = false

  func run() async throws {
    let description = try rig.description()
    let recorder = try rig.recorder(of: description)
    let holder = RealDevices.holder(description)
    let memory = try PlugFile.ofRig(description.name)
    let noInput = try description.noInputPicture()
    let (patience, json, powerCycle) = (description.patience, json, powerCycle)
    let results = try await stoppable(saying: "the recorder is left supplied first") {
      var examination = Examination(
        recorder: recorder, holder: holder, memory: memory, patience: patience,
        noInput: noInput
      ) { result in
        if !json { Console.current.say(result.line) }
      }
      await examination.perform(powerCycle: powerCycle)
      return examination.results
    }
    let isWell = results.allSatisfy(\.isWell)
    if json {
      let object = JSONValue.object([
        .init("rig", .string(description.name)), .init("ok", .bool(isWell)),
        .init("checks", .array(results.map(\.json))),
      ])
      Console.current.say(object.description)
    }
    if !isWell { throw ExitCode(CommandOutcome.errored.rawValue) }
  }
}
