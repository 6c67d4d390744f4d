import Frames

/// Which recorder to make, and what is to be wrong with it and its rig.
public struct VirtualRecorderOptions: Sendable, Hashable {
  /// A name of ``VirtualCatalogue/models``; nil is the default.
  public var model: String?
  /// Where everything that is drawn by lot comes from.
  public var seed: UInt64
  /// Names of ``VirtualCatalogue/defects``.
  public var defects: [String]
  /// Names of ``VirtualCatalogue/faults``.
  public var faults: [String]
  /// Whether the recorder restarts by itself after a password reset; nil leaves it to the model.
  public var autoReboot: Bool?
  /// When after each start a pop-up comes up unasked; nil leaves it to the seed, which lets none
  /// come up on most recorders.
  public var popUpAfter: Duration?
  /// How many lines the grabber delivers; nil for as many as the recorder sends. Even.
  public var captureLines: Int?
  /// When defects and faults set in, by name; the others do as the flaw and the seed say.
  public var strikes: [String: Duration]
  /// What the grabber does to pictures.
  public var capture: CaptureOptions
  /// The stretch of fast movements per count per millisecond above a threshold; nil leaves it to
  /// the seed.
  public var acceleration: Double?
  /// What the pointer does that one of a plain recorder does not.
  public var pointer: PointerOptions
  /// The times in which the host gets nothing done.
  public var pauses: [HostPause]
  /// Whether the rig senses the supply behind the relay.
  public var hasSense: Bool
  /// The version of a new recorder's firmware; nil for the one that it ships with.
  public var firmware: String?
  /// How many times longer than from a quick grabber pictures may stay away.
  public var patience: Int
  /// The way that it leads through a reset.
  public var flow: ResetFlow

  /// Creates options.
  public init(
    model: String? = nil, seed: UInt64 = 1, defects: [String] = [], faults: [String] = [],
    autoReboot: Bool? = nil, popUpAfter: Duration? = nil, captureLines: Int? = nil,
    strikes: [String: Duration] = [:], capture: CaptureOptions = CaptureOptions(),
    acceleration: Double? = nil, pointer: PointerOptions = PointerOptions(),
    pauses: [HostPause] = [], hasSense: Bool = true, firmware: String? = nil,
    flow: ResetFlow = ResetFlow(), patience: Int = 1
  ) {
    self.patience = patience
    self.model = model
    self.seed = seed
    self.defects = defects
    self.faults = faults
    self.autoReboot = autoReboot
    self.popUpAfter = popUpAfter
    self.captureLines = captureLines
    self.strikes = strikes
    self.capture = capture
    self.acceleration = acceleration
    self.pointer = pointer
    self.pauses = pauses
    self.hasSense = hasSense
    self.firmware = firmware
    self.flow = flow
  }
}

/// A name that the virtual recorder does not know.
public struct UnknownVirtualName: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was to be named: `model`, `defect` or `fault`.
  public var kind: String
  /// The name.
  public var name: String
  /// The names that are known.
  public var known: [String]

  /// One line, such as `no fault is called x; there are: …`.
  public var description: String {
    "no \(kind) is called \(name); there are: \(known.joined(separator: ", "))"
  }
}

extension VirtualRecorderOptions {
  /// The name of the model that is asked for.
  var modelName: String { model ?? VirtualModel.all[0].name }

  /// The model that is asked for, with what the options change of it.
  func virtualModel() throws(UnknownVirtualName) -> VirtualModel {
    guard var model = VirtualModel.named(modelName) else {
      throw UnknownVirtualName(
        kind: "model", name: modelName, known: VirtualCatalogue.models.map(\.name))
    }
    if let firmware { _ = try model.knownRelease(firmware) }
    if let autoReboot { model.restartsAfterReset = autoReboot }
    model.flow = flow
    return model
  }

  /// The defects that are asked for.
  func virtualDefects() throws(UnknownVirtualName) -> Set<VirtualDefect> {
    try Self.named(defects, "defect", VirtualDefect.self)
  }

  /// When which of some flaws set in, where that is said.
  func moments<Kind: RawRepresentable<String> & Hashable>(_ kind: Kind.Type) -> [Kind: Duration] {
    strikes.reduce(into: [:]) { moments, strike in
      if let flaw = Kind(rawValue: strike.key) { moments[flaw] = strike.value }
    }
  }

  /// What a list of names means.
  static func named<Kind: RawRepresentable<String> & CaseIterable & Hashable>(
    _ names: [String], _ kind: String, _: Kind.Type
  ) throws(UnknownVirtualName) -> Set<Kind> {
    var kinds: Set<Kind> = []
    for name in names {
      guard let known = Kind(rawValue: name) else {
        throw UnknownVirtualName(
          kind: kind, name: name, known: Kind.allCases.map(\.rawValue))
      }
      kinds.insert(known)
    }
    return kinds
  }
}

extension VirtualRig {
  /// Creates a recorder that has been running for long, with its ports, at instant zero.
  ///
  /// - Parameters:
  ///   - options: which recorder.
  ///   - memory: where the recorder lives between runs; it goes on from there. Nil of one that is
  ///     born with the rig.
  ///   - pace: how fast the rig's time goes.
  ///   - calendarStart: the date at instant zero, in seconds since 1970; nil has it drawn, after
  ///     that of the memory.
  ///   - deliver: puts a message into the mailbox at the instant when it arrives; what it throws
  ///     becomes a fault of the mailbox.
  /// - Throws: when a model, defect or fault is unknown.
  public init(
    _ options: VirtualRecorderOptions, memory: RecorderMemoryFolder? = nil,
    pace: VirtualClock.Pace, calendarStart: Double? = nil,
    deliver: @escaping @Sendable (MailArrival) throws -> Void
  ) throws(UnknownVirtualName) {
    let faults = try VirtualRecorderOptions.named(
      options.faults, "fault", VirtualFault.self)
    let calendarStart =
      calendarStart ?? memory?.found.map { Self.start(after: $0.device.at, seed: options.seed) }
      ?? Self.calendarStart(options.seed)
    self.init(
      device: RecorderDevice(
        model: try options.virtualModel(), seed: options.seed,
        defects: try options.virtualDefects(), calendarStart: calendarStart,
        onsets: options.moments(VirtualDefect.self), noticeAfter: options.popUpAfter,
        acceleration: options.acceleration, pointer: options.pointer, firmware: options.firmware,
        memory: memory?.found?.device, stick: { memory?.stickImage() }),
      seed: options.seed,
      faults: FaultPlan(
        faults, seed: options.seed, moments: options.moments(VirtualFault.self)),
      captureLines: options.captureLines, capture: options.capture,
      hasSense: options.hasSense, patience: options.patience,
      clock: VirtualClock(pace: pace, calendarStart: calendarStart, pauses: options.pauses),
      memory: memory, deliver: deliver)
  }

  /// When a run begins on a recorder whose last one ended at a moment: 20 seconds to ten minutes
  /// later, rather sooner than later, on a whole second.
  private static func start(after end: Moment, seed: UInt64) -> Double {
    var lots = RandomStream(seed: seed, for: .gap)
    let luck = lots.number(in: 0...1)
    let gap = Int64(((20 + 580 * luck * luck) * 1e9).rounded())
    let start = Timeline(zero: Moment(nanoseconds: end.nanoseconds + gap)).calendarStart
    return start.rounded(.up)
  }

  /// A day from 2026 to 2028, between eight in the morning and six in the evening.
  private static func calendarStart(_ seed: UInt64) -> Double {
    var lots = RandomStream(seed: seed, for: .calendar)
    let newYear2026 = 1_767_225_600
    let day = lots.integer(in: 0...1095)
    return Double(newYear2026 + day * 86_400 + lots.integer(in: (8 * 3600)...(18 * 3600)))
  }
}
