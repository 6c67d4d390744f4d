import CGMime
import Glibc

/// GMime, which wants to be told once that it is going to be used.
enum MIMELibrary {
  private static let started: Void = g_mime_init()

  /// Tells it.
  static func start() { started }
}

/// A message that GMime took apart.
final class MIMEMessage {
  /// How deep parts may lie in parts.
  private static let deepest = 32
  /// How much of a part is read, in bytes.
  private static let longestText = 1 << 20
  /// How much of the words of all parts is read, in characters: more than anybody reads of a mail.
  static let longestShown = 1 << 18
  /// How much of all parts is read, in bytes.
  private static let mostText = 2 << 20
  /// How many parts are looked at.
  static let mostParts = 500

  private let message: UnsafeMutablePointer<GMimeMessage>
  private let bytes: [UInt8]

  /// Takes a message apart.
  ///
  /// - Throws: when GMime makes nothing of it.
  init(_ bytes: [UInt8]) throws(MailError) {
    MIMELibrary.start()
    guard let message = gantry_read_message(bytes, bytes.count) else {
      throw MailError(reason: "it is no message in parts or without")
    }
    self.message = message
    self.bytes = bytes
  }

  deinit { gantry_release(message) }

  /// What was found in the parts.
  struct Parts {
    var plain: [MailText] = []
    var rich: [MailText] = []
    var isWhole = true
    /// How much more is read.
    fileprivate var left = MIMEMessage.longestShown
  }

  /// The fields of the message's own header.
  var fields: Fields { Fields(of: gantry_object_of_message(message)) }

  /// The parts that a person reads, in their order.
  func parts() -> Parts {
    var found = Parts()
    var left = (parts: Self.mostParts, text: Self.mostText)
    if let root = gantry_root_of_message(message) {
      read(root, depth: 0, left: &left, into: &found)
    }
    if found.plain.isEmpty && found.rich.isEmpty, let body = bodyOfNoParts() {
      // One that says that it has parts, and has none.
      found.take(body, fields: Fields(of: nil))
    }
    return found
  }

  private func read(
    _ part: UnsafeMutablePointer<GMimeObject>, depth: Int, left: inout (parts: Int, text: Int),
    into found: inout Parts
  ) {
    guard depth <= Self.deepest, left.parts > 0, left.text > 0, found.left > 0 else { return }
    left.parts -= 1
    switch gantry_kind_of_part(part) {
    case GANTRY_PART_MULTIPART:
      // Of parts in parts, the outer end counts: mailers forget the inner one.
      if depth == 0 && gantry_is_closed(part) == 0 { found.isWhole = false }
      for place in 0..<max(gantry_count_of_parts(part), 0) {
        guard let inner = gantry_part_at(part, place) else { continue }
        read(inner, depth: depth + 1, left: &left, into: &found)
      }
    case GANTRY_PART_MESSAGE:
      guard let inner = gantry_message_in_part(part), let root = gantry_root_of_message(inner)
      else { return }
      read(root, depth: depth + 1, left: &left, into: &found)
    case GANTRY_PART_TEXT, GANTRY_PART_LEAF:
      let fields = Fields(of: part)
      guard PartKind(fields) != .other, let content = gantry_content_of_part(part) else { return }
      defer { g_byte_array_unref(content) }
      let bytes = UnsafeBufferPointer(
        start: content.pointee.data,
        count: min(Int(content.pointee.len), Self.longestText, left.text))
      left.text -= bytes.count
      found.take(Array(bytes), fields: fields)
    default: return
    }
  }

  /// The body as it is.
  private func bodyOfNoParts() -> [UInt8]? {
    guard let root = gantry_root_of_message(message),
      gantry_kind_of_part(root) == GANTRY_PART_MULTIPART, gantry_count_of_parts(root) <= 0
    else { return nil }
    for place in bytes.indices.dropLast() where bytes[place] == 0x0a {
      let next = bytes[place + 1] == 0x0d ? place + 2 : place + 1
      if next < bytes.count, bytes[next] == 0x0a { return Array(bytes[(next + 1)...]) }
    }
    return nil
  }
}

extension MIMEMessage.Parts {
  /// Takes the words of a part.
  fileprivate mutating func take(_ content: [UInt8], fields: Fields) {
    let kind = PartKind(fields)
    let text = CharacterSets.text(of: content, charset: kind.charset, isHTML: kind.isHTML)
    let read: MailText
    if kind.isHTML || HTMLText.looksLikeHTML(text) {
      read = HTMLText.shown(text, upTo: left)
      rich.append(read)
    } else {
      read = MailText(plain: text, upTo: left)
      plain.append(read)
    }
    left = max(left - read.lines.reduce(0) { $0 + $1.characters.count + 1 }, 0)
  }
}

/// The fields of a header.
struct Fields {
  private let part: UnsafeMutablePointer<GMimeObject>?

  /// The fields of a part, for as long as the part is there; none of no part.
  init(of part: UnsafeMutablePointer<GMimeObject>?) {
    self.part = part
  }

  /// The values of all fields of a name, in their order, as far as fields are read.
  subscript(name: String) -> [String] {
    guard let part else { return [] }
    var values: [String] = []
    for place in 0..<max(gantry_count_of_fields(part), 0) {
      guard gantry_is_field_named(part, place, name) != 0,
        let value = gantry_value_of_field(part, place)
      else { continue }
      let bytes = UnsafeRawBufferPointer(
        start: value, count: strnlen(value, MessageBytes.longestField))
      values.append(String(decoding: bytes, as: UTF8.self))
      if values.count == MessageBytes.mostFieldsOfAName { break }
    }
    return values
  }
}

/// What a part holds, by its Content-Type and Content-Disposition, however badly they are written.
struct PartKind: Equatable {
  /// Whether it is HTML, or markup that reads like it.
  var isHTML = false
  /// The character set that it names, in lower case.
  var charset: String?
  private var isText = true

  /// A part that a person does not read.
  static var other: PartKind {
    var kind = PartKind()
    kind.isText = false
    return kind
  }

  private init() {}

  init(_ fields: Fields) {
    let disposition = (fields["content-disposition"].first ?? "").runTogether().lowercased()
    let type = (fields["content-type"].first ?? "text/plain").runTogether().lowercased()
    // Of `text/plain charset=utf-8` mail programs read both.
    let name = type.prefix { !$0.isWhitespace && $0 != ";" && $0 != "(" }
    let isRead =
      name.isEmpty || name == "text" || !name.contains("/")
      || (name.hasPrefix("text/") && !Self.unread.contains(String(name.dropFirst(5))))
      || name.hasPrefix("multipart/")
    guard isRead, !disposition.hasPrefix("attachment") else {
      self = .other
      return
    }
    isHTML = Self.markup.contains(String(name))
    if let match = type.firstMatch(of: /charset\s*\*?\s*=\s*["']?\s*([^"'\s;()]+)/) {
      charset = String(match.output.1)
    }
  }

  private static let markup: Set<String> = [
    "text/html", "text/enriched", "text/richtext", "text/x-html", "text/xhtml",
  ]
  private static let unread: Set<String> = [
    "calendar", "css", "csv", "directory", "javascript", "rfc822-headers", "vcard", "x-vcard",
    "x-amp-html", "xml",
  ]
}
