import OrderedJSON

/// Keeps known secrets out of text.
///
/// What a run writes itself should never hold a secret; ``redacted(_:)`` stands behind it and takes
/// secrets out, however the text was escaped on its way. Text that somebody else wrote (what was read
/// off a screen, what a mail server said) may spell a secret with blanks or in other cases, and give
/// it away by what is left: ``withheld(_:instead:)`` writes nothing of it.
public struct Redactor: Sendable {
  /// What stands where a secret stood.
  public static let mark = "•••"

  /// Shorter secrets are left in text: taking them out would garble every other word, and give them
  /// away by what is missing.
  private static let shortestTakenOut = 3
  /// Shorter secrets are not looked for in text of others: they would be found in any.
  private static let shortestLookedFor = 4

  /// The forms to take out, longest first, so that one secret inside another leaves no rest.
  private var forms: [String] = []
  /// The secrets without blanks, in small letters.
  private var folded: [String] = []

  /// Knows no secret.
  public init() {}

  /// Adds a secret.
  ///
  /// - Parameters:
  ///   - secret: its characters.
  ///   - escapes: the secret as it is written in other kinds of text; JSON and URLs are known.
  public mutating func add(_ secret: String, escaped escapes: [String] = []) {
    if secret.count >= Self.shortestTakenOut {
      for form in Self.forms(of: secret) + escapes where !forms.contains(form) {
        forms.append(form)
      }
      forms.sort { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }
    let bare = Self.folded(secret)
    if bare.count >= Self.shortestLookedFor, !folded.contains(bare) { folded.append(bare) }
  }

  /// The text without the secrets.
  public func redacted(_ text: String) -> String {
    var text = text
    for form in forms where text.contains(form) { text = text.replacing(form, with: Self.mark) }
    return text
  }

  /// The text, or a placeholder when it holds a secret, however spaced or cased.
  public func withheld(_ text: String, instead placeholder: String) -> String {
    let bare = Self.folded(text)
    return folded.contains { bare.contains($0) } ? placeholder : text
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace }
  }

  /// The secret as it is, and as JSON and URLs write it.
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
    return [secret, String(json), percent]
  }
}
