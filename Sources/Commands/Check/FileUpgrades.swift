import ArgumentParser
import Attestation
import Gate
import RecorderModel
import RigDescription
import RunSessions
import Scenario
import SourceYAML
import Suites

/// What `gantry check --upgrade` does: brings files to the newest format of their kinds, each by
/// itself, so that a mistake in one keeps no other from it.
enum FileUpgrades {
  private typealias Kind = SchemaCommand.Kind

  /// Brings files to the newest format, and says what became of each.
  ///
  /// - Parameter paths: files, and folders whose files are meant, not those of folders below.
  /// - Throws: where one of them was not brought there; why has been said.
  static func run(_ paths: [String]) throws {
    var isDone = true
    for path in paths {
      let folder = FolderOfFiles(path)
      let files = folder?.yamlFiles ?? [path]
      var known = 0
      for file in files {
        do {
          if try upgrade(file, isNamed: folder == nil) { known += 1 }
        } catch {
          guard let failure = CommandFailure(error) else { throw error }
          Console.current.complain(failure.description)
          known += 1
          isDone = false
        }
      }
      if known == 0 {
        Console.current.complain(
          "\(path): no scenario, model or other file of Gantry's lies in this folder")
        isDone = false
      }
    }
    if !isDone { throw ExitCode(CommandOutcome.invalid.rawValue) }
  }

  /// Brings a file to the newest format; one that nobody named may be of no kind, and is then passed
  /// over. Whether it is of a kind is returned.
  private static func upgrade(_ path: String, isNamed: Bool) throws -> Bool {
    let file = try UpgradedFile(path)
    guard let kind = try file.key(among: Kind.allCases.map(\.rawValue)).flatMap(Kind.init) else {
      if !isNamed { return false }
      throw Finding(
        SourceLocation(file: path, line: 1, column: 1), "nothing says what kind of file this is",
        remedy: "one of \(ScalarShape.choice(of: Kind.allCases.map(\.rawValue))) stands at the top")
    }
    let changes = try file.upgrade(kind.book) { kind.findings(in: path, from: $0) }
    for change in changes { Console.current.say("\(path):\(change.line): \(change.words)") }
    let format = "format \(kind.book.newestFormat)"
    Console.current.say(
      changes.isEmpty
        ? "\(path): up to date (\(format))"
        : "\(path): rewritten in \(format), \(changes.count) "
          + "change\(changes.count == 1 ? "" : "s")")
    return true
  }
}

extension SchemaCommand.Kind {
  /// All that is wrong with a file of the kind.
  fileprivate func findings(in path: String, from files: SourceFiles) -> [Finding] {
    do {
      switch self {
      case .scenario: return ScenarioParser.parse(file: path, files: files).findings
      case .rig: return RigLoader.load(file: path, files: files).findings
      case .suite: _ = try SuiteLoader.load(path, retriable: SuitePlan.retriable, files: files)
      case .gate: _ = try GateLoader.load(path, files: files)
      case .waivers: _ = try WaiverLoader.load(try files.read(path), file: path)
      case .trust: _ = try TrustedKeys.load(path, files: files)
      case .model: return modelFindings(in: path, from: files)
      }
      return []
    } catch let findings as Findings {
      return findings.all
    } catch {
      return [Finding(start(of: path), "\(error)", remedy: "check the path")]
    }
  }

  private func start(of path: String) -> SourceLocation {
    SourceLocation(file: path, line: 1, column: 1)
  }

  /// A model is its folder, in which its file has one name.
  private func modelFindings(in path: String, from files: SourceFiles) -> [Finding] {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.popLast().map(String.init) == ModelLoader.fileName else {
      return [
        Finding(
          start(of: path), "a model's file has another name",
          remedy: "call it \(ModelLoader.fileName)")
      ]
    }
    return ModelLoader.load(
      folder: parts.isEmpty ? "." : parts.joined(separator: "/"), files: files
    )
    .findings
  }
}
