/// What a value is that is read off a screen: it is compared as that.
public enum ValueKind: String, Sendable, Hashable, CaseIterable {
  /// A text: compared letter by letter.
  case text
  /// A day, written in numbers: `2026-11-29`, `29.11.2026`, `11/29/2026`.
  case date
  /// A decimal number: `7`, `+0.50`, `-3`.
  case number
  /// A version: parts between dots, dashes, spaces or underscores; a leading `V` says nothing.
  case version
  /// A name for one thing, such as a serial number: white space in it says nothing.
  case id
}
