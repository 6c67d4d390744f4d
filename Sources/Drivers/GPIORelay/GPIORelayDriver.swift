public import Bench
public import RigDescription

extension GPIORelaySettings: PowerDriver {
  /// The line. It needs no care: the kernel lends each to one holder only.
  public func lockName(in locks: LockFolder) throws(RigFault) -> String {
    "GPIO line \(line) of \(chip)"
  }

  /// Requests the line.
  public func open(in locks: LockFolder) throws(RigFault) -> any PowerLine {
    try GPIOPowerLine(self)
  }

  /// Who uses the line; its level can be read by its holder only.
  public func status(in locks: LockFolder) throws(RigFault) -> PowerStatus {
    let chip = try GPIOChip.named(self.chip)
    let user = try chip.line(try chip.offset(of: line)).consumer
    return PowerStatus(
      holder: user.map { "another program, as \($0)" }, isOn: nil,
      ignorance: "not known without taking the switch")
  }

  /// What a line does that keeps its level.
  public var caveat: String? {
    switch whenReleased {
    case .powered: nil
    case .kept:
      "the line keeps its level when nobody holds it, so that a cut in which guardian and program "
        + "die lasts until the next run"
    }
  }

  /// All chips that may be opened.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] {
    GPIOChip.all(in: tree).map { chip in
      UsableDevice(
        part: .power, name: chip.name, about: "GPIO chip \(chip.label), \(chip.lines) lines",
        rigLine: "power: {\(key): {chip: \(chip.label.quotedForYAML), line: 0, "
          + "contact: normally-closed, whenReleased: powered}}")
    }
  }
}
