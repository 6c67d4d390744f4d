import MarkupText
import RunJournal

/// The command that plays a run again.
struct RepeatingCommand {
  /// The command as a shell takes it. What was secret stands as a file to be named.
  let line: String

  /// Takes it from what a run set out with; nil where that does not tell the files.
  init?(_ start: RunStart) {
    guard let request = start.request else { return nil }
    var words = [
      "gantry", "run", request.scenario, "--rig", request.rig, "--seed", "\(start.seed)",
    ]
    words += start.settings.flatMap { ["--set", $0] }
    words += start.parameters.flatMap { ["--param", $0] }
    if let firmware = start.firmware { words += ["--firmware", firmware] }
    if request.isUnattended { words.append("--unattended") }
    line = words.map { Self.quoted(Markup.printable($0)) }.joined(separator: " ")
  }

  /// A word as a POSIX shell takes it.
  static func quoted(_ word: String) -> String {
    let safe = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0))
    }
    return safe && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
