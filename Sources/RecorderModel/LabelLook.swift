import SourceYAML

/// What a label says with some versions of the firmware, or in one language: never anything that fits,
/// which would hide that a vendor has changed a word by mistake.
struct LabelLook {
  /// The words.
  var text: String
  /// The versions that say so; nil for all.
  var firmware: FirmwareRange?
  /// The language that says so; nil for all.
  var language: String?

  private static let words = FieldShape.required(
    "text", .scalar(.text), "The words on the screen.")
  private static let versions = FieldShape(
    "firmware", .scalar(.text), "The versions that say so, such as '>=4.2 <5'; all if left out.")
  private static let tongue = FieldShape(
    "language", .scalar(.text), "The language that says so; all if left out.")

  /// How the looks of a label are written.
  static let shape = Shape.list(
    ListShape(
      .object(
        ObjectShape(
          "a look", [words, versions, tongue],
          rules: [
            .atLeastOne(
              of: [versions.name, tongue.name], what: "what the look is bound to")
          ])), counts: 2...100, what: "a list of looks"))

  /// Reads a look; nil where it is written wrongly.
  ///
  /// - Parameters:
  ///   - node: the node.
  ///   - report: takes what is wrong.
  init?(_ node: YAMLNode, report: (Finding) -> Void) {
    guard let text = node[Self.words]?.text else { return nil }
    self.text = text
    language = node[Self.tongue]?.text
    guard let range = node[Self.versions], let written = range.text else { return }
    firmware = FirmwareRange(written)
    if firmware == nil {
      report(
        Finding(
          range.location, "\"\(written)\" says no versions",
          remedy: "write bounds such as '>=4.2 <5'"))
    }
  }

  /// Whether a recorder of a version and a language says so.
  func fits(firmware version: String?, language tongue: String?) -> Bool {
    (language == nil || language == tongue)
      && (firmware == nil || version.map { firmware?.contains($0) == true } ?? false)
  }
}
