import Frames
import InMemoryLogging
import Logging
import RunJournal
import Testing

@testable import Runner

@Suite("Telling operators of searches")
struct TraceTests {
  private let text =
    "secrets:\n  newPassword: {generate: {length: 10}}\n"
    + "steps:\n  - name: Look\n    expect: {label: menu}\n    within: 1s\n"
    + "  - name: Type\n    type: {into: code, text: \"x${newPassword}\"}\n"
    + "  - name: Look again\n    expect: {not: {image: bar}}\n    within: 1s\n"

  /// Plays the text, and what was told meanwhile.
  private func lines(_ level: Logger.Level) async throws -> [String] {
    let stage = Stage { world in
      world.scene.words = [("Main menu", PixelRect(x: 4, y: 5, width: 60, height: 14))]
      world.scene.pictures = [("keyboard", PixelPoint(x: 60, y: 120))]
    }
    var handler = InMemoryLogHandler()
    handler.logLevel = level
    let log = Logger(label: "test") { [handler] _ in handler }
    let play = try await play(text, on: stage, log: log)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    return handler.entries.map(\.message.description)
  }

  @Test("what was looked for, where, in which picture, and what came of it")
  func searches() async throws {
    let lines = try await lines(.trace)
    let words = try #require(lines.first)
    #expect(
      words.wholeMatch(
        of: /words “Main menu” in anywhere of frame \d+: found at 4,5,60,14, score 1\.000000/)
        != nil, "\(words)")
    let image = try #require(lines.last { $0.hasPrefix("image bar in anywhere of frame ") })
    #expect(image.contains(": absent"), "\(image)")
  }

  @Test("of a sensitive step no more than that there was a search")
  func sensitive() async throws {
    let lines = try await lines(.trace)
    let phrase = "a search in a sensitive step"
    let first = try #require(lines.firstIndex(of: phrase))
    let last = try #require(lines.lastIndex(of: phrase))
    #expect(lines[first...last].allSatisfy { $0 == phrase })
    // The keyboard is clicked open in that step, and only there.
    #expect(!lines[..<first].contains { $0.contains("keyboard") })
  }

  @Test("the same run is told in the same lines")
  func repeatable() async throws {
    #expect(try await lines(.trace) == lines(.trace))
  }

  @Test("nothing of searches below the level trace")
  func levels() async throws {
    #expect(try await lines(.debug).isEmpty)
  }
}
