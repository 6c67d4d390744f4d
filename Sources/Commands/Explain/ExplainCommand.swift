import ArgumentParser
import Foundation
import SourceYAML

/// `gantry explain`: the reference of the files.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Says what may stand in scenario, rig, suite, gate, waiver, trust and model files, and what causes "
      + "mean.",
    discussion: """
      Words lead to a place: gantry explain step.mail, gantry explain rig power gpioRelay. \
      gantry explain cause lists the codes of what runs did not pass for. Without words it lists \
      what they may begin with.
      """)

  @Argument(help: "The names that lead to a place, joined by dots or not.")
  var words: [String] = []

  @Option(help: "Write the whole reference as Markdown files into this folder instead.")
  var markdown: String?

  /// The reference of all kinds of file.
  static var reference: Reference {
    Reference(SchemaCommand.Kind.allCases.map { ($0.rawValue, $0.book) })
  }

  /// How the reference that is kept with the sources is made anew.
  static let renewal = "gantry explain --markdown Documentation"

  func validate() throws {
    if markdown != nil && !words.isEmpty {
      throw ValidationError("--markdown writes the whole reference: leave the words out")
    }
  }

  func run() throws {
    if let markdown {
      try write(into: markdown)
    } else if words.isEmpty {
      Console.current.write(
        Self.reference.overview + "  \(CauseReference.word)  \(CauseReference.about)\n"
          + "\ngantry explain WORD tells more, such as step.mail.\n")
    } else {
      do throws(Reference.Unknown) {
        if let page = try CauseReference.page(words) { return Console.current.write(page) }
        Console.current.write(try Self.reference.page(words).text())
      } catch {
        throw CommandFailure.invalid(error.description)
      }
    }
  }

  /// The pages that are kept with the sources.
  static var files: [(name: String, text: String)] {
    reference.markdown(madeBy: renewal)
      + [(CauseReference.file, CauseReference.markdown(madeBy: renewal))]
  }

  private func write(into folder: String) throws {
    let files = Self.files
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
    } catch {
      throw CommandFailure.errored("\(folder): the reference can't be written (\(error))")
    }
    Console.current.write(files.map { "\(folder)/\($0.name)\n" }.joined())
  }
}
