import Frames

/// What mail servers, and others who use them, do to a message.
extension OutgoingMail {
  /// The mail that a rig sends itself.
  static func probe(number: Int, at instant: MonotonicInstant) -> OutgoingMail {
    let lines = [
      "From: rig@lab.example", "To: rig@lab.example", "Subject: Probe \(number) of the rig's mail",
      "Message-ID: <probe.\(number)@lab.example>", "", "Nobody has to read this.", "",
    ]
    return OutgoingMail(
      bytes: Array(lines.joined(separator: "\r\n").utf8), folder: .inbox, sentAt: instant)
  }

  /// Bytes that are no message.
  var garbled: OutgoingMail {
    var mail = self
    mail.bytes = bytes.map { $0 ^ 0x95 }
    return mail
  }

  /// The same in the other folder.
  var inOtherFolder: OutgoingMail {
    var mail = self
    mail.folder = folder == .inbox ? .junk : .inbox
    return mail
  }

  /// What another recorder of the same kind sends when it is asked for a code: all numbers of the
  /// text are other ones. Nil of mail that is about something else.
  var ofAnother: OutgoingMail? {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { $0.hasPrefix("Subject: Reset") }) else { return nil }
    var isHeader = true
    let others = lines.map { line -> String in
      if line.hasPrefix("--") || line.isEmpty { isHeader = !line.isEmpty }
      if line.hasPrefix("Message-ID: <") { return String(line).replacing("<", with: "<another.") }
      return isHeader ? String(line) : Self.withOtherNumbers(line)
    }
    var mail = self
    mail.bytes = Array(others.joined(separator: "\r\n").utf8)
    return mail
  }

  /// A line in quoted-printable with other digits, but for those of its encoding.
  private static func withOtherNumbers(_ line: Substring) -> String {
    var kept = 0
    return String(
      line.map { character in
        if character == "=" { kept = 3 }
        if kept > 0 { kept -= 1 }
        guard kept == 0, let digit = character.wholeNumberValue, character.isASCII else {
          return character
        }
        return Character("\((digit + 1) % 10)")
      })
  }
}
