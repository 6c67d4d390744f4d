import ArgumentParser
import FrameVision
import RunJournal

/// `gantry condition`: is a picture worth judging?
struct ConditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "condition",
    abstract: "Tells whether a picture is a picture, black, one colour or garbled.")

  @Argument(help: "The picture, a PNG or JPEG file.", completion: .file())
  var frame: String

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    let condition = try PictureInput.frame(frame).condition().rawValue
    Console.current.say(
      json ? JSONValue.object([.init("condition", .string(condition))]).description : condition)
  }
}
