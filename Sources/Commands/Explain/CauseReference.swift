import Bench
import SourceYAML

/// The reference of the codes that a run's verdict comes with.
enum CauseReference {
  /// The word that leads to it.
  static let word = "cause"
  /// The file that it is kept in.
  static let file = "Causes.md"

  /// What all codes are for, in one sentence.
  static let about = "What a run that did not pass calls its cause, one code each."

  /// The page of a code, or of all.
  ///
  /// - Parameter words: the names that lead there; a name may hold several, joined by dots.
  /// - Returns: the page; nil where the words lead elsewhere.
  /// - Throws: the line that says which code there is not.
  static func page(_ words: [String]) throws(Reference.Unknown) -> String? {
    let names = words.flatMap { $0.split(separator: ".").map(String.init) }
    guard names.first == word else { return nil }
    if names.count == 1 { return all }
    guard names.count == 2, let code = FaultCode(rawValue: names[1]) else {
      throw Reference.Unknown(
        description: "\"\(names.dropFirst().joined(separator: "."))\" is no cause; "
          + "gantry explain cause lists them")
    }
    return "\(word).\(code.rawValue)\n\(code.about)\nWhose: \(code.owner.words)\n"
  }

  /// All codes, for people.
  private static var all: String {
    let width = FaultCode.allCases.map(\.rawValue.count).max() ?? 0
    var text = "\(about)\n"
    for owner in FaultCode.Owner.allCases {
      text += "\n\(owner.words)\n"
      for code in FaultCode.allCases where code.owner == owner {
        text += "  \(code.rawValue.padded(to: width))  \(code.about)\n"
      }
    }
    return text
  }

  /// The page that is kept with the sources.
  ///
  /// - Parameter renewal: the command that makes it.
  /// - Returns: the page as Markdown.
  static func markdown(madeBy renewal: String) -> String {
    var text = """
      # Causes

      <!-- Made by `\(renewal)`: edit `Sources/Bench/FaultCode.swift` instead. -->

      A run that did not pass says why by a code: as `cause` in the journal, in the line of \
      `gantry run --json`, in both reports (in JUnit's as the `type` of a failure or error) and in \
      the terminal. Beside it stand `part`, the part of the rig at fault, and `errno`, the error \
      number of a system call that failed, where there are any. Codes are never renamed. \
      `gantry explain cause.supply-lost` tells one of them.

      """
    for owner in FaultCode.Owner.allCases {
      text += "\n## \(owner.words)\n\n| code | what it means |\n|---|---|\n"
      for code in FaultCode.allCases where code.owner == owner {
        text += "| `\(code.rawValue)` | \(code.about) |\n"
      }
    }
    return text
  }
}

extension FaultCode.Owner {
  /// Whose it is and what a run says then.
  var words: String {
    switch self {
    case .recorder: "The recorder's: failed"
    case .rig: "A part of the rig's: errored"
    case .mail: "The mailbox's: errored"
    case .host: "This machine's: errored"
    case .scenario: "The scenario's, the model's or the rig file's: errored"
    case .past: "Of what was done to the recorder before: errored"
    case .person: "Of people: errored, or aborted"
    }
  }
}
