import ArgumentParser
import Foundation

/// `gantry-proving journals record`: plays runs, and writes down what their journals were.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Plays runs, and writes down what their journals were.")

  @OptionGroup var options: PlayOptions

  @Option(help: "The file to write; it grows a line a run.")
  var out: String

  func run() async throws {
    guard let keys = try options.keys() else {
      throw ValidationError("--list or --sets must say what to play.")
    }
    try Data().write(to: URL(filePath: out))
    let file = try FileHandle(forWritingTo: URL(filePath: out))
    try await options.player.play(keys) { entry in
      try file.write(contentsOf: Data("\(entry)\n".utf8))
    }
  }
}
