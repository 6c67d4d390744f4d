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

  @Test(
    "The code is the one whole word of its length and alphabet",
    arguments: [
      ("Your code: 482913.", CodeFinder.Answer.found("482913")),
      ("Serial 1234567\nYour secure code is\n\n  482913\n", .found("482913")),
      ("Date 20240131\nCode 482913\nOrder 555555", .found("482913")),
      ("code A482913 and 4829134", .none),
      ("code 482913 or code 582913", .several(2)),
      ("482913 and again 482913", .found("482913")),
    ])
  func codes(text: String, answer: CodeFinder.Answer) {
    let finder = CodeFinder(format: CodeFormat(length: 6, alphabet: "0123456789"))
    #expect(finder.find(in: text) == answer)
  }

  @Test("Codes may hold colons, and a full stop after one is no part of it")
  func colons() {
    let finder = CodeFinder(format: CodeFormat(length: 8, alphabet: "0123456789ABCDEF:"))
    #expect(finder.find(in: "MAC: 3A:4F:09.") == .found("3A:4F:09"))
  }
}
