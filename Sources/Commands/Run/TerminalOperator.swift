import Glibc
import Runner
import SourceYAML

/// The person at the terminal.
struct TerminalOperator: Operator {
  /// The person, if there is a terminal to ask at.
  init?() {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
  }

  func ask(_ request: String, within limit: Duration) async throws(CancellationError) -> Bool? {
    let console = Console.current
    console.complain("\nPlease: \(request)")
    console.complain("Then type y if it worked, n if not (within \(DurationText.text(limit))).")
    let end = ContinuousClock.now + limit
    var typed: [UInt8] = []
    while ContinuousClock.now < end {
      while let byte = nextByte() {
        guard byte == UInt8(ascii: "\n") else {
          typed.append(byte)
          continue
        }
        if let answer = Self.answer(typed) { return answer }
        console.complain("Type y or n.")
        typed = []
      }
      do {
        try await Task.sleep(for: .milliseconds(100))
      } catch {
        throw CancellationError()
      }
    }
    return nil
  }

  private static func answer(_ typed: [UInt8]) -> Bool? {
    switch String(decoding: typed, as: UTF8.self).lowercased().filter({ !$0.isWhitespace }) {
    case "y", "yes": true
    case "n", "no": false
    default: nil
    }
  }

  /// The next byte that was typed; nil when there is none yet.
  private func nextByte() -> UInt8? {
    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, 0) == 1, waiting.revents & Int16(POLLIN) != 0 else { return nil }
    var byte: UInt8 = 0
    return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
  }
}
