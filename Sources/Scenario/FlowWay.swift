public import SourceYAML

/// A way that recorders may lead, which only some do: a branch or a step says that it is the one of
/// that way, and the model says what its vendor prints.
///
/// What is seen decides which way is played; one that the model does not declare is failed, and so is
/// a declared one that is not seen. Only what the model says happens *sometimes* may be left out.
public struct FlowWay: Sendable {
  /// What differs between recorders, such as `confirmReset` or `passwordPages`.
  public var name: String
  /// The answers of the model that this is the way of, such as `two`; empty for something that happens
  /// always, never or sometimes.
  public var answers: [String]
  /// Where it is written.
  public var location: SourceLocation

  /// A few words, the same for the same way, such as `passwordPages: two`.
  public var summary: String {
    answers.isEmpty ? name : "\(name): \(answers.joined(separator: " or "))"
  }
}

extension FlowWay {
  private static func choice(_ name: String, _ words: [String], _ about: String) -> FieldShape {
    let word = Shape.scalar(.word(words))
    return FieldShape(
      name,
      .forms(
        FormsShape(
          "an answer of the model", example: ScalarShape.choice(of: words), scalar: word,
          list: .list(ListShape(word, counts: 1...words.count, what: "a list of answers")))), about)
  }

  private static let choices = [
    choice(
      "passwordPages", ["one", "two"],
      "On how many pages a new password and its confirmation are asked for."),
    choice(
      "success", ["message", "page", "toast"], "What tells that the password was reset."),
    choice(
      "restart", ["self", "plug", "none"],
      "What makes a new password count: its own restart, the plug, or nothing."),
    choice(
      "refusals", ["message", "inline"],
      "What tells that a code or a password was refused: a message with a button, or words on the page."
    ),
  ]

  /// How it is written.
  static let shape = Shape.forms(
    FormsShape(
      "a way of the model's flow", example: "confirmReset, or {passwordPages: two}",
      scalar: .name,
      mapping: .object(
        ObjectShape(
          "a way of the model's flow", choices,
          rules: [
            .atMostOne(of: choices.map(\.name)),
            .atLeastOne(of: choices.map(\.name), what: "a way"),
          ]))))

  /// What a node writes; nil where it is written wrongly.
  static func way(_ node: YAMLNode) -> FlowWay? {
    if let name = node.text { return FlowWay(name: name, answers: [], location: node.location) }
    for choice in choices {
      guard let answer = node[choice] else { continue }
      let answers = answer.text.map { [$0] } ?? (answer.elements ?? []).compactMap(\.text)
      return answers.isEmpty
        ? nil : FlowWay(name: choice.name, answers: answers, location: node.location)
    }
    return nil
  }
}
