import SourceYAML

/// What a step does: one type for each file of `Actions`.
///
/// The file holds how the action is written, what it is called, and what it needs as values. So
/// whoever checks a scenario resolves the needs of any action, and knows none by name.
public protocol Action: Sendable {
  /// What a step is called that its file gives no name.
  var summary: String { get }
  /// What it needs of rig and model, and what it does to the supply and to values.
  var needs: Needs { get }

  /// What it does, in plain words for the journal. Values stay names.
  ///
  /// - Parameters:
  ///   - wording: says what places, texts and times are called.
  ///   - isSensitive: whether not even what the file writes out may be told.
  /// - Returns: the words, such as `wait 3 s`.
  func words(_ wording: Wording, isSensitive: Bool) -> String
}

/// An action as scenario files write it.
protocol WrittenAction: Action {
  /// The ways to write it, a key of a step each.
  static var forms: [ActionForm] { get }
}

/// A key of a step that asks for an action.
struct ActionForm: Sendable {
  /// Makes the action of the key's value and of the step around it; nil where it is written
  /// wrongly, which the check of the structure has found already.
  typealias Making =
    @Sendable (_ value: YAMLNode, _ step: YAMLNode, _ maker: inout ScenarioMaker) -> (any Action)?

  /// The key.
  var key: FieldShape
  /// Keys of a step that mean something beside this one only.
  var companions: [FieldShape]
  /// Keys of any step that this one takes for itself.
  var borrowed: [FieldShape]
  /// Finds the part of the value that findings point at.
  var place: @Sendable (YAMLNode) -> YAMLNode
  /// Makes the action.
  var make: Making

  init(
    _ key: FieldShape, companions: [FieldShape] = [], borrowed: [FieldShape] = [],
    place: @escaping @Sendable (YAMLNode) -> YAMLNode = { $0 }, make: @escaping Making
  ) {
    self.key = key
    self.companions = companions
    self.borrowed = borrowed
    self.place = place
    self.make = make
  }
}
