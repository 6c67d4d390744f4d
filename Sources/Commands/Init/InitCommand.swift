import ArgumentParser
import FoundationEssentials

/// `gantry init`: files to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a first scenario, rig and model to start from.",
    discussion: """
      They play on the virtual recorder as they are, and say in comments what to change for \
      another. Nothing is written where one of them is there already. Exit codes: 0 done, 2 \
      invalid input.
      """)

  @Argument(help: "The folder to write into; made where it is missing.", completion: .directory)
  var folder: String

  func run() throws {
    let files = StarterFile.allCases.map { (file: $0, path: "\(folder)/\($0.rawValue)") }
    for (_, path) in files where FileManager.default.fileExists(atPath: path) {
      throw CommandFailure.invalid("\(path): is there already; name another folder")
    }
    for (file, path) in files {
      try write(file.text, to: path)
      Console.current.say(path)
    }
    Console.current.say(
      "next: gantry run \(folder)/\(StarterFile.scenario.rawValue) "
        + "--rig \(folder)/\(StarterFile.rig.rawValue)")
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try FileManager.default.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
    } catch {
      throw CommandFailure.invalid("\(path): can't be written")
    }
  }
}
