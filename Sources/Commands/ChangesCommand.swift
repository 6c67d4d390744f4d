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

  @Option(help: .explain, completion: .directory)
  var explain: String?

  func run() throws {
    let before = try PictureInput.frame(earlier)
    let after = try PictureInput.frame(later)
    guard before.size == after.size else {
      throw CommandFailure.invalid(
        "the pictures differ in size: \(before.size) and \(after.size)")
    }
    let ignored = try ignore.map { try PictureInput.place($0, of: after) }
    let folder = try ExplainFolder(explain)
    let map = ChangeMap(from: before, to: after)
    let regions = map.regions(ignoring: ignored)
    if let folder {
      try folder.write(
        heat(map, regions, ignored, over: RGBImage(after)), as: "changes.png")
    }
    if json {
      let values = regions.map { JSONValue.object($0.jsonMembers) }
      Console.current.say(JSONValue.object([.init("regions", .array(values))]).description)
    } else {
      for region in regions { Console.current.say("\(region)") }
    }
    if regions.isEmpty { throw ExitCode(CommandOutcome.failed.rawValue) }
  }

  /// The later picture with each square the redder the more it changed, and what was made of it.
  private func heat(
    _ map: ChangeMap, _ regions: [PixelRect], _ ignored: [PixelRect], over picture: RGBImage
  ) -> RGBImage {
    var picture = picture
    for row in 0..<map.rows {
      for column in 0..<map.columns {
        let weight = Double(map.weights[row * map.columns + column])
        // Below the limit a square is shown at half the strength: it was seen and let pass.
        let share = weight > 1 ? min(0.9, 0.4 + 0.1 * weight) : 0.3 * weight
        picture.tint(map.square(column, row), .alarm, share: share)
      }
    }
    for box in ignored { picture.outline(box, .passedOver) }
    for box in regions { picture.outline(box, .answer) }
    return picture
  }
}
