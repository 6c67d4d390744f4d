import SourceYAML

/// `power`: what is done with the recorder's supply.
public enum SwitchPower: Action, Hashable {
  /// Cut, and left cut until a later step switches it on (or the run ends).
  case off
  /// Switched on.
  case on
  /// Cut for at least a time, counted from the confirmed loss, and switched on again; nil means
  /// the rig's own minimum.
  case cycle(minimumOff: Duration?)
  /// Switched on if it is not; after a cut of unknown length, a full cut first.
  case restore

  /// What a step is called that its file gives no name.
  public var summary: String {
    switch self {
    case .off: "Power off"
    case .on: "Power on"
    case .cycle: "Power cycle"
    case .restore: "Restore power"
    }
  }

  /// What it needs.
  public var needs: Needs {
    let supply: SupplyUse =
      switch self {
      case .off: .cut
      case .on, .restore: .restored(minimumCut: nil)
      case .cycle(let minimum): .restored(minimumCut: minimum)
      }
    return Needs(equipment: [.powerSwitch], supply: supply)
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    switch self {
    case .off: "cut the power"
    case .on: "switch the power on"
    case .restore: "switch the power on, if it is off"
    case .cycle(let minimum):
      "cut the power for at least \(minimum.map(wording.words) ?? "the rig's minimum")"
        + " and switch it on again"
    }
  }
}

extension SwitchPower: WrittenAction {
  private static let minimum = FieldShape.required(
    "minimum", .duration, "How long the supply stays cut at least.")
  private static let cycle = FieldShape.required(
    "cycle", .object(ObjectShape("cycle", [minimum])),
    "Cuts the supply and switches it on again.")
  /// What is written as a mere word.
  private static let words: [(shape: WordShape, action: SwitchPower)] = [
    (WordShape("off", "Cuts the supply and leaves it cut."), .off),
    (WordShape("on", "Switches it on."), .on),
    (
      WordShape(
        "restore", "Switches it on if it is off; after a cut of unknown length, a full cut first."),
      .restore
    ),
    (
      WordShape(cycle.name, "Cuts it for as long as the rig asks for, and switches it on again."),
      .cycle(minimumOff: nil)
    ),
  ]

  static let forms = [
    ActionForm(
      FieldShape(
        "power",
        .forms(
          FormsShape(
            "a power action", example: "off, on, restore, cycle or {cycle: {minimum: 10s}}",
            words: words.map(\.shape),
            mapping: .object(ObjectShape("power", [cycle])))),
        "Switches the recorder's supply."
      ).shown(
        by: """
          - power: {cycle: {minimum: 12s}}
            expect: signal-back
            within: 90s
          """), place: { $0[cycle]?[minimum] ?? $0 }
    ) { value, _, _ in
      if let word = value.text { return words.first { $0.shape.word == word }?.action }
      return value[cycle].map { SwitchPower.cycle(minimumOff: $0[minimum]?.duration) }
    }
  ]
}
