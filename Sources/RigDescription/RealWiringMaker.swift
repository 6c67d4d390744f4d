import SourceYAML

/// Makes wirings of real devices from a checked tree.
struct RealWiringMaker {
  let file: String
  private(set) var findings: [Finding] = []

  init(file: String) {
    self.file = file
  }

  /// The hands and eyes of a rig without a virtual recorder; what is left out is not wired.
  mutating func recorder(_ root: YAMLNode) -> DeviceWiring {
    var mail: MailWiring?
    if let path = root["mail"]?["maildir"]?["path"]?.text {
      mail = .maildir(path: SourceFiles.path(path, beside: file))
    }
    return DeviceWiring(
      name: DeviceWiring.recorder, screen: root["screen"]?["v4l2"].map { screen($0) },
      mouse: root["mouse"].flatMap { mouse($0) }, power: root["power"].flatMap { power($0) },
      mail: mail)
  }

  private mutating func screen(_ node: YAMLNode) -> ScreenWiring {
    var mode: CaptureWiring.Mode?
    if let text = node["mode"]?.locatedText {
      mode = CaptureWiring.Mode(text.text)
      if mode == nil {
        findings.append(
          Finding(
            text.location, "\"\(text.text)\" is no mode",
            remedy: "write one such as 1920x1080@30"))
      }
    }
    return .v4l2(
      CaptureWiring(
        device: naming(node), mode: mode, format: node["format"]?.text,
        edid: node["edid"]?.text.map { SourceFiles.path($0, beside: file) },
        hubPort: hubPort(node["hubPort"])))
  }

  private mutating func mouse(_ node: YAMLNode) -> MouseWiring? {
    if let gadget = node["hidGadget"] {
      return .hidGadget(
        GadgetWiring(
          name: gadget["name"]?.text ?? "gantry", controller: gadget["udc"]?.text,
          vendor: number(gadget["vendor"]), product: number(gadget["product"]),
          manufacturer: gadget["manufacturer"]?.text, productName: gadget["productName"]?.text,
          serial: gadget["serial"]?.text, remoteWakeup: gadget["remoteWakeup"]?.boolean ?? false,
          interval: gadget["interval"]?.duration ?? .milliseconds(8)))
    }
    guard let chip = node["ch9329"] else { return nil }
    return .ch9329(
      SerialMouseWiring(
        device: naming(chip), baud: speed(chip["baud"]), hubPort: hubPort(chip["hubPort"])))
  }

  private mutating func speed(_ node: YAMLNode?) -> Int {
    guard let node else { return SerialMouseWiring.speeds[0] }
    if let speed = node.integer, SerialMouseWiring.speeds.contains(speed) { return speed }
    if let text = node.locatedText {
      let list = SerialMouseWiring.speeds.map(String.init).joined(separator: ", ")
      findings.append(
        Finding(
          text.location, "\"\(text.text)\" is no speed of a serial port",
          remedy: "write one of \(list)"))
    }
    return SerialMouseWiring.speeds[0]
  }

  private func hubPort(_ node: YAMLNode?) -> HubPortNaming? {
    guard let node, let port = node["port"]?.integer else { return nil }
    let hub = node["hub"]?.text.map(DeviceNaming.node) ?? .match(properties(node["match"]))
    return HubPortNaming(hub: hub, port: port)
  }

  private mutating func power(_ node: YAMLNode) -> PowerWiring? {
    guard node.isMapping else { return nil }
    let minimumOff = node["minimumOff"]?.duration ?? RigLoader.defaultMinimumOff
    if let gpio = node["gpioRelay"] {
      let wiring = GPIORelayWiring(
        chip: gpio["chip"]?.text ?? "", line: gpio["line"]?.text ?? "",
        activeLow: gpio["activeLow"]?.boolean ?? false, contact: contact(gpio),
        whenReleased: gpio["whenReleased"]?.text.flatMap(GPIORelayWiring.Fallback.init) ?? .powered)
      return PowerWiring(switch: .gpioRelay(wiring), minimumOff: minimumOff)
    }
    if let board = node["usbRelay"] {
      let wiring = BoardRelayWiring(
        match: properties(board["match"]), serial: board["serial"]?.text,
        channel: board["channel"]?.integer ?? 1, contact: contact(board))
      return PowerWiring(switch: .usbRelay(wiring), minimumOff: minimumOff)
    }
    if let file = node["file"] {
      let wiring = SwitchFileWiring(
        path: SourceFiles.path(file["path"]?.text ?? "", beside: self.file),
        on: file["on"]?.text ?? "1", off: file["off"]?.text ?? "0")
      return PowerWiring(switch: .file(wiring), minimumOff: minimumOff)
    }
    findings.append(
      Finding(
        node.location, "power without a switch",
        remedy: "add gpioRelay, usbRelay or file, or write none"))
    return nil
  }

  private func contact(_ node: YAMLNode) -> ContactWiring {
    node["contact"]?.text.flatMap(ContactWiring.init) ?? .normallyClosed
  }

  private func naming(_ node: YAMLNode) -> DeviceNaming {
    node["device"]?.text.map(DeviceNaming.node) ?? .match(properties(node["match"]))
  }

  private func properties(_ node: YAMLNode?) -> [DeviceNaming.Property] {
    (node?.entries ?? []).map { .init(key: $0.key, value: $0.value.text ?? "") }
  }

  private mutating func number(_ node: YAMLNode?) -> UInt16? {
    guard let text = node?.locatedText else { return nil }
    if let number = UInt16(text.text, radix: 16), text.text.count == 4 { return number }
    findings.append(
      Finding(
        text.location, "\"\(text.text)\" is no number of a USB device",
        remedy: "write four hexadecimal digits such as \"046d\""))
    return nil
  }
}
