import Frames

/// Writes the recorder's messages (RFC 5322, RFC 2045).
struct MailWriter {
  let model: VirtualModel
  /// The date on the recorder's clock.
  let date: CalendarDate
  /// Makes message identifiers and boundaries different.
  let number: Int

  /// The message with the secure code.
  func resetMessage(code: String, requestDate: CalendarDate) -> [UInt8] {
    let identity = model.identity
    let day = model.dateStyle.date(requestDate)
    let label = model.wordings.secureCode
    let plain = """
      Dear customer,

      you have asked to reset the password of your recorder \(identity.model) \
      (\(identity.serialNumber)) on \(day).

      \(label): \(code)

      Please enter it on the recorder within \(model.code.lifetime.wholeMinutes) minutes. \
      It is valid for this request only. If you did not ask for it, ignore this message.

      Best regards = \(identity.brand) support
      """
    let html = """
      <html><body><p>Dear customer,</p>
      <p>you have asked to reset the password of your recorder <b>\(identity.model)</b> \
      (\(identity.serialNumber)) on \(day).</p>
      <p style="font-size:20px">\(label): <b>\(code)</b></p>
      <p>Please enter it on the recorder within \(model.code.lifetime.wholeMinutes) minutes. \
      It is valid for this request only.</p></body></html>
      """
    return message(subject: "Reset\r\n Password", plain: plain, html: html)
  }

  /// A message about something that a camera saw.
  func motionMessage(camera: String, event: Int) -> [UInt8] {
    let when = model.dateStyle.dateAndTime(date)
    let plain = "Motion detected on camera \(camera) at \(when).\n\nEvent number: \(event)\n"
    let html =
      "<html><body><p>Motion detected on camera <b>\(camera)</b> at \(when).</p></body></html>"
    return message(subject: "Motion detected - \(camera)", plain: plain, html: html)
  }

  private func message(subject: String, plain: String, html: String) -> [UInt8] {
    let identity = model.identity
    let host = "\(identity.model.lowercased()).recorder.example"
    let boundary = "----=_Part_\(identity.serialNumber)_\(number)"
    let lines = [
      "Received: from \(host) by mail.lab.example with ESMTP id \(number);",
      "\t\(date.mailHeader)",
      "Date: \(date.mailHeader)",
      "From: \"\(identity.brand)\" <no-reply@recorder.example>",
      "To: \(identity.mailAddress)",
      "Subject: \(subject)",
      "Message-ID: <\(identity.serialNumber).\(number)@\(host)>",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative;",
      "\tboundary=\"\(boundary)\"",
      "",
      "This is a message in several parts.",
      "--\(boundary)",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      MailWriter.quotedPrintable(plain),
      "--\(boundary)",
      "Content-Type: text/html; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      MailWriter.quotedPrintable(html),
      "--\(boundary)--",
      "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  /// The text in quoted-printable (RFC 2045, 6.7), lines of at most 76 characters.
  static func quotedPrintable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var encoded = ""
      var column = 0
      let bytes = Array(line.utf8)
      for (index, byte) in bytes.enumerated() {
        let isLastBlank = byte == 0x20 && index == bytes.count - 1
        let isPlain = (0x20...0x7e).contains(byte) && byte != 0x3d && !isLastBlank
        let unit = isPlain ? String(UnicodeScalar(byte)) : "=" + byte.hexadecimal
        if column + unit.count > 75 {
          encoded += "=\r\n"
          column = 0
        }
        encoded += unit
        column += unit.count
      }
      return encoded
    }.joined(separator: "\r\n")
  }
}

extension UInt8 {
  /// Two digits in upper case.
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }
}

extension Duration {
  /// Minutes, rounded down.
  var wholeMinutes: Int64 { components.seconds / 60 }
}
