import SourceYAML

/// `repeat`: steps are played over and over until something is seen.
///
/// Where the first of them is an `either`, what ends the rounds is looked for beside its branches,
/// from the second round on.
public struct Repeat: Action {
  /// The steps of a round.
  public var steps: [Step]
  /// What ends the rounds.
  public var until: Expectation
  /// How many rounds there may be; at least 1.
  public var mostRounds: Int

  /// What a step is called that its file gives no name.
  public var summary: String { "Repeat until \(until.predicate.summary)" }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [], supply: .indifferent, plays: .rounds(steps, until: until))
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "repeat, \(mostRounds) times at most, until it can \(wording.words(until))"
  }
}

extension Repeat: WrittenAction {
  private static let until = FieldShape("until", .expectation, "What ends the rounds.")
    .shown(by: example)
  private static let atMost = FieldShape(
    "atMost", .scalar(.integer(1...100)), "How many rounds there may be; 10 if left out."
  ).shown(by: example)

  private static let example = """
    - repeat:
        - either:
            - expect: {label: nextQuestion}
              then: {click: {label: nextQuestion}}
            - expect: {label: terms}
              then: {click: {label: accept}}
      until: {label: mainMenu}
      atMost: 4
    """

  static let forms = [
    ActionForm(
      FieldShape(
        "repeat", .steps,
        "Plays steps over and over until something is seen; a first either looks for that beside its "
          + "branches."
      ).shown(by: example),
      companions: [until, atMost], borrowed: [StepKeys.within]
    ) { value, step, maker in
      guard let end = step[until] else {
        maker.report(
          value.location, "nothing ends the rounds", remedy: "write until: what is seen at last")
        return nil
      }
      let steps = maker.steps(value)
      guard let until = maker.expectation(end, within: step[StepKeys.within]) else { return nil }
      return Repeat(steps: steps, until: until, mostRounds: step[atMost]?.integer ?? 10)
    }
  ]
}
