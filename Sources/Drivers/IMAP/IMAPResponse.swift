/// What a server says in one go (RFC 3501, section 7).
enum IMAPResponse: Hashable, Sendable {
  /// It waits for the rest of a command.
  case continuation
  /// How the command of a tag ended.
  case done(tag: String, IMAPStatus)
  /// How the server, or the connection, is.
  case status(IMAPStatus)
  /// What was asked for, or something that the server tells unasked.
  case data([IMAPValue])
}

/// How a command ended, or how a server is.
struct IMAPStatus: Hashable, Sendable {
  /// The word that it begins with.
  enum Condition: String, Sendable {
    case ok = "OK"
    case no = "NO"
    case bad = "BAD"
    case bye = "BYE"
    case preauthenticated = "PREAUTH"
  }

  var condition: Condition
  /// The words of the code in brackets, such as `UIDNEXT` and `4392`; none where there is none.
  var code: [String]
  /// What is left for people.
  var text: String

  /// The first word of the code, in capitals.
  var kind: String? { code.first?.uppercased() }

  /// The number of a code of a kind, such as the 4392 of `UIDNEXT 4392`.
  func number(of kind: String) -> UInt32? {
    self.kind == kind && code.count > 1 ? UInt32(code[1]) : nil
  }
}

/// A piece of data in a response.
enum IMAPValue: Hashable, Sendable {
  /// A word, a number or a flag, with all that stands in its brackets.
  case atom(String)
  /// A text or a message, quoted or counted.
  case string([UInt8])
  /// Nothing.
  case `nil`
  /// Several values.
  case list([IMAPValue])
}

extension IMAPValue {
  /// The value as text: an atom's, or a string's.
  var text: String? {
    switch self {
    case .atom(let text): text
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .nil, .list: nil
    }
  }

  /// A string's bytes; an atom's, since some servers write a text that needs no quotes without.
  var bytes: [UInt8]? {
    switch self {
    case .atom(let text): Array(text.utf8)
    case .string(let bytes): bytes
    case .nil, .list: nil
    }
  }

  /// A number that is no string.
  var number: UInt32? {
    if case .atom(let text) = self { UInt32(text) } else { nil }
  }

  /// The values of a list.
  var values: [IMAPValue]? {
    if case .list(let values) = self { values } else { nil }
  }
}

/// Something that no server says that keeps to RFC 3501.
struct IMAPGarble: Error, Hashable, Sendable {
  /// What it is, in a sentence without a final stop.
  var reason: String
}
