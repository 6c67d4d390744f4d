import FoundationEssentials
import SourceYAML

/// The forms of text that policies and waivers have and other files have not.
enum GateTexts {
  // MARK: Days

  /// A day in UTC.
  static let day = ScalarShape.form(
    TextForm(
      "a day", example: "one such as 2026-12-31", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
      accepts: { dayAfter($0) != nil }))

  /// The instant at which a day is over; nil where the text is no day.
  static func dayAfter(_ text: String) -> Date? {
    guard text.utf8.count == 10, let start = try? Date("\(text)T00:00:00Z", strategy: .iso8601),
      start.formatted(.iso8601).hasPrefix(text)
    else { return nil }
    return start.addingTimeInterval(86_400)
  }

  // MARK: Ages

  /// A length of time in which runs count.
  static let age = ScalarShape.form(
    TextForm(
      "a length of time", example: "one such as 12h, 30d or 8w", pattern: "^[1-9][0-9]{0,5}[hdw]$",
      accepts: { seconds($0) != nil }))

  private static let units: [Character: Double] = ["h": 3600, "d": 86_400, "w": 7 * 86_400]

  /// The seconds of `12h`, `30d` or `8w`; nil where the text is none.
  static func seconds(_ text: String) -> Double? {
    guard let unit = text.last.flatMap({ units[$0] }), let count = wholeNumber(text.dropLast()),
      (1...999_999).contains(count)
    else { return nil }
    return Double(count) * unit
  }

  /// A whole number in plain digits without a sign.
  private static func wholeNumber(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.first != "0" ? Int(text) : nil
  }

  // MARK: Digests

  /// A digest.
  static let digest = ScalarShape.form(
    TextForm(
      "a digest", example: "sha256: and 64 digits in hex", pattern: "^sha256:[0-9a-f]{64}$",
      accepts: { FirmwareImage.digest($0[...]) != nil }))

  /// A firmware with the digest of its image.
  static let image = ScalarShape.form(
    TextForm(
      "a firmware with its digest",
      example: "VERSION@sha256:DIGEST, as gantry flash says it",
      pattern: "^[^@]+@sha256:[0-9a-f]{64}$", accepts: { FirmwareImage($0) != nil }))

  // MARK: Shares

  /// A share in per cents.
  static let share = ScalarShape.form(
    TextForm(
      "a share", example: "one such as 95 %", pattern: "^[0-9]+(\\.[0-9]+)? ?%$",
      accepts: { percent($0).map { $0 > 0 && $0 < 1 } ?? false }))

  /// The share that `95 %` or `95%` is, 0…1 for 0…100 %; nil where the text is none.
  static func percent(_ text: String) -> Double? {
    guard text.hasSuffix("%") else { return nil }
    return decimal(trimmed(text.dropLast())).map { $0 / 100 }
  }

  /// Digits with an optional fraction.
  static func decimal(_ text: Substring) -> Double? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({
        !$0.isEmpty && $0.utf8.count < 10 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
      })
    else { return nil }
    return Double(text)
  }

  /// The text without the space around it.
  static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  // MARK: Limits

  /// The most that a measurement may be.
  static let limit = ScalarShape.form(
    TextForm(
      "a limit", example: "one such as 60s, 62.5, baseline or baseline + 10 %",
      pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h)?|baseline( *\\+ *[0-9]+(\\.[0-9]+)? ?%)?)$",
      accepts: { MeasurementLimit.Most($0) != nil }))
}
