import Bench
import Frames
import RecorderModel
import RunJournal
import Testing

@testable import Runner

@Suite("Mail after the request")
struct MailTests {
  private let text =
    "steps:\n  - name: Ask\n    click: {image: a}\n"
    + "  - name: Fetch\n    mail:\n      subject: Reset Password\n      folders: [INBOX, Junk]\n"
    + "      within: 2m\n      save: {secureCode: code}\n"
    + "  - name: Enter\n    type: {into: code, text: \"${secureCode}\"}\n"

  private func stage(_ setUp: (inout Stage.World) -> Void) -> Stage {
    Stage { world in
      world.scene.pictures = [
        ("a", PixelPoint(x: 250, y: 60)), ("keyboard", PixelPoint(x: 60, y: 120)),
      ]
      world.onType = { world, text in world.log.append("typed \(text)") }
      setUp(&world)
    }
  }

  /// Delivers mails some seconds after the click that asks for them.
  private func mailing(
    _ send: @escaping @Sendable (inout Stage.World) -> Void
  ) -> Stage {
    stage { world in
      world.deliver("old", subject: "Reset Password", text: "Your code: 111111", order: 1)
      world.onClick = { world, point, _ in
        if world.scene.hits("a", point) { world.later(20, send) }
      }
    }
  }

  @Test("Only mail that came after the request counts")
  func afterTheRequest() async throws {
    let stage = mailing {
      $0.deliver("new", subject: "Reset Password", text: "Your code: 482913", order: 2)
    }
    let play = try await play(text, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.stage.log.contains("typed 482913"))
  }

  @Test("A pattern finds its value in the midst of a mail, and none without end is looked for")
  func pattern() async throws {
    func asking(_ pattern: String) async throws -> Play {
      let stage = mailing {
        $0.deliver(
          "new", subject: "Reset Password",
          text: "Dear customer,\n\nwhat you asked for is 482913.\nDo not answer.", order: 2)
      }
      return try await play(
        text.replacing("secureCode: code", with: "secureCode: {pattern: '\(pattern)'}"), on: stage)
    }
    let found = try await asking("asked for is (\\d+)")
    #expect(found.end.verdict == .passed, "\(found.reason)")
    #expect(found.stage.log.contains("typed 482913"))
    let other = try await asking("your number is (\\d+)")
    #expect(other.end.verdict == .errored)
    #expect(other.reason.hasSuffix("nothing in the mail fits the pattern of secureCode"))
    let endless = try await asking("((?:.+)+)+[!?]")
    #expect(endless.end.verdict == .errored)
    #expect(endless.reason.contains("matching the pattern takes more than"))
  }

  @Test("Mail that comes between the request and the wait counts")
  func beforeTheWait() async throws {
    let stage = stage { world in
      world.onClick = { world, point, _ in
        guard world.scene.hits("a", point) else { return }
        world.deliver("n", subject: "RE: reset password", text: "code 482913", order: 2)
      }
    }
    #expect(try await play(text, on: stage).end.verdict == .passed)
  }

  @Test("Of two that fit the newest by the server's order counts")
  func newest() async throws {
    let stage = mailing {
      $0.deliver("n1", subject: "Reset Password", text: "code 222222", order: 9)
      $0.deliver("n2", subject: "Reset Password", text: "code 333333", order: 4, folder: "Junk")
    }
    let play = try await play(text, on: stage)
    #expect(play.stage.log.contains("typed 222222"))
  }

  @Test("Two that fit and came at the same time are an error")
  func tie() async throws {
    let stage = mailing {
      $0.deliver("n1", subject: "Reset Password", text: "code 222222", order: 9)
      $0.deliver("n2", subject: "Reset Password", text: "code 333333", order: 9)
    }
    #expect(try await play(text, on: stage).end.verdict == .errored)
  }

  @Test("A reachable mailbox without the mail is the recorder's failure")
  func none() async throws {
    let stage = mailing { $0.deliver("n1", subject: "News", text: "code 222222", order: 9) }
    let play = try await play(text, on: stage)
    #expect(play.end.verdict == .failed)
    #expect(play.end.step == "Fetch")
    #expect(play.reason.contains("1 others"))
    #expect(play.end.cause?.code == "no-mail")
  }

  @Test(
    "No mail convicts nobody where nothing shows that mail gets through",
    arguments: [
      (MailProbe.lost, "mail-undelivered"), (.impossible, "mail-unproven"),
      (.arrived(after: .seconds(2)), "no-mail"),
    ])
  func unproven(probe: MailProbe, code: String) async throws {
    let play = try await play(text, on: stage { $0.onProbe = { _ in probe } })
    #expect(play.end.cause?.code == code, "\(play.reason)")
  }

  @Test("A mail that comes after its time is late, by whomsoever")
  func late() async throws {
    let stage = stage {
      $0.onProbe = { world in
        world.deliver("new", subject: "Reset Password", text: "Your code: 482913", order: 2)
        return .arrived(after: .seconds(5))
      }
    }
    let play = try await play(text, on: stage)
    #expect(play.end.cause?.code == "mail-late", "\(play.reason)")
  }

  @Test("The recorder is not blamed for a code that may be another recorder's")
  func others() async throws {
    let stage = mailing { world in
      world.deliver("theirs", subject: "Reset Password", text: "Your code: 222222", order: 3)
      world.later(40) {
        $0.deliver("ours", subject: "Reset Password", text: "Your code: 482913", order: 4)
      }
    }
    let refused = text + "    expect: {image: b}\n    within: 60s\n"
    let play = try await play(refused, on: stage)
    #expect(play.end.cause?.code == "mail-ambiguous", "\(play.reason)")
  }

  @Test("An unreachable mailbox is the rig's fault")
  func unreachable() async throws {
    let stage = mailing { $0.isMailboxReachable = false }
    let play = try await play(text, on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("mail:"))
    let ends = play.sink.events.compactMap {
      if case .stepEnded(let end) = $0 { end.cause } else { nil }
    }
    #expect(play.end.cause == CauseRecord(code: "mail-unreachable", part: "mail"))
    #expect(ends == [play.end.cause])
  }

  @Test("Groups of a pattern can be joined, and a pattern reaches HTML and subject")
  func patternPlaces() async throws {
    func playing(_ send: @escaping @Sendable (inout Stage.World) -> Void) async throws -> Play {
      try await play(
        text.replacing(
          "secureCode: code", with: "secureCode: {pattern: '(\\d{3})[ ·](\\d{3})', join: true}"),
        on: mailing(send))
    }
    let plain = try await playing {
      $0.deliver("new", subject: "Reset Password", text: "Is: 482·913.", order: 2)
    }
    #expect(plain.stage.log.contains("typed 482913"), "\(plain.reason)")
    let subject = try await playing {
      $0.deliver("new", subject: "482 913: Reset Password", text: "See above.", order: 2)
    }
    #expect(subject.stage.log.contains("typed 482913"), "\(subject.reason)")
    let html = try await playing {
      $0.put(
        "new",
        Array(
          "Subject: Reset Password\nContent-Type: text/html\n\n<b>482</b>&nbsp;<i>913</i>".utf8),
        order: 2)
    }
    #expect(html.stage.log.contains("typed 482913"), "\(html.reason)")
  }

  @Test("An old mail that is moved or delivered again is no new one")
  func movedOld() async throws {
    let stage = mailing { world in
      let old = world.mails[0].bytes
      world.mails.removeAll()
      world.put("again", old, order: 9)
      world.put("twice", old, order: 10, folder: "Junk")
      world.later(20) {
        $0.deliver("new", subject: "Reset Password", text: "Your code: 482913", order: 11)
      }
    }
    let play = try await play(text, on: stage)
    #expect(play.stage.log.contains("typed 482913"), "\(play.reason)")
  }

  @Test("A new mail that is delivered twice is one")
  func twice() async throws {
    let stage = mailing {
      $0.deliver("n1", subject: "Reset Password", text: "Your code: 482913", order: 9)
      $0.deliver(
        "n2", subject: "Reset Password", text: "Your code: 482913", order: 9, folder: "Junk")
    }
    #expect(try await play(text, on: stage).stage.log.contains("typed 482913"))
  }

  @Test("Only the header of a stranger's mail is fetched")
  func strangers() async throws {
    let stage = mailing {
      $0.put(
        "big", Array("Subject: Holiday\n\n".utf8) + [UInt8](repeating: 65, count: 17 << 20),
        order: 3)
      $0.deliver("new", subject: "Reset Password", text: "Your code: 482913", order: 2)
    }
    let play = try await play(text, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("A mail that is still being written is read again when it is whole")
  func growing() async throws {
    let whole =
      "Subject: Reset Password\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
      + "Code: 111111\n\n--b\n\nCode: 482913\n--b--\n"
    let stage = mailing { world in
      world.put("new", Array(whole.utf8.prefix(90)), order: 2)
      world.later(1) { $0.put("new", Array(whole.utf8.prefix(110)), order: 2) }
      world.later(2) { $0.put("new", Array(whole.utf8), order: 2) }
    }
    let play = try await play(text, on: stage)
    #expect(play.end.cause?.code == "mail-ambiguous", "\(play.reason)")
    #expect(play.reason.contains("in line 1 of the plain text, in line 2 of the plain text"))
  }

  @Test("A mail that fits and has no code, or can't be read, is no failure of the recorder")
  func noCode() async throws {
    let none = try await play(
      text,
      on: mailing { $0.deliver("n", subject: "Reset Password", text: "Code: see app", order: 2) })
    #expect(none.end.cause?.code == "mail-unreadable", "\(none.reason)")
    let broken = try await play(text, on: mailing { $0.put("n", Array("\n\n".utf8), order: 2) })
    #expect(broken.end.cause?.code == "mail-unreadable", "\(broken.reason)")
    let other = try await play(
      text,
      on: mailing {
        $0.put("n", Array("\n\n".utf8), order: 2)
        $0.deliver("m", subject: "Reset Password", text: "Code: 482913", order: 1)
      })
    #expect(other.end.verdict == .passed, "\(other.reason)")
  }

  @Test("A mailbox that can't be reached for a while is asked again")
  func outage() async throws {
    let stage = mailing { world in
      world.isMailboxReachable = false
      world.later(30) {
        $0.isMailboxReachable = true
        $0.deliver("new", subject: "Reset Password", text: "Your code: 482913", order: 2)
      }
    }
    let play = try await play(text, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("Of recorders with one mailbox, the mail that names ours counts")
  func naming() async throws {
    let stage = mailing {
      $0.deliver(
        "theirs", subject: "Reset Password", text: "For NVR-71:\nYour code: 111111", order: 3)
      $0.deliver(
        "ours", subject: "Reset Password", text: "For NVR-7:\nYour code: 482913", order: 2)
    }
    let play = try await play(
      text.replacing("within: 2m", with: "naming: nvr-7\n      within: 2m"), on: stage)
    #expect(play.stage.log.contains("typed 482913"), "\(play.reason)")
  }
}
