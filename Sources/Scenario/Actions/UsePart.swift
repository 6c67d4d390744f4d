public import SourceYAML

/// `use`: another scenario is played as a part of this one.
public struct UsePart: Action {
  /// The part.
  public var part: Part

  /// What a step is called that its file gives no name.
  public var summary: String { "Use \(part.scenario.name)" }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [], supply: .indifferent, texts: part.arguments.map(\.value),
      plays: .part(part))
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "play \(part.scenario.name)"
  }
}

/// A scenario played as a part of another.
public struct Part: Sendable {
  /// The part, parsed and checked.
  public var scenario: Scenario
  /// The values of its parameters.
  public var arguments: [Argument]
  /// Where it is written.
  public var location: SourceLocation

  /// One value given to a part.
  public struct Argument: Sendable {
    /// The parameter's name.
    public var name: String
    /// Its value.
    public var value: ValueText
    /// Where the name is written.
    public var location: SourceLocation
  }
}

extension UsePart: WrittenAction {
  private static let with = FieldShape(
    "with", .names(NamesShape(.scalar(.anyText), what: "an argument")),
    "The values of the part's parameters."
  ).shown(by: "- {use: part.yaml, with: {password: \"${newPassword}\"}}")

  static let forms = [
    ActionForm(
      FieldShape("use", .text, "Plays another scenario file, beside this one, as a part.")
        .shown(
          by: """
            - use: part.yaml
              with: {password: "${newPassword}"}
            """),
      companions: [with]
    ) { value, step, maker in
      guard let scenario = maker.part(value) else { return nil }
      var arguments: [Part.Argument] = []
      for entry in step[with]?.entries ?? [] {
        guard let given = maker.valueText(entry.value) else { continue }
        arguments.append(
          Part.Argument(name: entry.key, value: given, location: entry.keyLocation))
      }
      return UsePart(
        part: Part(scenario: scenario, arguments: arguments, location: value.location))
    }
  ]
}

extension ScenarioMaker {
  /// The scenario of the file that a node names.
  fileprivate mutating func part(_ node: YAMLNode) -> Scenario? {
    guard let name = node.text, !name.isEmpty else { return nil }
    let path = SourceFiles.path(name, beside: file)
    guard !chain.contains(path) else {
      report(
        node.location, "\(path) uses itself (\((chain + [path]).joined(separator: " → ")))",
        remedy: "move what they share into a part of its own")
      return nil
    }
    let part = shelf.parse(file: path, usedBy: chain)
    guard let scenario = part.scenario else {
      // What keeps a part that is there from being read is a mistake of that file, and one that is not
      // there is one of this.
      if shelf.holds(path) {
        findings += part.findings
        return nil
      }
      let why = part.findings.first { $0.location.file == path && $0.location.line == 1 }
      report(
        node.location,
        "the part \(path) can't be read"
          + (why.map { " (\($0.problem))" } ?? ""),
        remedy: "name a scenario file, as seen from this one")
      return nil
    }
    findings += part.findings
    return scenario
  }
}
