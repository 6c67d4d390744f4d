/// A firmware by what tells it from all others: its version, as the screen shows it, and the digest of
/// the image that was flashed. Nightly builds share a version, so that a version alone names none.
public struct FirmwareImage: Sendable, Hashable, CustomStringConvertible {
  /// What the screen shows.
  public var version: String
  /// SHA-256 of the image, 64 digits in hex.
  public var digest: String

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - version: what the screen shows, without `@`.
  ///   - digest: 64 digits in hex, without `sha256:`.
  public init(version: String, digest: String) {
    self.version = version
    self.digest = digest
  }

  /// Reads `VERSION@sha256:DIGEST`, as `gantry flash` says it; nil where the text is none.
  public init?(_ text: String) {
    guard let at = text.firstIndex(of: "@") else { return nil }
    let version = text[..<at]
    guard !version.isEmpty, let digest = Self.digest(text[text.index(after: at)...]) else {
      return nil
    }
    self.init(version: String(version), digest: digest)
  }

  /// `VERSION@sha256:DIGEST`, as runs are booked.
  public var description: String { "\(version)@sha256:\(digest)" }

  /// The image with the beginning of its digest, for people.
  public var short: String { "\(version) (sha256:\(digest.prefix(12)))" }

  /// The hex digits of `sha256:DIGEST`; nil where the text is none.
  static func digest(_ text: Substring) -> String? {
    let mark = "sha256:"
    guard text.hasPrefix(mark) else { return nil }
    let digits = text.dropFirst(mark.count)
    guard digits.utf8.count == 64,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return String(digits)
  }
}
