import SourceYAML

/// The keys of real devices in a rig file.
extension RigFormat {
  private static let text = Shape.scalar(.text)
  private static let none = Shape.scalar(.word(["none"]))

  private static let match = Shape.names(
    NamesShape(
      .scalar(.anyText), what: "a property", mayBeEmpty: false, takesAnyKey: true))
  private static let naming: [FieldShape] = [
    FieldShape("device", text, "The device's node, such as /dev/video0."),
    FieldShape(
      "match", match,
      "What the one device must be: udev properties or attributes; @KEY for one that it hangs on."),
  ]
  private static let isNamed: [ObjectRule] = [
    .atMostOne(of: ["device", "match"]), .atLeastOne(of: ["device", "match"], what: "its device"),
  ]
  private static let hubPort = Shape.object(
    ObjectShape(
      "hubPort",
      [
        FieldShape("hub", text, "The kernel's name of the hub, such as 1-1.2."),
        FieldShape(
          "match", match, "What the one hub must be, as for devices, where names may change."),
        .required("port", .scalar(.integer(1...255)), "The port, counted from 1."),
      ],
      rules: [
        .atMostOne(of: ["hub", "match"]), .atLeastOne(of: ["hub", "match"], what: "the hub"),
      ]))
  private static let contact = FieldShape.required(
    "contact", .scalar(.word(ContactWiring.allCases.map(\.rawValue))),
    "The relay's contact that the supply runs through.")

  /// How a picture comes.
  static let screen = Shape.forms(
    FormsShape(
      "a screen", example: "none, or {v4l2: {device: …}}", scalar: none,
      mapping: .object(ObjectShape("screen", [.required("v4l2", v4l2, "A capture device.")]))))

  private static let v4l2 = Shape.object(
    ObjectShape(
      "v4l2",
      naming + [
        FieldShape(
          "mode", text, "Size and rate such as 1920x1080@30, for devices that don't follow."),
        FieldShape(
          "format", .scalar(.word(CaptureWiring.formats)), "How pixels come; the best if left out."),
        FieldShape("edid", text, "A file with the EDID that the recorder is shown."),
        FieldShape(
          "hubPort", hubPort,
          "The port of a USB hub that cuts the device off when it hangs; if left out, the one that "
            + "it is seen to hang on."),
      ], rules: isNamed))

  /// How a mouse is moved.
  static let mouse = Shape.forms(
    FormsShape(
      "a mouse", example: "none, {hidGadget: {}} or {ch9329: {device: …}}", scalar: none,
      mapping: .object(
        ObjectShape(
          "mouse",
          [
            FieldShape("hidGadget", gadget, "A mouse on this host's USB device port."),
            FieldShape("ch9329", serial, "A mouse made by a CH9329 on a serial port."),
          ],
          rules: [
            .atMostOne(of: ["hidGadget", "ch9329"]),
            .atLeastOne(of: ["hidGadget", "ch9329"], what: "what moves it"),
          ]))))

  private static let gadget = Shape.object(
    ObjectShape(
      "hidGadget",
      [
        FieldShape("name", .scalar(.name), "The gadget's name in configfs; gantry if left out."),
        FieldShape("udc", text, "The USB device controller, where this host has several."),
        FieldShape("vendor", text, "The vendor's number, four hexadecimal digits."),
        FieldShape("product", text, "The product's number, four hexadecimal digits."),
        FieldShape("manufacturer", text, "The vendor's name."),
        FieldShape("productName", text, "The product's name."),
        FieldShape("serial", text, "The serial number."),
        FieldShape("remoteWakeup", .scalar(.boolean), "Whether it may wake the recorder."),
        FieldShape("interval", .scalar(.duration), "From one report to the next, at least."),
      ]))

  private static let serial = Shape.object(
    ObjectShape(
      "ch9329",
      naming + [
        FieldShape("baud", .scalar(.integer(1...4_000_000)), "Bits a second; 9600 if left out."),
        FieldShape(
          "hubPort", hubPort, "The port of a USB hub that cuts the chip off when it hangs."),
      ], rules: isNamed))

  /// How a supply is switched.
  static let power = Shape.forms(
    FormsShape(
      "a power switch", example: "none, or {minimumOff: 10s, gpioRelay: {…}}", scalar: none,
      mapping: .object(
        ObjectShape(
          "power",
          [
            FieldShape(
              "minimumOff", .scalar(.duration),
              "How long a cut lasts at least; 10s if left out."),
            FieldShape("gpioRelay", gpio, "A relay on a GPIO line."),
            FieldShape("usbRelay", board, "A relay on a USB board."),
            FieldShape("file", file, "A file that a switch is worked by."),
          ], rules: [.atMostOne(of: ["gpioRelay", "usbRelay", "file"])]))))

  private static let gpio = Shape.object(
    ObjectShape(
      "gpioRelay",
      [
        .required("chip", text, "The chip's label, its name such as gpiochip0, or its node."),
        .required("line", text, "The line's name or number."),
        FieldShape("activeLow", .scalar(.boolean), "Whether a low level gives the coil power."),
        contact,
        .required(
          "whenReleased", .scalar(.word(GPIORelayWiring.Fallback.allCases.map(\.rawValue))),
          "What becomes of the line when no program holds it: the recorder is powered, or the level "
            + "is kept. A line that would cut the recorder must be wired otherwise."),
      ]))

  private static let board = Shape.object(
    ObjectShape(
      "usbRelay",
      [
        FieldShape("match", match, "What the board must be, where there are several."),
        FieldShape("serial", text, "The board's five letters, where there are several."),
        .required("channel", .scalar(.integer(1...8)), "The relay, counted from 1."),
        contact,
      ]))

  private static let file = Shape.object(
    ObjectShape(
      "file",
      [
        .required("path", text, "The file, such as an attribute below /sys."),
        FieldShape("on", text, "What is written to supply the recorder; 1 if left out."),
        FieldShape("off", text, "What is written to cut it off; 0 if left out."),
      ]))
}
