public import SourceYAML

/// What is wired to this host around one recorder, as checked values; it opens nothing.
public struct RigDescription: Sendable {
  /// The rig's name, such as `virtual`.
  public var name: String
  /// One sentence for people; empty where the file has none.
  public var about: String
  /// What kind of rig it is; nil where the file does not say.
  public var rigClass: String?
  /// What suites may ask of it beside.
  public var tags: [String] = []
  /// The folder of the recorder's model, seen from the working directory.
  public var modelFolder: String
  /// Values that replace those of the model file.
  public var modelOverrides: [Override]
  /// Which recorder it is.
  public var recorder: RecorderIdentity
  /// The devices, the recorder first.
  public var devices: [DeviceWiring]
  /// The virtual recorder, where the rig has no hardware.
  public var virtual: VirtualRecorderSettings?
  /// How gantry flash gets another firmware onto the recorder; nil where nobody says.
  public var flash: FlashSettings?
  /// How many times longer than a scenario says its waits last, on a rig that is slow; cuts of
  /// power and holding buttons keep their times.
  public var patience: Int
  /// The file of the picture that the grabber makes up when it has no input, and where the rig
  /// names it; nil where none is known.
  public var noInput: LocatedText?
  /// Where the file begins.
  public var location: SourceLocation

  /// Creates a description.
  public init(
    name: String, about: String, modelFolder: String, modelOverrides: [Override],
    recorder: RecorderIdentity? = nil, devices: [DeviceWiring],
    virtual: VirtualRecorderSettings?,
    patience: Int = 1,
    noInput: LocatedText? = nil, location: SourceLocation
  ) {
    self.name = name
    self.about = about
    self.modelFolder = modelFolder
    self.modelOverrides = modelOverrides
    self.recorder = recorder ?? RecorderIdentity(id: name)
    self.devices = devices
    self.virtual = virtual
    self.patience = patience
    self.noInput = noInput
    self.location = location
  }

  /// Whether the recorder is there before a run and after it: one in software is born with the run,
  /// unless it has a memory.
  public var hasPast: Bool { virtual.map { $0.memory != nil } ?? true }

  /// Whether the recorder is one in software, of this process or of one of its own.
  public var isVirtual: Bool {
    virtual != nil || devices.contains { $0.screen?.settings is RecorderSocketSettings }
  }

  /// The device of a name.
  public func device(_ name: String) -> DeviceWiring? { devices.first { $0.name == name } }
}
