import ArgumentParser
import FrameVision
import Frames
import RecorderModel

/// `gantry crop`: cuts a reference out of a captured picture into a model.
struct CropCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crop",
    abstract: "Cuts a reference image out of a picture into a model folder.",
    discussion: """
      Writes the reference as NAME.png beside model.yaml and names it there under `images:`; \
      everything else in the file stays as it is. All places are pixels of the picture, counted from its top \
      left corner.
      """)

  @Argument(help: "The picture, as `gantry frame` saves it.", completion: .file())
  var frame: String

  @Argument(help: ArgumentHelp("The part to cut out.", valueName: "x,y,w,h"))
  var box: BoxArgument

  @Option(help: "The model folder.", completion: .directory)
  var model: String

  @Option(help: "What the model calls the reference.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "Where it is looked for; as it was, or anywhere, if left out.", valueName: "x,y,w,h"))
  var search: BoxArgument?

  @Option(
    help: ArgumentHelp(
      "Where a click on it goes; as it was, or its middle, if left out.", valueName: "x,y"))
  var click: PointArgument?

  func validate() throws {
    let letters = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
    }
    guard letters, name.first?.isLetter == true else {
      throw ValidationError(
        "'\(name)' is no name; it begins with a letter and has letters, digits, - and _ only.")
    }
  }

  func run() throws {
    let picture = try RGBImage(contentsOf: frame)
    guard PixelRect(picture.size).contains(box.box) else {
      throw CommandFailure.invalid("\(box.box) leaves the picture (\(picture.size))")
    }
    let reference = picture.cropped(to: box.box)
    if let weakness = Template(reference).weakness {
      throw CommandFailure.invalid("the cut can't be found safely: \(weakness)")
    }
    if let click, !box.box.contains(click.point) {
      throw CommandFailure.invalid("the click at \(click.point) lies outside of the cut \(box.box)")
    }
    if let search, !search.box.contains(box.box) || !PixelRect(picture.size).contains(search.box) {
      throw CommandFailure.invalid(
        "\(search.box) must hold the cut \(box.box) and lie inside the picture (\(picture.size))")
    }
    let file = try ModelFolder(path: model).add(
      reference, named: name, search: search?.box,
      click: click.map { $0.point.offset(byX: -box.box.x, y: -box.box.y) },
      screen: picture.size)
    Console.current.say("\(file): \(name), \(reference.size)")
  }
}
