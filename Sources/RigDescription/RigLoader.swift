public import SourceYAML

/// What a rig file says, as far as it could be read, and all that is wrong with it.
public struct ParsedRig: Sendable {
  /// The rig; with findings, only good for looking for more of them. Nil where there is none.
  public var rig: RigDescription?
  /// All mistakes, in the order of their places.
  public var findings: [Finding]

  /// Creates a result.
  public init(rig: RigDescription?, findings: [Finding]) {
    self.rig = rig
    self.findings = findings
  }

  /// The rig, if nothing is wrong with it.
  public func checked() throws(Findings) -> RigDescription {
    guard let rig, findings.isEmpty else { throw Findings(findings) }
    return rig
  }
}

/// Reads rig files.
public enum RigLoader {
  /// Reads a rig file.
  ///
  /// - Parameters:
  ///   - file: the rig file.
  ///   - overrides: values that replace those of the file; those below `model.` go to the model.
  ///   - files: where the file comes from.
  /// - Returns: what it says.
  public static func load(
    file: String, overrides: [Override] = [], files: SourceFiles = .disk
  ) -> ParsedRig {
    let reading = YAMLReader.read(file: file, from: files)
    var findings = reading.findings
    guard var root = reading.root else { return ParsedRig(rig: nil, findings: findings) }
    var modelOverrides: [Override] = []
    for override in overrides {
      if let below = override.below("model") {
        modelOverrides.append(below)
        continue
      }
      do throws(Finding) {
        root = try root.applying(override)
      } catch {
        findings.append(error)
      }
    }
    let (tree, structural) = ShapeCheck.check(root, against: RigFormat.book)
    findings += structural
    guard tree.isMapping else {
      return ParsedRig(rig: nil, findings: Findings(findings).all)
    }
    let rig = rig(tree, file: file, modelOverrides: modelOverrides, &findings)
    return ParsedRig(rig: rig, findings: Findings(findings).all)
  }

  private static func rig(
    _ root: YAMLNode, file: String, modelOverrides: [Override], _ findings: inout [Finding]
  ) -> RigDescription {
    var reader = SectionReader(file: file)
    let folder = reader.path(root[RigFormat.model]) ?? SourceFiles.path("", beside: file)
    let section = root[RigFormat.virtual]
    // A recorder that is a process of its own is wired as real devices are.
    let process = section.flatMap { section in
      section[RecorderSocketSettings.at].map { _ in RecorderSocketSettings(section, &reader) }
    }
    let born = process == nil ? section : nil
    let virtual = born.map { section in
      let last = folder.split(separator: "/").last.map(String.init) ?? ""
      return VirtualRecorderSettings(
        section, of: file,
        model: LocatedText(last, at: root[RigFormat.model]?.location ?? section.location))
    }
    let identity = RecorderIdentity(
      root[RecorderIdentity.field], rig: root[RigFormat.rig]?.text ?? "", &reader)
    let recorder =
      section == nil ? real(root, &reader) : virtualRecorder(root, process: process, &reader)
    let flash = FlashSettings(root[FlashSettings.field], &reader)
    findings += reader.findings
    var rig = RigDescription(
      name: root[RigFormat.rig]?.text ?? "", about: root[RigFormat.about]?.text ?? "",
      modelFolder: folder,
      modelOverrides: VirtualRecorderSettings.modelOverrides(born) + modelOverrides,
      recorder: identity, devices: [recorder], virtual: virtual,
      patience: root[RigFormat.patience]?.integer ?? 1,
      noInput: root[RigFormat.noInput]?.locatedText.map {
        LocatedText(SourceFiles.path($0.text, beside: file), at: $0.location)
      }, location: root.location)
    rig.flash = flash
    rig.rigClass = root[RigFormat.rigClass]?.text
    rig.tags = (root[RigFormat.tags]?.elements ?? []).compactMap(\.text)
    return rig
  }

  // MARK: A recorder of hardware

  /// The hands and eyes of a rig of real devices; what is left out is not wired.
  private static func real(_ root: YAMLNode, _ reader: inout SectionReader) -> DeviceWiring {
    var wiring = DeviceWiring(
      name: DeviceWiring.recorder,
      screen: choice(root[RigFormat.screen], of: DriverRegistry.screens, key: { $0.key })
        .map { .driver($0.init($1, &reader)) },
      mouse: choice(root[RigFormat.mouse], of: DriverRegistry.mice, key: { $0.key })
        .map { .driver($0.init($1, &reader)) },
      power: root[RigFormat.power].flatMap { power($0, &reader) },
      mail: root[RigFormat.mail].flatMap { mail($0, &reader) })
    wiring.mailTraits = mailTraits(root[RigFormat.mail])
    return wiring
  }

  private static func mail(
    _ node: YAMLNode, _ reader: inout SectionReader
  ) -> Wiring<any MailSettings>? {
    needed(
      node, of: DriverRegistry.mailboxes, key: { $0.key }, lack: "mail without a mailbox", &reader
    )
    .map { .driver($0.init($1, &reader)) }
  }

  private static func mailTraits(_ mail: YAMLNode?) -> MailTraits {
    MailTraits(
      isTrusted: mail?[RigFormat.delivery] != nil, naming: mail?[RigFormat.naming]?.text)
  }

  private static func power(_ node: YAMLNode, _ reader: inout SectionReader) -> PowerWiring? {
    let found = needed(
      node, of: DriverRegistry.switches, key: { $0.key }, lack: "power without a switch", &reader)
    guard let (driver, section) = found else { return nil }
    let settings = driver.init(section, &reader)
    return PowerWiring(
      switch: .driver(settings), minimumOff: minimumOff(node), isTrusted: isTrusted(node),
      sense: sense(node, besides: settings, &reader))
  }

  private static func sense(
    _ power: YAMLNode, besides settings: any PowerSettings, _ reader: inout SectionReader
  ) -> SupplySenseSettings? {
    guard let node = power[RigFormat.sense], node.isMapping else { return nil }
    let sense = SupplySenseSettings(node)
    if (settings as? GPIORelaySettings)?.isLine(of: sense) == true {
      reader.report(
        Finding(
          node.location, "the sense is the relay's own line, which says what was ordered",
          remedy: "name a line that is wired behind the contact"))
    }
    return sense
  }

  private static func minimumOff(_ power: YAMLNode?) -> Duration {
    power?[RigFormat.minimumOff]?.duration ?? PowerWiring.defaultMinimumOff
  }

  private static func isTrusted(_ power: YAMLNode?) -> Bool {
    power?[RigFormat.supply] != nil
  }

  /// The driver that a part has a section for, which a part that is wired must have.
  private static func needed<Driver>(
    _ part: YAMLNode, of drivers: [Driver], key: (Driver) -> String, lack: String,
    _ reader: inout SectionReader
  ) -> (driver: Driver, section: YAMLNode)? {
    guard part.isMapping else { return nil }
    if let found = choice(part, of: drivers, key: key) { return found }
    let keys = ScalarShape.choice(of: drivers.map(key))
    reader.report(
      Finding(part.location, lack, remedy: "add \(keys), or write \(RigFormat.none)"))
    return nil
  }

  /// The driver that a part has a section for.
  private static func choice<Driver>(
    _ part: YAMLNode?, of drivers: [Driver], key: (Driver) -> String
  ) -> (driver: Driver, section: YAMLNode)? {
    for driver in drivers {
      if let section = part?[key(driver)] { return (driver, section) }
    }
    return nil
  }

  // MARK: A recorder in software

  private static func virtualRecorder(
    _ root: YAMLNode, process: RecorderSocketSettings?, _ reader: inout SectionReader
  ) -> DeviceWiring {
    refuseDevices(root, mailboxes: process != nil, &reader)
    func isWired(_ part: FieldShape) -> Bool { root[part]?.text != RigFormat.none }
    // Its mail lies where the rig says, so that others can read it, too.
    let drivers = process == nil ? DriverRegistry.mailboxes : []
    let mail: Wiring<any MailSettings> =
      process.map { .driver($0) }
      ?? choice(root[RigFormat.mail], of: drivers, key: { $0.key })
      .map { .driver($0.init($1, &reader)) } ?? .virtual
    if let imap = mail.settings as? IMAPSettings, imap.probe == nil, let node = root[RigFormat.mail]
    {
      reader.report(
        Finding(
          node.location, "nothing says where a virtual recorder sends its mail",
          remedy: "add a probe to imap: the recorder's mail goes the same way"))
    }
    var wiring = DeviceWiring(
      name: DeviceWiring.recorder,
      screen: isWired(RigFormat.screen) ? process.map { .driver($0) } ?? .virtual : nil,
      mouse: isWired(RigFormat.mouse) ? process.map { .driver($0) } ?? .virtual : nil,
      power: isWired(RigFormat.power)
        ? PowerWiring(
          switch: process.map { .driver($0) } ?? .virtual,
          minimumOff: minimumOff(root[RigFormat.power]),
          isTrusted: isTrusted(root[RigFormat.power])) : nil,
      mail: isWired(RigFormat.mail) ? mail : nil)
    wiring.mailTraits = mailTraits(root[RigFormat.mail])
    return wiring
  }

  /// A virtual recorder has no socket for anything real; one that is a process of its own has its
  /// mailbox, too.
  private static func refuseDevices(
    _ root: YAMLNode, mailboxes: Bool, _ reader: inout SectionReader
  ) {
    let parts = [
      (RigFormat.screen, DriverRegistry.screens.map { $0.key }),
      (RigFormat.mouse, DriverRegistry.mice.map { $0.key }),
      (RigFormat.power, DriverRegistry.switches.map { $0.key } + [RigFormat.sense.name]),
      (RigFormat.mail, mailboxes ? DriverRegistry.mailboxes.map { $0.key } : []),
    ]
    for (part, keys) in parts {
      for entry in keys.compactMap({ root[part]?.entry($0) }) {
        reader.report(
          Finding(
            entry.keyLocation, "\"\(entry.key)\" can't be wired to a virtual recorder",
            remedy: "remove it, or virtual"))
      }
    }
  }
}
