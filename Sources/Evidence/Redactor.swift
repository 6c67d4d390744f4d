import OrderedJSON
import RunJournal

/// Takes known secrets out of text, however the text was escaped on its way.
///
/// Nothing that writes should ever hold a secret; this stands behind all of them.
struct Redactor: Sendable {
  /// What stands where a secret stood.
  static let mark = "•••"

  /// Secrets shorter than this many characters are left alone: taking them out would garble every
  /// other word, and give them away by what is missing.
  static let shortest = 3

  /// The forms to look for, longest first, so that one secret inside another leaves no rest.
  private var forms: [String] = []

  /// Adds a secret.
  mutating func add(_ secret: String) {
    guard secret.count >= Self.shortest else { return }
    for form in Self.forms(of: secret) where !forms.contains(form) { forms.append(form) }
    forms.sort { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// The text without the secrets.
  func redact(_ text: String) -> String {
    var text = text
    for form in forms where text.contains(form) { text = text.replacing(form, with: Self.mark) }
    return text
  }

  /// The secret as it is, and as JSON, HTML and URLs write it.
  private static func forms(of secret: String) -> [String] {
    let json = JSONValue.string(secret).description.dropFirst().dropLast()
    var percent = ""
    for byte in secret.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
        percent.append(character)
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        percent += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return [secret, String(json), Markup.escaped(secret), percent]
  }
}
