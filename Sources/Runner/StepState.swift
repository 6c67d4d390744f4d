import Frames
import Scenario

/// One step while it plays.
final class StepState {
  /// Counts the steps of the run as they begin.
  let number: Int
  /// The step that this one is a part of.
  let parent: StepState?
  /// The names from the top to here.
  let path: String
  /// The step.
  let step: Step
  /// What it is played on.
  let device: DeviceState
  /// Whether its details stay out of the journal.
  let isSensitive: Bool
  /// Which try of the action it is.
  var attempt = 1
  /// The picture before the action.
  var before: Look?
  /// What the action was done at in that picture.
  var boxesBefore: [PixelRect] = []
  /// What did not count in that picture.
  var ignoredBefore: [PixelRect] = []
  /// What the hand was last brought to.
  var aim: Place?
  /// A picture from after the action, and from before the hand moved again.
  var after: Look?
  /// The reference images that were looked for, in order.
  var references: [String] = []
  /// Whether the action or the expectation is about losing and regaining the picture.
  var concernsSignal: Bool
  /// The field that a secret is typed into; nil where none is.
  var typedField: PixelRect?
  /// The keyboard that a secret is typed on; nil where none is.
  var typedKeyboard: PixelRect?
  /// Pop-ups sent away in this step.
  var interruptions = 0

  /// The number that journals know it by; nil for what happens outside of steps.
  var journalled: Int? { number == 0 ? nil : number }

  init(
    number: Int, parent: StepState?, path: String, step: Step, device: DeviceState,
    isSensitive: Bool
  ) {
    self.number = number
    self.parent = parent
    self.path = path
    self.step = step
    self.device = device
    self.isSensitive = isSensitive
    concernsSignal =
      step.expectation?.predicate.meaning.concernsSignal ?? false
      || step.action?.concernsSignal ?? false
  }
}

extension Action {
  /// Whether it is about losing or regaining the picture.
  fileprivate var concernsSignal: Bool {
    switch needs.supply {
    case .cut, .restored: return true
    case .indifferent, .needed: break
    }
    switch needs.plays {
    case .none, .part: return false
    case .branches(let branches, _):
      return branches.contains(where: \.expectation.predicate.meaning.concernsSignal)
    }
  }
}
