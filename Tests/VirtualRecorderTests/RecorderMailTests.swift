import Frames
import Testing

@testable import VirtualRecorder

@Suite("Mail from the virtual recorder")
struct RecorderMailTests {
  /// The bytes of the first reset mail.
  private func resetMail(_ model: VirtualModel, seed: UInt64 = 7) -> (String, OutgoingMail)? {
    let harness = RecorderHarness(model, seed: seed, unkindness: .mail)
    harness.chooseIcon()
    harness.click(.forgotPassword)
    var found: (String, OutgoingMail)?
    _ = harness.wait(upTo: 60) {
      for mail in harness.device.drainMail() {
        let text = String(decoding: mail.bytes, as: UTF8.self)
        if text.contains("Reset\r\n Password") { found = (text, mail) }
      }
      return found != nil
    }
    return found
  }

  @Test("The reset mail is a message in parts with a folded subject", arguments: VirtualModel.all)
  func shape(_ model: VirtualModel) throws {
    let (text, _) = try #require(resetMail(model))
    #expect(text.contains("\r\nSubject: Reset\r\n Password\r\n"))
    #expect(text.contains("Content-Type: multipart/alternative;\r\n\tboundary="))
    #expect(text.contains("Content-Transfer-Encoding: quoted-printable"))
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.utf8.count <= 998 })
    #expect(!text.replacing("\r\n", with: "").contains("\n"))
    #expect(text.contains("Date: Sat, 14 Mar 2026 09:26:"))
  }

  @Test("The reset mail names the date as the screen shows it")
  func date() throws {
    let (text, _) = try #require(resetMail(.summitSeries))
    #expect(text.replacing("=\r\n", with: "").contains("14.03.2026"))
  }

  @Test("It lands among junk at some seeds and in the inbox at others")
  func folders() {
    let folders = (1...12 as ClosedRange<UInt64>).compactMap { seed in
      resetMail(.nightSeries, seed: seed)?.1.folder
    }
    #expect(folders.count == 12)
    #expect(folders.contains(.junk))
    #expect(folders.contains(.inbox))
  }

  @Test("Other mail comes at some seeds")
  func otherMail() {
    let counts = (1...12 as ClosedRange<UInt64>).map { seed in
      let harness = RecorderHarness(.nightSeries, seed: seed, unkindness: .mail)
      harness.wait(220)
      return harness.device.drainMail().count
    }
    #expect(counts.contains(0))
    #expect(counts.contains { $0 > 0 })
  }

  @Test("Quoted-printable breaks long lines and escapes what mail may not carry")
  func quotedPrintable() {
    #expect(MailWriter.quotedPrintable("a = b") == "a =3D b")
    #expect(MailWriter.quotedPrintable("é ") == "=C3=A9=20")
    let long = String(repeating: "x", count: 80)
    let encoded = MailWriter.quotedPrintable(long)
    #expect(encoded == String(long.prefix(75)) + "=\r\n" + String(long.suffix(5)))
  }
}
