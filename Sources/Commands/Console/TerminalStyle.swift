import OrderedJSON
import RunJournal

/// How things look in a terminal.
enum TerminalStyle {
  /// Seconds with one digit, such as `12.3 s`.
  static func seconds(_ seconds: Double) -> String {
    var text = JSONValue.decimal(seconds, digits: 1).description
    if !text.contains(".") { text += ".0" }
    return text + " s"
  }

  /// Text that steps back, where colours are welcome.
  static func faint(_ text: String, _ console: Console) -> String {
    console.terminal?.hasColor == true ? "\u{1B}[2m\(text)\u{1B}[0m" : text
  }

  /// Text in the colour of an outcome, where colours are welcome.
  static func colored(_ text: String, _ outcome: StepEnd.Outcome, _ console: Console) -> String {
    guard console.terminal?.hasColor == true else { return text }
    let code =
      switch outcome {
      case .passed: 32
      case .failed: 31
      case .errored: 33
      case .aborted: 35
      case .skipped, .notApplicable: 36
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension String {
  /// The text with blanks behind it, at least so wide.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text with blanks before it, at least so wide.
  package func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
