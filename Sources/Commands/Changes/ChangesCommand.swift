import ArgumentParser
import FrameVision
import Frames
import OrderedJSON

/// `gantry changes`: what differs between two pictures, or moves in a row of them?
struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Lists where two pictures differ beyond noise, or what moves in a row of pictures.",
    discussion: """
      With more than two pictures each one from the second on is told what moves or fades in it, and \
      at the end since when all is still, and where anything has moved at all.

      Exit codes: 0 something differs; 1 nothing does; 2 invalid input.
      """)

  @Argument(help: "The earlier picture, a PNG or JPEG file.", completion: .file())
  var earlier: String

  @Argument(help: "The later picture, a PNG or JPEG file.", completion: .file())
  var later: String

  @Argument(help: "Pictures that were taken still later, in order.", completion: .file())
  var further: [String] = []

  @Option(help: "How many pictures a second a row of them has.")
  var rate = 30.0

  @Option(help: ArgumentHelp("A place that does not count; may be repeated.", valueName: "x,y,w,h"))
  var ignore: [BoxArgument] = []

  @Flag(help: "Answer with a JSON object.")
  var json = false

  @Option(help: .explain, completion: .directory)
  var explain: String?

  func validate() throws {
    if !(rate > 0 && rate <= 1000) {
      throw ValidationError("--rate must be more than 0 and at most 1000 pictures a second.")
    }
    if !further.isEmpty && explain != nil {
      throw ValidationError("--explain explains two pictures, not a row of them.")
    }
  }

  func run() throws {
    if !further.isEmpty {
      try follow([earlier, later] + further)
      return
    }
    let before = try Frame(contentsOf: earlier)
    let after = try Frame(contentsOf: later)
    try Self.requireOneSize(before.size, after.size)
    let ignored = try ignored(in: after)
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

  /// The places that don't count.
  private func ignored(in frame: Frame) throws -> [PixelRect] {
    for place in ignore { try frame.require(place.box, called: "place") }
    return ignore.map(\.box)
  }

  private static func requireOneSize(_ one: PixelSize, _ other: PixelSize) throws {
    if one != other {
      throw CommandFailure.invalid("the pictures differ in size: \(one) and \(other)")
    }
  }

  /// Tells what moves in a row of pictures.
  private func follow(_ files: [String]) throws {
    var watch = MotionWatch()
    var motions: [Motion] = []
    var size: PixelSize?
    for (index, file) in files.enumerated() {
      let frame = try Frame(contentsOf: file)
      try Self.requireOneSize(size ?? frame.size, frame.size)
      size = frame.size
      let at = MonotonicInstant(nanoseconds: Int64((Double(index) / rate * 1e9).rounded()))
      let ignored = try ignored(in: frame)
      motions.append(watch.take(frame.stamped(number: index, at: at), ignoring: ignored))
    }
    tell(motions, alive: watch.alive)
    if watch.alive.isEmpty { throw ExitCode(CommandOutcome.failed.rawValue) }
  }

  private func tell(_ motions: [Motion], alive: [PixelRect]) {
    let stillSince = motions.last?.stillSince ?? .zero
    if json {
      let pictures = motions.map { motion in
        JSONValue.object([
          .init("at", .decimal(motion.capturedAt.seconds, digits: 3)),
          .init(
            "regions",
            .array(
              motion.regions.map {
                .object($0.box.jsonMembers + [.init("kind", .string($0.kind.rawValue))])
              })), .init("stillSince", .decimal(motion.stillSince.seconds, digits: 3)),
        ])
      }
      let whole = JSONValue.object([
        .init("pictures", .array(pictures)),
        .init("stillSince", .decimal(stillSince.seconds, digits: 3)),
        .init("alive", .array(alive.map { .object($0.jsonMembers) })),
      ])
      Console.current.say(whole.description)
      return
    }
    for motion in motions {
      for region in motion.regions {
        Console.current.say("\(motion.capturedAt) \(region.kind.rawValue) \(region.box)")
      }
    }
    Console.current.say("still since \(stillSince)")
    for box in alive { Console.current.say("alive \(box)") }
  }

  /// The later picture with each tile the redder the more it changed, and what was made of it.
  private func heat(
    _ map: ChangeMap, _ regions: [PixelRect], _ ignored: [PixelRect], over picture: RGBImage
  ) -> RGBImage {
    var picture = picture
    for row in 0..<map.rows {
      for column in 0..<map.columns {
        let weight = Double(map.weights[row * map.columns + column])
        // Below the limit a tile is shown at half the strength: it was seen and let pass.
        let share = weight > 1 ? min(0.9, 0.4 + 0.1 * weight) : 0.3 * weight
        picture.tint(map.tile(column, row), .alarm, share: share)
      }
    }
    for box in ignored { picture.outline(box, .passedOver) }
    for box in regions { picture.outline(box, .answer) }
    return picture
  }
}
