import SourceYAML

/// Something that a frame, or a run of frames, shows or does not show: one type for each file of
/// `Predicates`.
///
/// As with an ``Action``, the file holds how it is written, what it is called and what it needs.
public protocol Predicate: Sendable {
  /// A few words for reports; the same for predicates that mean the same.
  var summary: String { get }
  /// What it needs of rig and model.
  var needs: Needs { get }
  /// What follows of a scenario if it holds.
  var meaning: Meaning { get }

  /// What must hold, in plain words for the journal. Values stay names.
  ///
  /// - Parameter wording: says what places, texts and times are called.
  /// - Returns: the words, such as `see the image menu-bar`.
  func words(_ wording: Wording) -> String
}

/// A predicate as scenario files write it.
protocol WrittenPredicate: Predicate {
  /// The ways to write it.
  static var forms: [PredicateForm] { get }
}

/// A way to write a predicate.
enum PredicateForm: Sendable {
  /// A word that says all.
  case word(WordShape, make: @Sendable () -> any Predicate)
  /// A list.
  case list(ListShape, make: @Sendable ([YAMLNode], inout ScenarioMaker) -> (any Predicate)?)
  /// A mapping with one of some keys, and keys that mean something beside them only, with what holds
  /// between all of them; messages about expectations name some as examples.
  case mapping(
    keys: [FieldShape], companions: [FieldShape] = [], rules: [ObjectRule] = [],
    examples: [FieldShape],
    make: @Sendable (YAMLNode, inout ScenarioMaker) -> (any Predicate)?)

  /// A mapping with one key.
  static func key(
    _ key: FieldShape, isExample: Bool,
    make: @escaping @Sendable (_ value: YAMLNode, _ maker: inout ScenarioMaker) -> (any Predicate)?
  ) -> PredicateForm {
    .mapping(keys: [key], examples: isExample ? [key] : []) { node, maker in
      node[key].flatMap { make($0, &maker) }
    }
  }
}
