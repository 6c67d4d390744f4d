import ArgumentParser
import Bench
import BenchOpening
import RigDescription
import SourceYAML

/// What is played before a screen is looked at, and how long is waited then.
struct PlayedFirst: ParsableArguments {
  @Option(help: "A scenario to play first.", completion: .file(extensions: ["yaml"]))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "The last step to play; a step inside another as `Log in / Type password`.",
      valueName: "step"))
  var until: String?

  @Option(help: ArgumentHelp("How long to wait before the picture is taken.", valueName: "time"))
  var after = "0s"

  /// How long to wait.
  var wait: Duration { DurationText.duration(after) ?? .zero }

  /// Looks whether the options go together.
  func validate() throws {
    guard (scenario == nil) == (until == nil) else {
      throw ValidationError("--scenario and --until go together.")
    }
    guard DurationText.duration(after) != nil else {
      throw ValidationError("'\(after)' is no time; write 5s or 500ms.")
    }
  }
}

/// The screen of a rig alone, since looking takes no hands: they may be broken, or in use.
///
/// - Returns: nil where there is none without the rest of its rig.
func openedEyes(of description: RigDescription, telling log: LogOptions) throws
  -> (any Screen & RigDevice)?
{
  guard description.virtual == nil, let recorder = description.device(DeviceWiring.recorder)
  else { return nil }
  return try opening { () throws(RigFault) in
    try RealDevices(
      of: recorder, on: description.name, patience: description.patience, note: log.note
    ).screen()
  }
}
