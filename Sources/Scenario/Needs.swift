public import Frames
public import SourceYAML

/// What an action or a predicate needs of rig and model, and what it does, as values.
public struct Needs: Sendable {
  /// What must be wired to the device.
  public var equipment: [Equipment]
  /// What it has to do with the recorder's supply.
  public var supply: SupplyUse
  /// The places that it looks for.
  public var targets: [Target]
  /// What it needs of the model beyond those.
  public var ofModel: [ModelNeed]
  /// The texts that it refers to values in, beyond those of its targets.
  public var texts: [ValueText]
  /// Texts that a person is shown: no secret may stand in them.
  public var shown: [ValueText]
  /// The values that it saves.
  public var saves: [SavedValue]
  /// A step that must come before this one, by name.
  public var stepBefore: LocatedText?
  /// What is played within it.
  public var plays: InnerSteps
  /// Whether it tests something itself, with no expectation of its step.
  public var tests: Bool

  /// Creates needs; what is left out is not needed.
  public init(
    equipment: [Equipment], supply: SupplyUse, targets: [Target] = [], ofModel: [ModelNeed] = [],
    texts: [ValueText] = [], shown: [ValueText] = [], saves: [SavedValue] = [],
    stepBefore: LocatedText? = nil, plays: InnerSteps = .none,
    tests: Bool = false
  ) {
    self.equipment = equipment
    self.supply = supply
    self.targets = targets
    self.ofModel = ofModel
    self.texts = texts
    self.shown = shown
    self.saves = saves
    self.stepBefore = stepBefore
    self.plays = plays
    self.tests = tests
  }

  /// All texts that it refers to values in, without those of what is played within it.
  public var allTexts: [ValueText] { texts + shown + targets.flatMap(\.texts) + names }

  /// The names of the model that it uses, which may refer to values: journals show them.
  public var names: [ValueText] {
    allOfModel.compactMap { need in
      switch need {
      case .named(_, let name), .visibleField(let name): name
      case .point, .rect, .keys, .keyboard, .codeFormat: nil
      }
    }
  }

  /// All that it needs of the model, without what is needed by what is played within it.
  public var allOfModel: [ModelNeed] { targets.flatMap(\.needs) + ofModel }

  /// What several predicates need that are judged together.
  static func joined(_ parts: [any Predicate], supply: SupplyUse) -> Needs {
    let needs = parts.map(\.needs)
    return Needs(
      equipment: Equipment.allCases.filter { one in
        needs.contains { $0.equipment.contains(one) }
      }, supply: supply, targets: needs.flatMap(\.targets), ofModel: needs.flatMap(\.ofModel),
      texts: needs.flatMap(\.texts))
  }
}

/// What may be wired to a device.
public enum Equipment: String, Sendable, CaseIterable {
  /// Its picture.
  case screen
  /// What moves its pointer.
  case mouse
  /// What switches its supply.
  case powerSwitch = "power switch"
  /// Where its mail arrives.
  case mailbox
}

/// What something has to do with the recorder's supply.
public enum SupplyUse: Sendable, Hashable {
  /// Nothing.
  case indifferent
  /// It means nothing without supply.
  case needed
  /// It cuts the supply and leaves it cut.
  case cut
  /// It leaves the recorder supplied; after a cut of at least a time, where one is asked for.
  case restored(minimumCut: Duration?)
}

/// Something that a model must have.
public enum ModelNeed: Sendable {
  /// Something by its name.
  case named(ModelName, ValueText)
  /// A place on the screen.
  case point(ScreenPoint, at: SourceLocation)
  /// A part of the screen; where it is not said where that is written, it is where the action or
  /// the expectation is.
  case rect(PixelRect, at: SourceLocation?)
  /// A field that a picture can show to be there: one with a label.
  case visibleField(ValueText)
  /// Keys for a text.
  case keys(for: ValueText)
  /// An on-screen keyboard.
  case keyboard(at: SourceLocation)
  /// What secure codes look like.
  case codeFormat(at: SourceLocation)
}

/// What names of a model can stand for.
public enum ModelName: String, Sendable, CaseIterable {
  /// A reference image.
  case image
  /// A wording.
  case label
  /// A set of images and labels.
  case group
  /// A part of the screen.
  case region
  /// A text field.
  case field
}

/// A value that a run saves for later steps.
public struct SavedValue: Sendable {
  /// The name that texts refer to.
  public var name: String
  /// Whether it is a secret whatever is read.
  public var isSecret: Bool
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a value.
  public init(name: String, isSecret: Bool, location: SourceLocation) {
    self.name = name
    self.isSecret = isSecret
    self.location = location
  }
}

/// What is played within an action.
public enum InnerSteps: Sendable {
  /// Nothing.
  case none
  /// Another scenario, with values of its own.
  case part(Part)
  /// The steps of one of several branches, or others where none was seen.
  case branches([Branch], otherwise: [Step]?)
  /// Steps, over and over until something is seen.
  case rounds([Step], until: Expectation)

  /// The steps that are played within it, of all branches, without those of parts.
  public var ownSteps: [Step] {
    switch self {
    case .none, .part: []
    case .branches(let branches, let otherwise): branches.flatMap(\.steps) + (otherwise ?? [])
    case .rounds(let steps, _): steps
    }
  }

  /// What is looked for between those steps.
  public var expectations: [Expectation] {
    switch self {
    case .none, .part: []
    case .branches(let branches, _): branches.map(\.expectation)
    case .rounds(_, let until): [until]
    }
  }

  /// The part that is played within it.
  public var part: Part? { if case .part(let part) = self { part } else { nil } }
}

extension Region {
  /// What it needs of the model.
  ///
  /// - Parameter location: where a rectangle is written, which does not know it.
  /// - Returns: its name, or the rectangle, or what it is around.
  func needs(at location: SourceLocation?) -> [ModelNeed] {
    switch self {
    case .named(let name): [.named(.region, name)]
    case .rect(let rect): [.rect(rect, at: location)]
    case .part: []
    case .around(.image(let name)): [.named(.image, name)]
    case .around(.label(let key)): [.named(.label, key)]
    }
  }
}
