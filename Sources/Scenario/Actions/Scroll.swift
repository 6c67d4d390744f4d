import SourceYAML

/// `scroll`: the wheel is turned over a place.
public struct Scroll: Action {
  /// Where the pointer is meanwhile.
  public var target: Target
  /// How many notches; positive is away from the user.
  public var detents: Int

  /// What a step is called that its file gives no name.
  public var summary: String { "Scroll \(detents) over \(target.summary)" }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [.screen, .mouse], supply: .needed, targets: [target])
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "turn the wheel by \(abs(detents)) \(detents < 0 ? "down" : "up") over "
      + wording.words(target)
  }
}

extension Scroll: WrittenAction {
  private static let over = FieldShape.required(
    "over", .target, "Where the pointer is meanwhile.")
  private static let detents = FieldShape.required(
    "detents", .scalar(.integer(-1_000...1_000)),
    "How many notches of the wheel, positive away from the user.")

  static let forms = [
    ActionForm(
      FieldShape("scroll", .object(ObjectShape("scroll", [over, detents])), "Turns the wheel.")
        .shown(by: "- scroll: {over: {label: fileList}, detents: -3}")
    ) { value, _, maker in
      let target = value[over].flatMap { maker.target($0) }
      guard let target, let detents = value[detents]?.integer else { return nil }
      return Scroll(target: target, detents: detents)
    }
  ]
}
