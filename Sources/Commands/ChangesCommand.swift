import ArgumentParser
import FrameVision
import Frames
import RunJournal

/// `gantry changes`: what differs between two pictures?
struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Lists where two pictures differ beyond noise.",
    discussion: "Exit codes: 0 something differs; 1 nothing does; 2 invalid input.")

  @Argument(help: "The earlier picture, a PNG or JPEG file.", completion: .file())
  var earlier: String

  @Argument(help: "The later picture, a PNG or JPEG file.", completion: .file())
  var later: String

  @Option(help: ArgumentHelp("A place that does not count; may be repeated.", valueName: "x,y,w,h"))
  var ignore: [BoxArgument] = []

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    let before = try PictureInput.frame(earlier)
    let after = try PictureInput.frame(later)
    guard before.size == after.size else {
      throw CommandFailure.invalid(
        "the pictures differ in size: \(before.size) and \(after.size)")
    }
    let regions = after.changes(since: before, ignoring: ignore.map(\.box))
    if json {
      let values = regions.map { JSONValue.object($0.jsonMembers) }
      Console.current.say(JSONValue.object([.init("regions", .array(values))]).description)
    } else {
      for region in regions { Console.current.say("\(region)") }
    }
    if regions.isEmpty { throw ExitCode(CommandOutcome.failed.rawValue) }
  }
}
