import ArgumentParser
import BenchOpening
import RunSessions

/// The options of every command that opens a rig.
struct RigOptions: ParsableArguments {
  @Option(help: "The rig file.", completion: .file(extensions: ["yaml"]))
  var rig: String

  @OptionGroup var bench: BenchOptions

  /// Values that replace those of the rig file.
  var set: [String] { bench.set }
  /// The parameters that are given values.
  var parameters: GivenParameters { bench.parameters }
  /// Where all that is drawn by lot comes from.
  var seed: UInt64 { bench.seed }
  /// How fast the time of a virtual rig goes.
  var clock: Pace { bench.clock }
}

/// The options of a command that opens rigs, but for which ones.
struct BenchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Replace a value of the rig file, or with model. before it, of the model file; may be "
        + "repeated.", valueName: "key=value"))
  var set: [String] = []

  @Option(
    help: ArgumentHelp("Give a parameter of the scenario a value.", valueName: "name=value"))
  var param: [String] = []

  @Option(
    help: ArgumentHelp(
      "Give a parameter the first line of a file, so that no list of processes shows it.",
      valueName: "name=path"))
  var paramFile: [String] = []

  @Option(
    help: ArgumentHelp(
      "Give a parameter the value of an environment variable.", valueName: "name=variable"))
  var paramEnv: [String] = []

  /// The parameters that are given values.
  var parameters: GivenParameters {
    GivenParameters(values: param, files: paramFile, variables: paramEnv)
  }

  @Option(help: "Where all that is drawn by lot comes from.")
  var seed: UInt64 = 1

  @Option(help: "How fast the time of a virtual rig goes: virtual (as fast as it can) or real.")
  var clock = Pace.virtual
}

/// How fast the time of a virtual rig goes, as an argument.
enum Pace: String, ExpressibleByArgument, CaseIterable {
  case virtual
  case real

  /// The same, as rigs are opened with.
  var ofBench: BenchOpener.Pace { self == .real ? .real : .virtual }
}
