import Frames
import RunJournal
import Scenario
import SourceYAML

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
  var before: Look? {
    didSet { if beforeAll == nil { beforeAll = before } }
  }
  /// The picture before the first try of the action.
  private(set) var beforeAll: Look?
  /// What the action was done at in that picture.
  var boxesBefore: [PixelRect] = []
  /// What did not count in that picture.
  var ignoredBefore: [PixelRect] = []
  /// What the hand was last brought to.
  var aim: Place?
  /// The click that was made there.
  var press: Press?
  /// A picture from after the action, and from before the hand moved again.
  var after: Look?
  /// The reference images that were looked for, in order.
  var references: [String] = []
  /// What was looked for on the present picture, and what came of it.
  var searches: [Judgement.Search] = []
  /// The field that a secret is typed into; nil where none is.
  var typedField: PixelRect?
  /// The keyboard that a secret is typed on; nil where none is.
  var typedKeyboard: PixelRect?
  /// The number of the frame from before its action that was kept, or could not be.
  var keptBefore: Int?
  /// Whether the last picture before its end was kept, or could not be.
  var hasLastPicture = false
  /// Whether the pointer was moved off the places of pop-ups.
  var hasUncoveredPopUps = false
  /// The ways of the model's flow that were taken in it.
  var waysTaken: Set<String> = []
  /// What ends the rounds that it plays, while a part of it may look for that.
  var roundsEnd: Expectation?
  /// Whether that was seen.
  var haveRoundsEnded = false
  /// Pop-ups sent away in this step.
  var interruptions = 0

  /// Whether the action or the expectation is about losing and regaining the picture.
  private let concernsSignal: Bool

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
      || step.action?.needs.concernSignal ?? false
  }

  /// Stands for what happens to a device outside of steps, which may well be about its signal.
  init(outsideOn device: DeviceState, location: SourceLocation) {
    (number, parent, path, isSensitive, concernsSignal) = (0, nil, "", false, true)
    self.device = device
    step = Step(
      name: "", action: nil, expectation: nil, attempts: 1, isSensitive: false, condition: nil,
      device: nil, location: location)
  }

  /// The number that journals know it by; nil for what happens outside of steps.
  var journalled: Int? { number == 0 ? nil : number }

  /// Whether this step, or one that it is a part of, is about losing and regaining the picture.
  var concernsSignalUpwards: Bool { concernsSignal || parent?.concernsSignalUpwards ?? false }
}

extension Needs {
  /// Whether an action is about losing or regaining the picture.
  fileprivate var concernSignal: Bool {
    if switchesSupply { return true }
    return plays.expectations.contains(where: \.predicate.meaning.concernsSignal)
  }

  /// Whether an action switches the supply.
  var switchesSupply: Bool {
    switch supply {
    case .cut, .restored: true
    case .indifferent, .needed: false
    }
  }
}
