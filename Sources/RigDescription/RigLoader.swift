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
  /// How long a cut lasts at least where the file does not say.
  public static let defaultMinimumOff = Duration.seconds(10)

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
    let folder = SourceFiles.path(root["model"]?.text ?? "", beside: file)
    let virtual = root["virtual"].map { node in
      let last = folder.split(separator: "/").last.map(String.init) ?? ""
      return VirtualWiring(
        recorder: node["recorder"]?.locatedText
          ?? LocatedText(last, at: root["model"]?.location ?? node.location),
        defects: names(node["defects"]), faults: names(node["faults"]),
        autoReboot: node["autoReboot"]?.boolean, popUpAfter: node["popUpAfter"]?.duration,
        captureLines: node["captureLines"]?.integer)
    }
    return RigDescription(
      name: root["rig"]?.text ?? "", about: root["about"]?.text ?? "", modelFolder: folder,
      modelOverrides: rebooting(root["virtual"]?["autoReboot"]) + modelOverrides,
      devices: [device(root, file: file, &findings)], virtual: virtual,
      patience: root["patience"]?.integer ?? 1,
      noInput: root["noInput"]?.locatedText.map {
        LocatedText(SourceFiles.path($0.text, beside: file), at: $0.location)
      }, location: root.location)
  }

  private static func device(
    _ root: YAMLNode, file: String, _ findings: inout [Finding]
  ) -> DeviceWiring {
    if root["virtual"] != nil {
      findings += realHands(root)
      return virtualRecorder(root, file: file)
    }
    var maker = RealWiringMaker(file: file)
    let recorder = maker.recorder(root)
    findings += maker.findings
    return recorder
  }

  /// A virtual recorder has no socket for anything real.
  private static func realHands(_ root: YAMLNode) -> [Finding] {
    let keys = [
      ("screen", ["v4l2"]), ("mouse", ["hidGadget", "ch9329"]),
      ("power", ["gpioRelay", "usbRelay", "file"]),
    ]
    return keys.flatMap { part, names in
      names.compactMap { root[part]?.entry($0) }.map { entry in
        Finding(
          entry.keyLocation, "\"\(entry.key)\" can't be wired to a virtual recorder",
          remedy: "remove it, or virtual")
      }
    }
  }

  private static func virtualRecorder(_ root: YAMLNode, file: String) -> DeviceWiring {
    var recorder = DeviceWiring(
      name: DeviceWiring.recorder, screen: .virtual, mouse: .virtual,
      power: PowerWiring(
        switch: .virtual,
        minimumOff: root["power"]?["minimumOff"]?.duration ?? defaultMinimumOff),
      mail: .maildir(
        path: root["mail"]?["maildir"]?["path"]?.text.map { SourceFiles.path($0, beside: file) }))
    if root["screen"]?.text == "none" { recorder.screen = nil }
    if root["mouse"]?.text == "none" { recorder.mouse = nil }
    if root["power"]?.text == "none" { recorder.power = nil }
    if root["mail"]?.text == "none" { recorder.mail = nil }
    return recorder
  }

  /// A recorder that restarts otherwise than its model says needs a model that says so.
  private static func rebooting(_ node: YAMLNode?) -> [Override] {
    guard let node, node.boolean != nil else { return [] }
    let path = ["boot", "rebootsByItself"].map { LocatedText($0, at: node.location) }
    return [Override(path: path, value: node)]
  }

  private static func names(_ node: YAMLNode?) -> [LocatedText] {
    (node?.elements ?? []).compactMap(\.locatedText)
  }
}
