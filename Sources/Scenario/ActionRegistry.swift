import SourceYAML

/// Every action of the language. What is listed here is in the schema, in the help and in files.
public enum ActionRegistry {
  /// The types of the actions.
  public static var types: [any Action.Type] { written }

  /// The actions, in the order in which schema and help list their keys.
  static let written: [any WrittenAction.Type] = [
    Click.self, Move.self, Drag.self, Scroll.self, TypeText.self, SwitchPower.self,
    AwaitMail.self, ReadValue.self, Wait.self, CapturePicture.self, AskOperator.self,
    UsePart.self, Either.self, Repeat.self, BringBack.self,
  ]

  /// The keys of a step that ask for an action.
  static let forms: [ActionForm] = written.flatMap { $0.forms }
  /// Their names.
  static let keys = forms.map(\.key.name)
  /// What belongs in a step for the sake of its action.
  static let fields = forms.flatMap { [$0.key] + $0.companions }

  /// Which keys a key of any step may stand beside for the sake of an action.
  static func borrowers(of field: FieldShape) -> [String] {
    forms.filter { $0.borrowed.contains { $0.name == field.name } }.map(\.key.name)
  }

  /// What holds between the keys of actions and those that stand beside them.
  static let companionRules: [ObjectRule] = forms.flatMap { form in
    form.companions.map { .only($0.name, with: [form.key.name]) }
  }
}
