import Bench
import RecorderModel
import RunJournal
import Scenario

/// What a player may use: small parts, each of which keeps its state to itself.
final class RunContext {
  /// What the recorder looks like.
  let model: RecorderModel
  /// Who can be asked to do what only a person can do; nil in an unattended run.
  let attendant: (any Operator)?
  /// Who reads what stands in a picture.
  let reader: any WordReader
  /// What things are called.
  let wording: Wording
  /// The time there is.
  let time: RunTime
  /// What must not be written.
  let secrecy: Secrecy
  /// The values that texts refer to.
  let values: ValueStore
  /// Operators are told of searches here.
  let trace: SearchTrace
  /// What is known of a recorder with a past.
  let knowledge: Knowledge
  /// Whether somebody holds the recorder back.
  let holds: HoldWatch
  /// Brings it to where the scenario begins, and back.
  var preparation: Preparation {
    Preparation(
      context: self, scenario: scenario, hasSwitch: hasSwitch, firmware: values.firmware,
      updateMayTake: updateMayTake)
  }
  /// The part that leaves what is open on a recorder with a past.
  private(set) lazy var leaving = StockParts.leaving(
    labels: Set(model.labels.keys), images: Set(model.images.keys),
    refusesInline: model.flow.refusals == .inline)
  /// The part that sees the live view of such a recorder.
  private(set) lazy var seeingLive = StockParts.seeingLive(
    labels: Set(model.labels.keys), images: Set(model.images.keys))
  /// How the recorder is given another password, with no scenario that says how; nil where it can't
  /// be.
  let passwordWay: PasswordWay?
  private let updateMayTake: Duration?
  private let scenario: Scenario
  private let hasSwitch: Bool
  /// What happened is written down here.
  let log: RunLog
  /// Pictures of steps are kept here.
  let pictures: RunPictures
  /// The devices used so far.
  let devices: DevicePool
  /// Whose fault it is, by independent witnesses.
  let witnesses: Witnesses
  /// What screens show.
  let observer: Observer
  /// Where things are in a picture.
  let finder: TargetFinder
  /// Where the fields of the model are in a picture.
  var fields: FieldFinder { FieldFinder(model: model, finder: finder) }
  /// What comes unasked is sent away here.
  let popUps: PopUps
  /// The pointer is brought to targets here.
  let pointing: Pointing
  /// What must be seen is awaited here.
  let expectations: Expectations
  /// The supply.
  let plug: Plug
  /// The mail.
  let mailboxes: Mailboxes
  /// The steps so far.
  let stepBook: StepBook
  /// Who films the recorder's screen; nil where nobody does.
  private let camera: FilmCamera?

  init(
    _ request: RunRequest, sink: any JournalSink, reader: any WordReader, limbs: any LimbMaker,
    shelf: ReferenceShelf, trace: SearchTrace
  ) {
    let model = request.model
    let clock = request.bench.clock
    let lots = Lots()
    self.model = model
    self.reader = reader
    self.trace = trace
    attendant = request.attendant
    wording = Wording(labels: model.labels.mapValues(\.text))
    time = RunTime(clock: clock, patience: request.start.patience)
    secrecy = Secrecy(sink: sink)
    values = ValueStore(request, secrecy: secrecy, lots: lots)
    stepBook = StepBook()
    log = RunLog(sink: sink, clock: clock, secrecy: secrecy, stepBook: stepBook)
    let holds = HoldWatch(request.past)
    self.holds = holds
    knowledge = Knowledge(request, values: values, time: time, log: log, holds: holds)
    scenario = request.scenario
    updateMayTake = request.updateMayTake
    let hasSwitch = request.bench.devices[Bench.defaultDevice]?.power != nil
    self.hasSwitch = hasSwitch
    let way =
      request.labPassword == nil || request.past == nil
      ? nil
      : PasswordWay(
        PasswordWay.Means(
          labels: Set(model.labels.keys), fields: Set(model.fields.keys),
          hasCode: model.code != nil,
          hasMailbox: request.bench.devices[Bench.defaultDevice]?.mailbox != nil,
          canRestart: hasSwitch || model.boot.rebootsByItself))
    passwordWay = way
    pictures = RunPictures(
      model: model, shelf: shelf, log: log, secrecy: secrecy, trace: trace)
    let camera = request.film.map {
      FilmCamera(
        $0, of: model, shelf: shelf, noInput: request.noInput, calibration: request.calibration)
    }
    self.camera = camera
    devices = DevicePool(request.bench) { name, device in
      if name == Bench.defaultDevice, let screen = device.screen as? any SharedScreen {
        camera?.follow(screen, on: clock)
      }
      return DeviceState(
        name: name, device: device, model: model, limbs: limbs, clock: clock,
        photometry: shelf.photometry(name == Bench.defaultDevice ? request.calibration : nil),
        camera: name == Bench.defaultDevice ? camera : nil)
    }
    mailboxes = Mailboxes(
      MailPlan([request.scenario] + [way?.part].compactMap { $0 }), values: values, time: time,
      log: log, devices: devices,
      operators: request.log)
    witnesses = Witnesses(
      request, time: time, log: log, secrecy: secrecy, reader: reader, mailboxes: mailboxes)
    observer = Observer(request, time: time, log: log, witnesses: witnesses, holds: holds)
    finder = TargetFinder(
      model: model, wording: wording, shelf: shelf, reader: reader, values: values,
      secrecy: secrecy, trace: trace)
    let texts = TextsRead(finder: finder, reader: reader, pictures: pictures, secrecy: secrecy)
    popUps = PopUps(
      model: model, time: time, log: log, observer: observer, finder: finder,
      witnesses: witnesses)
    pointing = Pointing(
      request, wording: wording, time: time, log: log, pictures: pictures, secrecy: secrecy,
      lots: lots, observer: observer, finder: finder, witnesses: witnesses, popUps: popUps,
      texts: texts)
    expectations = Expectations(
      Judging(
        model: model, wording: wording, finder: finder, values: values, witnesses: witnesses),
      texts: texts,
      wording: wording, time: time, log: log, pictures: pictures, secrecy: secrecy,
      observer: observer, popUps: popUps, pointing: pointing, witnesses: witnesses)
    plug = Plug(
      request, wording: wording, time: time, log: log, observer: observer, finder: finder,
      witnesses: witnesses, holds: holds)
  }

  /// Says what of the picture a film must not show from now on.
  ///
  /// - Parameter step: the step that plays; nil for none.
  func veilFilm(in step: StepState?) {
    camera?.draw(
      FilmVeil(
        boxes: secrecy.veil
          + [step?.typedField?.veiled, step?.typedKeyboard].compactMap { $0 },
        typed: secrecy.typed,
        findsKeyboard: secrecy.hidesKeyboard || step?.isSensitive ?? false,
        isSensitive: step?.isSensitive ?? false))
  }

  /// Lets nobody film any more.
  func stopFilming() async { await camera?.stop() }
}
