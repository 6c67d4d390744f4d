public import ArgumentParser
import Foundation
import Mail

/// `gantry-proving absurd-mails`: how long mails take to read that are made to take long.
public struct AbsurdMailsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "absurd-mails",
    abstract: "Reads mails of a megabyte that are made to take long.",
    discussion: """
      One mail of each kind is read, and the slowest are printed, with their processor time. Exit \
      codes: 0 none took longer than it may; 1 one did; 2 wrong usage.
      """)

  @Option(help: "Seconds of processor time that a mail may take.")
  var limit = 0.5

  @Option(help: "Only those with this in their name.")
  var only: String?

  @Option(help: "Write the mails there, too.", completion: .directory)
  var out: String?

  /// Creates the command.
  public init() {}

  /// Reads them.
  public func run() throws {
    let shape = CodeShape(length: 6, alphabet: Set("0123456789"))
    var times: [(name: String, seconds: Double, verdict: String)] = []
    for mail in AbsurdMail.all where only.map({ mail.name.contains($0) }) ?? true {
      let bytes = mail.bytes
      if let out {
        let name = mail.name.replacing(" ", with: "-")
        try Data(bytes).write(to: URL(filePath: "\(out)/\(name).eml"))
      }
      let start = ProcessorTime.seconds
      let found = try MailInspection(bytes, subject: nil, shape: shape)
      times.append((mail.name, ProcessorTime.seconds - start, found.verdict.rawValue))
    }
    times.sort { $0.seconds > $1.seconds }
    for time in times.prefix(20) {
      print("\(Int((time.seconds * 1000).rounded())) ms  \(time.name): \(time.verdict)")
    }
    let slow = times.count { $0.seconds > limit }
    print("\(times.count) kinds, \(slow) over \(Int(limit * 1000)) ms")
    if slow > 0 { throw ExitCode(1) }
  }
}
