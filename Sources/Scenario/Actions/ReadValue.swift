public import Patterns
public import SourceYAML

/// `read`: a value is read off the screen.
public struct ReadValue: Action {
  /// Where it stands.
  public var region: Region
  /// What it must fit; the first group is the value, or all that fits.
  public var pattern: Pattern
  /// How much of what stands there must fit.
  public var fit: Pattern.Fit
  /// What the value is.
  public var kind: ValueKind
  /// The characters that may occur, where the value must be exact.
  public var alphabet: String?
  /// The name to save it under.
  public var save: String
  /// How long to go on reading until the pattern fits.
  public var within: Duration
  /// Where it is written.
  public var location: SourceLocation

  /// What a step is called that its file gives no name.
  public var summary: String { "Read \(save)" }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [.screen], supply: .needed, ofModel: region.needs(at: nil),
      saves: [SavedValue(name: save, isSecret: false, location: location)], tests: true)
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "read \(save) in \(wording.words(region))"
  }
}

extension ReadValue: WrittenAction {
  private static let place = FieldShape.required("in", .region, "Where the value stands.")
  private static let pattern = FieldShape.required(
    "pattern", .text,
    "A regular expression, as pcre2pattern(3) describes them, that all of the text there must fit "
      + "but for white space around it; the value is the first group, or the whole match.")
  private static let fit = FieldShape(
    "fit", .scalar(.word(Pattern.Fit.allCases.map(\.rawValue))),
    "Whether the whole text must fit the pattern, or a part of it; whole if left out.")
  private static let kind = FieldShape(
    "as", .scalar(.word(ValueKind.allCases.map(\.rawValue))),
    "What the value is: what is read must be one, and is compared as one; text if left out.")
  private static let alphabet = FieldShape(
    "alphabet", .text, "The characters that may occur.")
  private static let save = FieldShape.required("save", .name, "The name to save it under.")
  private static let within = FieldShape(
    "within", .duration, "How long to go on reading; 5s if left out.")

  static let forms = [
    ActionForm(
      FieldShape(
        "read", .object(ObjectShape("read", [place, pattern, fit, kind, alphabet, save, within])),
        "Reads a value off the screen."
      ).shown(by: "- read: {in: version, pattern: 'V([0-9.]+)', save: shown, as: version}")
    ) { value, _, maker in
      let fitting = maker.pattern(value[pattern])
      let time = maker.limit(value[within], else: ScenarioParser.defaultWithin)
      guard let region = value[place].flatMap({ maker.region($0) }), let fitting,
        let name = value[save]
      else {
        // What would be saved is not unknown for that.
        if let name = value[save]?.text { maker.uncertainNames.insert(name) }
        return nil
      }
      return ReadValue(
        region: region, pattern: fitting,
        fit: value[fit]?.text.flatMap(Pattern.Fit.init) ?? .whole,
        kind: value[kind]?.text.flatMap(ValueKind.init) ?? .text, alphabet: value[alphabet]?.text,
        save: name.text ?? "", within: time,
        location: name.location)
    }
  ]
}
