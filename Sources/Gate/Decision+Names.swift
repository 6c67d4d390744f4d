import MarkupText

extension Decision {
  /// A name of the gate for others, as a URN (RFC 8141).
  public var gateName: String { "urn:gantry:gate:\(Self.part(gate))" }

  /// A name of the firmware for others, as a URN (RFC 8141).
  public var firmwareName: String {
    "urn:gantry:firmware:\(Self.part(product)):\(Self.part(firmware.version))"
  }

  private static func part(_ text: String) -> String { Markup.percents(in: text, but: "-._") }
}
