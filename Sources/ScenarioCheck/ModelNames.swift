import RigDescription
public import Scenario

/// The names that scenarios ask of a model: what has to be in one for a recorder that nobody has
/// described yet.
public struct ModelNames: Sendable {
  /// What a name of a model stands for.
  public enum Kind: String, Sendable, CaseIterable {
    /// Wordings.
    case labels
    /// Reference images.
    case images
    /// Sets of images and labels.
    case groups
    /// Text fields.
    case fields
    /// Parts of the screen.
    case regions
    /// Texts that scenarios refer to as `${model.NAME}`.
    case values
    /// Ways through a procedure, said in `flow`.
    case flow
    /// Other parts of a model, such as its keyboard.
    case sections

    init(_ name: ModelName) {
      self =
        switch name {
        case .image: .images
        case .label: .labels
        case .group: .groups
        case .region: .regions
        case .field: .fields
        }
    }
  }

  /// A name, and who asks for it.
  public struct Use: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The scenarios that can't be played without it, in the order in which they were given.
    public fileprivate(set) var scenarios: [String] = []
    /// Whether it serves to bring a recorder with a past to where a scenario begins.
    public fileprivate(set) var servesStart = false
  }

  private var uses: [Kind: [String: Use]] = [:]

  /// Gathers what scenarios and their parts ask for.
  ///
  /// - Parameter scenarios: the scenarios; names that only a run decides are left out.
  public init(of scenarios: [Scenario]) {
    for scenario in scenarios {
      gather(scenario) { use in
        if use.scenarios.last != scenario.name { use.scenarios.append(scenario.name) }
      }
      guard let start = scenario.start else { continue }
      let parts = StockParts.all(
        for: start, labels: StockParts.labels, images: StockParts.images, refusesInline: false)
      for part in parts { gather(part) { $0.servesStart = true } }
    }
  }

  /// The names of a kind, in alphabetic order.
  public subscript(kind: Kind) -> [Use] {
    uses[kind, default: [:]].values.sorted { $0.name < $1.name }
  }

  private mutating func gather(_ scenario: Scenario, _ note: (inout Use) -> Void) {
    for secret in scenario.secrets {
      switch secret.source {
      case .generate: add("password", .sections, note)
      case .model(let name): add(name, .values, note)
      case .environment, .file, .recorderPassword: break
      }
    }
    for visit in StepVisit.all(of: scenario, values: [:]) {
      if visit.step.device != nil, visit.device?.text != DeviceWiring.recorder { continue }
      for reference in visit.step.texts.flatMap(\.references) where reference.hasPrefix(Self.model)
      {
        add(String(reference.dropFirst(Self.model.count)), .values, note)
      }
      for way in visit.step.ways { add(way.name, .flow, note) }
      for need in visit.step.needs.flatMap(\.needs.allOfModel) { add(need, visit, note) }
    }
  }

  /// How texts refer to a model's values.
  private static let model = "model."

  private mutating func add(_ need: ModelNeed, _ visit: StepVisit, _ note: (inout Use) -> Void) {
    switch need {
    case .named(let kind, let name):
      guard let known = visit.constant(name), !known.isSecret else { return }
      add(known.text, Kind(kind), note)
    case .visibleField(let name):
      guard let known = visit.constant(name), !known.isSecret else { return }
      add(known.text, .fields, note)
    case .keyboard, .keys: add("keyboard", .sections, note)
    case .codeFormat: add("code", .sections, note)
    case .point, .rect: break
    }
  }

  private mutating func add(_ name: String, _ kind: Kind, _ note: (inout Use) -> Void) {
    note(&uses[kind, default: [:]][name, default: Use(name: name)])
  }
}
