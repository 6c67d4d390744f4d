public import ArgumentParser
import Foundation
import Mail

/// `gantry-proving mails`: mail that is damaged at random is read without harm, and no code is found
/// where none is.
public struct MailTrialsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "mails",
    abstract: "Damages mails at random and reads them.",
    discussion: """
      Each mail of a folder is taken in turn, changed at up to a dozen places, and read, some \
      thousands by a process of their own: one that crashes, or takes longer than it may, is told, \
      and the next goes on behind it. In every other mail all digits were letters before: what it \
      then gives for a code is none. All that is told comes with what makes it again. Exit codes: 0 \
      nothing was; 1 something was; 2 wrong usage.
      """)

  @Argument(help: "The folder with the mails, *.eml.", completion: .directory)
  var folder = "Tests/MailTests/Shapes"

  @Option(help: "How many mails are read.")
  var count = 100_000

  @Option(help: "Where all that is drawn by lot comes from.")
  var seed: UInt64 = 1

  @Option(help: "Begin with the mail of this number.")
  var from = 0

  @Option(help: "Seconds of processor time above which a mail is told as slow.")
  var slow = 1.0

  @Option(help: "Seconds after which a mail hangs.")
  var patience = 60

  @Option(
    help: "Where the counts are written, every few thousand mails; goes on where it ends.",
    completion: .file())
  var record: String?

  @Flag(help: .hidden)
  var each = false

  /// How many mails a process reads.
  private static let portion = 5_000

  /// Creates the command.
  public init() {}

  /// Checks what was asked for.
  public func validate() throws {
    if count < 1 { throw ValidationError("--count must be at least 1.") }
    if from < 0 { throw ValidationError("--from must not be negative.") }
    if patience < 1 { throw ValidationError("--patience must be at least 1.") }
  }

  /// Reads the mails.
  public func run() throws {
    if each { return try readEach() }
    var book = try TrialBook(record, seed: seed, from: from)
    let end = from + count
    while book.next < end {
      let mails = book.next..<min(book.next + Self.portion, end)
      let result = try TrialReader(patience: patience).result(of: mails, seed: seed) { mails in
        [
          "mails", folder, "--each", "--seed", "\(seed)", "--from", "\(mails.lowerBound)",
          "--count", "\(mails.count)",
        ]
      }
      for finding in result.findings(slowerThan: slow) {
        print("\(finding): --seed \(seed) --from \(finding.number) --count 1")
      }
      try book.take(result)
    }
    print("seed \(seed): \(book.total.summary(slowerThan: slow))")
    if !book.total.findings(slowerThan: slow).isEmpty { throw ExitCode(1) }
  }

  /// Reads mails in this process, and prints a line for each.
  private func readEach() throws {
    let mails = try MailSources(folder: folder)
    let shape = CodeShape(length: 6, alphabet: Set("0123456789"))
    for number in from..<(from + count) {
      let damaged = mails.damaged(number, seed: seed)
      let start = ProcessorTime.seconds
      let verdict = try MailInspection(damaged, subject: nil, shape: shape).verdict
      let outcome = TrialOutcome(
        number: number, verdict: verdict, seconds: ProcessorTime.seconds - start)
      try FileHandle.standardOutput.write(contentsOf: Data((outcome.line + "\n").utf8))
    }
  }
}
