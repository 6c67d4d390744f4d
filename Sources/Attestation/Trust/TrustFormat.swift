public import SourceYAML

/// What a trust file looks like.
public enum TrustFormat {
  /// The shapes of a trust file.
  public static let book = ShapeBook(
    title: "Gantry trust",
    about:
      "A trust file: whose signatures under decisions and ledgers are believed, and since when.",
    root: root, shapes: [])

  static let trust = FieldShape.required("trust", .scalar(.name), "The file's name.")
  static let about = FieldShape("about", .scalar(.text), "One sentence for people.")

  static let name = FieldShape.required(
    "name", .scalar(.text), "What people call the key, which no other one in the file is called.")
  static let publicKey = FieldShape.required(
    "public", .scalar(.text),
    "The public key, Ed25519: its PEM text, the base64 within, or its 64 hex digits; "
      + "gantry key show prints it."
  ).shown(by: "public: MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
  static let from = FieldShape(
    "from", .scalar(.text), "Since when the key signs; from the beginning if left out."
  ).shown(by: "from: 2026-01-01T00:00:00Z")
  static let until = FieldShape(
    "until", .scalar(.text),
    "Until when the key signs; what says that it was signed later is refused. Without end if left out."
  ).shown(by: "until: 2027-01-01T00:00:00Z")
  static let why = FieldShape.required("why", .scalar(.text), "Why it is not believed any longer.")
  static let revokedAt = FieldShape(
    "at", .scalar(.text), "When that was found out; for people, since nothing signed by it counts.")
  static let revoked = FieldShape(
    "revoked", .object(ObjectShape("revoked", [why, revokedAt])),
    "Says that nothing signed by this key is believed, whenever it says that it was signed: whoever "
      + "has a stolen key also chooses the time."
  ).shown(by: "revoked: {why: The laptop that had it was stolen.}")
  static let keys = FieldShape.required(
    "keys",
    .list(
      ListShape(
        .object(ObjectShape("key", [name, publicKey, from, until, revoked])), what: "a list of keys"
      )
    ),
    "The keys, old ones too: what they signed while they were in use stays good.")

  private static let root = Shape.object(ObjectShape("a trust file", [trust, about, keys]))
}
