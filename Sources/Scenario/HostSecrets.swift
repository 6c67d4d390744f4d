public import SourceYAML

/// What the host holds for the secrets of scenarios: variables of the environment, and the first
/// lines of files.
///
/// A file is read once, for all runs that take a secret of it: it may be a pipe.
public struct HostSecrets: Sendable {
  /// Why a secret has no value.
  public struct Lack: Error, Hashable, Sendable {
    /// What is wrong, in a sentence without a final stop.
    public var problem: String
    /// What would be right.
    public var remedy: String
  }

  private let environment: [String: String]
  private var files: [String: Result<String, SourceFiles.Refusal>] = [:]

  /// Creates what holds the variables of an environment, and no file.
  public init(environment: [String: String] = [:]) {
    self.environment = environment
  }

  /// Reads the files that a scenario and its parts take secrets of.
  public mutating func read(for scenario: Scenario, from source: SourceFiles = .disk) {
    for case .file(let path) in scenario.allSecrets.map(\.source) where files[path] == nil {
      files[path] = Result { () throws(SourceFiles.Refusal) in
        try source.firstLine(of: path)
      }
    }
  }

  /// The value of a secret.
  ///
  /// - Returns: nil where it comes from elsewhere.
  /// - Throws: when the host does not hold it.
  public func value(of secret: SecretDeclaration) throws(Lack) -> String? {
    switch secret.source {
    case .environment(let variable):
      if let text = environment[variable], !text.isEmpty { return text }
      throw Lack(
        problem: "the variable \(variable) of the secret \"\(secret.name)\" is not set",
        remedy: "set \(variable) in the environment of gantry")
    case .file(let path):
      do throws(SourceFiles.Refusal) {
        return try (files[path] ?? .failure(.init(reason: "it was not read"))).get()
      } catch {
        throw Lack(
          problem: "the file \(path) of the secret \"\(secret.name)\" gives no value: "
            + error.reason, remedy: "write the secret into its first line")
      }
    case .generate, .model, .recorderPassword: return nil
    }
  }
}

extension SourceFiles {
  /// The first line of a file, without its end: a value such as a secret.
  ///
  /// - Throws: when there is no such file, or nothing in its first line.
  public func firstLine(of path: String) throws(Refusal) -> String {
    var line = try read(path).prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw Refusal(reason: "its first line is not UTF-8")
    }
    if text.isEmpty { throw Refusal(reason: "its first line is empty") }
    return text
  }
}

extension Scenario {
  /// The secrets that it and the parts that it uses declare.
  public var allSecrets: [SecretDeclaration] {
    secrets + (steps + finally).flatMap(\.innerSecrets)
  }
}

extension Step {
  /// The secrets of the parts that are played within it.
  fileprivate var innerSecrets: [SecretDeclaration] {
    guard let plays = action?.needs.plays else { return [] }
    return (plays.part?.scenario.allSecrets ?? []) + plays.ownSteps.flatMap(\.innerSecrets)
  }
}
