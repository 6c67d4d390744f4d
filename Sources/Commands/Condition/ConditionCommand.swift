import ArgumentParser
import FrameVision
import Frames
import OrderedJSON

/// `gantry condition`: is a picture worth judging?
struct ConditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "condition",
    abstract:
      "Tells whether a picture is a picture, black, one colour, garbled or the grabber's own.",
    discussion: "Exit codes: 0 whatever it is; 2 invalid input.")

  @Argument(help: "The picture, a PNG or JPEG file.", completion: .file())
  var frame: String

  @Option(
    help: ArgumentHelp(
      "What the grabber shows when it has no input, a PNG or JPEG file.", valueName: "picture"),
    completion: .file())
  var noInput: String?

  @Flag(help: "Answer with a JSON object.")
  var json = false

  @Option(help: .explain, completion: .directory)
  var explain: String?

  func run() throws {
    let picture = try Frame(contentsOf: frame)
    let own = try noInput.map { try NoInputPicture(contentsOf: $0) }
    let folder = try ExplainFolder(explain)
    let finding = picture.conditionFinding(noInput: own)
    if let folder {
      var image = RGBImage(picture)
      for box in finding.evidence {
        image.tint(box, .alarm, share: box.height > 1 ? 0.3 : 0.8)
        image.outline(box, .alarm)
      }
      try folder.write(image, as: "condition.png")
    }
    let condition = finding.condition.rawValue
    Console.current.say(
      json ? JSONValue.object([.init("condition", .string(condition))]).description : condition)
  }
}
