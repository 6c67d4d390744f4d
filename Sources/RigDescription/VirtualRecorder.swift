public import SourceYAML

/// The recorder of a rig without hardware.
public struct VirtualRecorderSettings: Sendable, Hashable {
  /// The virtual recorder's model.
  public var recorder: LocatedText
  /// What is wrong with the recorder, by name.
  public var defects: [LocatedText]
  /// What is wrong with its ports, by name.
  public var faults: [LocatedText]
  /// Whether it restarts by itself after a password reset; nil means as its model does.
  public var autoReboot: Bool?
  /// When after each start a pop-up comes up unasked; nil leaves it to the seed.
  public var popUpAfter: Duration?
  /// How many lines the grabber delivers; nil for as many as the recorder sends.
  public var captureLines: Int?
  /// When defects and faults set in, by name; the others do as the flaw and the seed say.
  public var strikes: [LocatedText: Duration]
  /// What the grabber does to pictures.
  public var capture: VirtualCaptureSettings
  /// How much further fast movements of the mouse go, in hundredths for each count per millisecond;
  /// nil leaves it to the seed.
  public var acceleration: Int?
  /// What the pointer does that one of a plain recorder does not.
  public var pointer: VirtualPointerSettings
  /// The times in which the host gets nothing done.
  public var pauses: [VirtualPauseSettings]
  /// Whether the rig senses the supply behind the relay.
  public var hasSense: Bool
  /// The folder in which the recorder survives the runs, as it is seen from the working directory;
  /// nil where it is born with each.
  public var memory: LocatedText?
  /// The version of a new recorder's firmware; nil for the one that it ships with.
  public var firmware: LocatedText?
  /// The way that it leads through a reset.
  public var flow: VirtualFlowSettings

  /// Creates settings.
  public init(
    recorder: LocatedText, defects: [LocatedText], faults: [LocatedText], autoReboot: Bool?,
    popUpAfter: Duration? = nil, captureLines: Int? = nil, strikes: [LocatedText: Duration] = [:],
    capture: VirtualCaptureSettings = VirtualCaptureSettings(), acceleration: Int? = nil,
    pointer: VirtualPointerSettings = VirtualPointerSettings(),
    pauses: [VirtualPauseSettings] = [],
    hasSense: Bool = true, memory: LocatedText? = nil, firmware: LocatedText? = nil,
    flow: VirtualFlowSettings = VirtualFlowSettings()
  ) {
    self.recorder = recorder
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
    self.memory = memory
    self.firmware = firmware
    self.flow = flow
  }

  /// What the virtual recorder does not know of all that the file names.
  public func findings(
    knownRecorders: [String], knownFirmware: [String], knownDefects: [String],
    knownFaults: [String]
  ) -> [Finding] {
    func unknown(_ names: [LocatedText], _ known: [String], _ what: String) -> [Finding] {
      names.filter { !known.contains($0.text) }.map { name in
        Finding(
          name.location, "the virtual recorder knows no \(what) \"\(name.text)\"",
          remedy: NearestName.remedy(for: name.text, among: known, what: "\(what)s"))
      }
    }
    return unknown([recorder], knownRecorders, "model")
      + (knownFirmware.isEmpty
        ? [] : unknown([firmware].compactMap { $0 }, knownFirmware, "firmware"))
      + unknown(defects, knownDefects, "defect") + unknown(faults, knownFaults, "fault")
      + idleStrikes
  }

  /// Moments of what is not there.
  private var idleStrikes: [Finding] {
    let flaws = (defects + faults).map(\.text)
    let idle = strikes.keys.filter { !flaws.contains($0.text) }.sorted { $0.text < $1.text }
    return idle.map { name in
      Finding(
        name.location, "\"\(name.text)\" strikes, but is among neither defects nor faults",
        remedy: NearestName.remedy(for: name.text, among: flaws, what: "flaws"))
    }
  }
}

extension VirtualRecorderSettings {
  private static let names = Shape.list(
    ListShape(.scalar(.name), counts: 0...100, what: "a list of names"))

  private static let recorder = FieldShape(
    "recorder", .scalar(.name),
    "The virtual recorder's model; if left out, the last part of the model folder's path.")
  private static let defects = FieldShape("defects", names, "What is wrong with the recorder.")
  private static let faults = FieldShape("faults", names, "What is wrong with its ports.")
  private static let autoReboot = FieldShape(
    "autoReboot", .scalar(.boolean),
    "Whether it restarts by itself after a password reset; as the model says if left out.")
  private static let popUpAfter = FieldShape(
    "popUpAfter", .scalar(.duration),
    "When after each start a pop-up comes up unasked; by lot, if at all, if left out.")
  private static let captureLines = FieldShape(
    "captureLines", .scalar(.integer(240...2160)),
    "How many lines the grabber delivers; as many as the recorder sends if left out.")
  private static let strikes = FieldShape(
    "strikes", .names(NamesShape(.scalar(.duration), what: "a moment")),
    "When after the rig's start which defects and faults set in; a crash or a hang strikes then, or "
      + "with the next window. By lot, or at the start, if left out.")
  private static let capture = FieldShape(
    "capture", VirtualCaptureSettings.shape,
    "What the grabber does to pictures; by lot what is left out."
  ).shown(
    by: """
      virtual:
        capture: {tone: stretched, noise: 2.5, quality: 80}
      """)
  private static let acceleration = FieldShape(
    "acceleration", .scalar(.integer(0...100)),
    "How much further fast movements of the mouse go, in hundredths for each count per millisecond; "
      + "by lot if left out.")
  private static let pointer = FieldShape(
    "pointer", VirtualPointerSettings.shape,
    "What the recorder's pointer does that a plain one does not."
  ).shown(
    by: """
      virtual:
        pointer: {shapes: changing, acceleration: adaptive}
      """)
  private static let pauses = FieldShape(
    "pauses", VirtualPauseSettings.list,
    "Times in which the host gets nothing done, while the recorder goes on; none if left out."
  ).shown(
    by: """
      virtual:
        defects: [hangs-in-menu]
        strikes: {hangs-in-menu: 41s}
        pauses: [{at: 20s, for: 3s}]
      """)

  private static let sense = FieldShape(
    "sense", .scalar(.boolean),
    "Whether the supply is sensed behind the relay; true if left out.")

  private static let memory = FieldShape(
    "memory", .scalar(.text),
    "The folder, beside this file, in which the recorder survives the runs, with its mailbox if the "
      + "rig names none; it is born with each run if left out."
  ).shown(
    by: """
      virtual:
        memory: recorders/bench-4
      """)

  private static let firmware = FieldShape(
    "firmware", .scalar(.text),
    "The version of a new recorder's firmware, as `gantry virtual` lists them; the one that it ships "
      + "with if left out. One with a memory keeps what was flashed."
  ).shown(
    by: """
      virtual:
        firmware: 4.1.7
      """)

  /// What the section looks like.
  static let shape = Shape.object(
    ObjectShape(
      "virtual",
      [
        RecorderSocketSettings.at, recorder, defects, faults, autoReboot, popUpAfter, captureLines,
        strikes, capture, acceleration, pointer, pauses, sense, memory, firmware,
        VirtualFlowSettings.field,
      ]))

  /// Reads the section.
  ///
  /// - Parameters:
  ///   - section: the section.
  ///   - file: the rig file.
  ///   - model: what the recorder is called where the section does not say.
  init(_ section: YAMLNode, of file: String, model: LocatedText) {
    self.init(
      recorder: section[Self.recorder]?.locatedText ?? model,
      defects: Self.names(section[Self.defects]), faults: Self.names(section[Self.faults]),
      autoReboot: section[Self.autoReboot]?.boolean,
      popUpAfter: section[Self.popUpAfter]?.duration,
      captureLines: section[Self.captureLines]?.integer,
      strikes: Self.moments(section[Self.strikes]),
      capture: section[Self.capture].map { VirtualCaptureSettings($0) }
        ?? VirtualCaptureSettings(),
      acceleration: section[Self.acceleration]?.integer,
      pointer: section[Self.pointer].map { VirtualPointerSettings($0) }
        ?? VirtualPointerSettings(),
      pauses: (section[Self.pauses]?.elements ?? []).compactMap { VirtualPauseSettings($0) },
      hasSense: section[Self.sense]?.boolean ?? true,
      memory: section[Self.memory]?.locatedText.map {
        LocatedText(SourceFiles.path($0.text, beside: file), at: $0.location)
      }, firmware: section[Self.firmware]?.locatedText,
      flow: section[VirtualFlowSettings.field].map { VirtualFlowSettings($0) }
        ?? VirtualFlowSettings())
  }

  private static func moments(_ node: YAMLNode?) -> [LocatedText: Duration] {
    (node?.entries ?? []).reduce(into: [:]) { moments, entry in
      moments[LocatedText(entry.key, at: entry.keyLocation)] = entry.value.duration
    }
  }

  private static func names(_ node: YAMLNode?) -> [LocatedText] {
    (node?.elements ?? []).compactMap(\.locatedText)
  }

  /// What the model must say for the recorder to restart otherwise than its model does.
  static func modelOverrides(_ section: YAMLNode?) -> [Override] {
    guard let node = section?[autoReboot], node.boolean != nil else { return [] }
    func path(_ names: String...) -> [LocatedText] {
      names.map { LocatedText($0, at: node.location) }
    }
    let restart = YAMLNode(.scalar(node.boolean == true ? "self" : "plug"), at: node.location)
    return [
      Override(path: path("boot", "rebootsByItself"), value: node),
      Override(path: path("flow", "restart"), value: restart),
    ]
  }
}
