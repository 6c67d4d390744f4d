public import ArgumentParser
import FoundationEssentials
import VirtualRecorder

/// `gantry-proving firmware-image`: a file that the virtual recorder takes as its firmware.
public struct FirmwareImageCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "firmware-image",
    abstract: "Makes an image of a virtual recorder's firmware.",
    discussion: """
      A recorder with a memory takes the image with its next start, where it finds it as \
      usb/update.img in the memory's folder. `gantry virtual` lists the versions.
      """)

  @Argument(
    help: "The recorder's model; several with commas between them, of a version that all have.")
  var model: String
  @Argument(help: "The version of the firmware.") var version: String
  @Argument(help: "The file to be made.") var file: String

  /// Creates the command.
  public init() {}

  /// Writes the image.
  public func run() throws {
    let image = try FirmwareImage(
      models: model.split(separator: ",").map(String.init), version: version)
    try Data(image.bytes).write(to: URL(filePath: file), options: .atomic)
  }
}
