import ArgumentParser
import Attestation
import OrderedJSON

/// `gantry gate verify`: whether a signed decision is to be believed.
struct GateVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Tells whether a signed decision is to be believed, and that it lets something through.",
    discussion: """
      FILE has attestations in DSSE envelopes, one or one a line. Each must be signed by a trusted \
      key, be about the subject, and say that it passed. Exit codes: 0 good; 1 the signature, its key, \
      the subject or the result is not; 2 no attestation, no key, or wrong usage.
      """)

  @Argument(help: "The attestation.", completion: .file())
  var file: String

  @OptionGroup var trust: TrustOptions

  @Option(
    help: ArgumentHelp(
      "What it must be about, such as the image that is to be shipped.", valueName: "sha256:digest")
  )
  var subject: SubjectDigest?

  @Flag(help: "Take what it says as it is, also that something did not pass.")
  var anyResult = false

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    guard let keys = try trust.load() else {
      throw CommandFailure.invalid("nobody is trusted: name a key by --key, or keys by --trust")
    }
    let check = try AttestationCheck(of: file, by: keys, subject: subject?.sha256)
    let closed = anyResult ? [] : check.statements.filter { $0.statement.isPassed != true }
    if json {
      Console.current.say(
        JSONValue.object([
          .init("statements", .array(check.statements.map(\.json))),
          .init("isGood", .bool(closed.isEmpty)),
        ]).description)
    } else {
      for believed in check.statements { Console.current.say(believed.line) }
    }
    for believed in closed {
      Console.current.complain(
        "\(file): it is signed as it should be, and does not say that it passed: "
          + believed.statement.outcome)
    }
    if !closed.isEmpty { throw ExitCode(CommandOutcome.failed.rawValue) }
  }
}

/// What an attestation must be about: `sha256:` and 64 hex digits.
struct SubjectDigest: ExpressibleByArgument {
  /// The digest, in hex.
  var sha256: String

  init?(argument: String) {
    let digits = argument.dropFirst(7)
    guard argument.hasPrefix("sha256:"), digits.utf8.count == 64,
      digits.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    sha256 = String(digits)
  }
}

extension AttestationCheck.Believed {
  fileprivate var line: String {
    let subjects = statement.subjects.map {
      ($0.name.isEmpty ? "" : "\($0.name) ") + "sha256:\($0.sha256)"
    }
    return "signed by \(signers.joined(separator: ", ")): \(statement.outcome), of "
      + subjects.joined(separator: ", ")
  }

  fileprivate var json: JSONValue {
    .object([
      .init("predicateType", .string(statement.predicateType)),
      .init("passed", statement.isPassed.map(JSONValue.bool) ?? .null),
      .init(
        "subjects",
        .array(
          statement.subjects.map {
            .object([.init("name", .string($0.name)), .init("sha256", .string($0.sha256))])
          })), .init("signers", .strings(signers)),
    ])
  }
}

extension Statement {
  /// What it comes to, in words.
  fileprivate var outcome: String {
    switch predicate {
    case .testResult(let result):
      "test result \(result.outcome.rawValue), \(result.passed.count) passed, "
        + "\(result.warned.count) warned, \(result.failed.count) failed"
    case .verificationSummary(let summary):
      "decision \(summary.isPassed ? "PASSED" : "FAILED") by \(summary.policy.uri)"
    case .other(let type): "a statement of another kind, \(type)"
    }
  }
}
