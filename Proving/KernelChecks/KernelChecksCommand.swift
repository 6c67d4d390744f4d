public import ArgumentParser

/// `gantry-proving kernel-checks`: holds the shipped drivers against the kernel's own devices.
public struct KernelChecksCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "kernel-checks",
    abstract: "Holds the drivers against the kernel's own devices; for the kernel rig's guest.",
    discussion: """
      Prints a line a check, `ok` or `not ok` with what was wrong, and figures as lines that begin \
      with spaces.
      """,
    subcommands: [
      MouseCommand.self, PictureCommand.self, HotPlugCommand.self, DongleChecksCommand.self,
      StickCommand.self, RelayBoardCommand.self, DongleCommand.self, TracesCommand.self,
    ])

  /// Creates the command.
  public init() {}
}

/// What all groups of checks are told.
struct CheckOptions: ParsableArguments {
  @Option(help: "A regular expression: only checks whose name it matches are made.")
  var only = "."

  /// An empty list of the checks that are wanted.
  func list() throws -> CheckList {
    guard let pattern = try? Regex(only) else {
      throw ValidationError("'\(only)' is no regular expression.")
    }
    return CheckList(only: pattern)
  }
}

struct MouseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mouse", abstract: "The mouse gadget, read at the other end of the bus.")

  @OptionGroup var options: CheckOptions
  @Option(help: "The gadget's name.") var gadget = "gantry"
  @Option(help: "The device controller that it is bound to.") var controller = "dummy_udc.0"
  @Option(help: "The host controller at the other end of it.") var host = "dummy_hcd.0"

  func run() async throws {
    let checks = MouseChecks(gadget: gadget, controller: controller, host: host)
    await checks.perform(try options.list())
  }
}

struct PictureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "picture", abstract: "Capture, with somebody sending pictures at the other end.")

  @OptionGroup var options: CheckOptions
  @OptionGroup var wiring: VideoWiring

  func run() async throws {
    let list = try options.list()
    await PictureChecks(wiring: wiring).perform(list)
    await PictureFaultChecks(wiring: wiring).perform(list)
  }
}

struct HotPlugCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hotplug", abstract: "Devices that leave the machine and come back.")

  @OptionGroup var options: CheckOptions
  @OptionGroup var wiring: VideoWiring

  func run() async throws {
    await HotPlugChecks(wiring: wiring).perform(try options.list())
  }
}

struct StickCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stick", abstract: "A USB stick, read at the other end of the bus.")

  @OptionGroup var options: CheckOptions
  @Option(help: "The device controller that it is shown on.") var controller = "dummy_udc.2"
  @Option(help: "The host controller at the other end of it.") var host = "dummy_hcd.2"

  func run() async throws {
    await StickChecks(controller: controller, host: host).perform(try options.list())
  }
}

/// The nodes at both ends of an HDMI cable.
struct VideoWiring: ParsableArguments {
  @Option(help: "The node of the HDMI output.") var output = "/dev/video11"
  @Option(help: "The node of the HDMI input at the cable's other end.") var input = "/dev/video10"
}
