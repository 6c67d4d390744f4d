import ArgumentParser
import Bench
import BenchOpening
import Foundation
import Frames
import Mail
import OrderedJSON
import Patterns
import RecorderModel
import RigDescription
import RunSessions
import Runner
import SourceYAML
import WholeFiles

/// `gantry mail`: is there a code in a mail?
struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail",
    abstract: "Looks for the secure code in mails, as a run would.",
    usage: """
      gantry mail <file> ... --model <folder> [--subject <text>] [--json]
      gantry mail --rig <rig> list [--last <count>] [--json]
      gantry mail --rig <rig> wait [--subject <text>] [--within <time>] [--reveal] [--json]
      """,
    discussion: """
      Of files, a line each says whether the mail holds a code. Of a rig, list shows the newest \
      mails of its mailbox, and wait waits for a new one. Nothing is marked as seen, moved or \
      deleted. With --rig, codes are hidden unless --reveal is given, and in subjects as well.

      Exit codes: 0 every mail gave a code, or list was answered; 1 one did not, or none came; \
      2 invalid; 3 the mailbox is at fault.
      """)

  @Argument(help: "Mail files, or with --rig: list or wait.", completion: .file())
  var files: [String]

  @Option(help: "The model's folder, which says what codes look like.", completion: .directory)
  var model: String?

  @Option(help: "What must stand in the subject.")
  var subject: String?

  @Option(help: "The rig whose mailbox is asked.", completion: .file(extensions: ["yaml"]))
  var rig: String?

  @Option(
    help: ArgumentHelp("Replace a value of the rig file; may be repeated.", valueName: "key=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("The folders to look in, parted by commas.", valueName: "names"))
  var folders = "INBOX,Junk"

  @Option(help: ArgumentHelp("How long to wait.", valueName: "time"))
  var within = "5m"

  @Option(help: ArgumentHelp("How many mails to list.", valueName: "count"))
  var last = 20

  @Flag(help: "Show codes.")
  var reveal = false

  @Flag(help: "Answer with a JSON object a line.")
  var json = false

  func validate() throws {
    if rig == nil {
      if model == nil { throw ValidationError("--model is missing: it says what codes look like.") }
      if !set.isEmpty { throw ValidationError("--set needs a --rig.") }
    } else {
      if !(files == ["list"] || files == ["wait"]) {
        throw ValidationError("with --rig, write list or wait.")
      }
      if model != nil { throw ValidationError("--model and --rig exclude each other.") }
    }
    if DurationText.duration(within) == nil {
      throw ValidationError("'\(within)' is no time; write 30s or 5m.")
    }
    if last < 1 { throw ValidationError("--last must be at least 1.") }
  }

  func run() async throws {
    if let rig { return try await ask(rig) }
    try inspectFiles(shape: Self.shape(of: model ?? "", overrides: []))
  }

  private static func shape(of folder: String, overrides: [Override]) throws -> CodeShape {
    let model = try ModelLoader.load(folder: folder, overrides: overrides).checked()
    guard let code = model.code else {
      throw CommandFailure.invalid(
        "\(folder): the model does not say what a code looks like; add code: {length, alphabet}")
    }
    return CodeShape(code)
  }

  // MARK: Files

  private func inspectFiles(shape: CodeShape) throws {
    // All are read before anything is said: what is wrong with the last is wrong with the command.
    let mails = try files.map { file in
      do throws(WholeFile.Failure) {
        return try WholeFile.bytes(of: file, limit: MailMessage.largestSize)
      } catch {
        throw CommandFailure.invalid("\(file): \(error.reason)")
      }
    }
    var isComplete = true
    for (file, bytes) in zip(files, mails) {
      let inspection = try inspect(bytes, shape)
      isComplete = isComplete && inspection.verdict == .code
      tell(inspection, head: [.init("file", .string(file))], named: file, shows: true)
    }
    if !isComplete { throw ExitCode(CommandOutcome.failed.rawValue) }
  }

  private func inspect(_ bytes: [UInt8], _ shape: CodeShape) throws -> MailInspection {
    do throws(PatternMatchError) {
      return try MailInspection(bytes, subject: subject, shape: shape)
    } catch {
      throw CommandFailure.errored("the model's pattern of codes: \(error)")
    }
  }

  private func tell(
    _ found: MailInspection, head: [JSONValue.Member], named name: String, shows: Bool
  ) {
    func shown(_ text: String) -> String {
      if shows { return text }
      return Set(found.candidates.map(\.value)).reduce(text) { text, code in
        text.replacing(code, with: String(repeating: "*", count: code.count))
      }
    }
    guard json else {
      let code = found.code.map { " " + shown($0) } ?? ""
      return Console.current.say("\(name): \(found.verdict.rawValue)\(code) (\(found.why))")
    }
    let candidates = found.candidates.map { candidate in
      JSONValue.object([
        .init("value", .string(shown(candidate.value))),
        .init("place", .string("\(candidate.place)")),
        .init("evidence", .string(candidate.evidence.rawValue)),
      ])
    }
    Console.current.say(
      JSONValue.object(
        head + [
          .init("verdict", .string(found.verdict.rawValue)),
          .init("code", .optional(found.code.map(shown))),
          .init("candidates", .array(candidates)),
          .init("subject", .string(shown(found.subject))), .init("why", .string(found.why)),
        ]
      ).description)
  }

  // MARK: Mailboxes

  /// How long a mailbox may take to answer.
  private static let patience = Duration.seconds(30)

  private func ask(_ rig: String) async throws {
    let description = try RigFile.read(rig, overrides: set)
    let shape = try Self.shape(
      of: description.modelFolder, overrides: description.modelOverrides)
    guard description.virtual == nil, let recorder = description.device(DeviceWiring.recorder)
    else {
      throw CommandFailure.invalid(
        "\(rig): the mail of a virtual rig lives only while a scenario is played on it")
    }
    let opened = try opening { () throws(RigFault) in
      try RealDevices(of: recorder, on: description.name).mailbox()
    }
    guard let mailbox = opened else {
      throw CommandFailure.invalid("\(rig): the rig has no mailbox")
    }
    defer { mailbox.close() }
    let places = folders.split(separator: ",").map(String.init)
    try await stoppable(saying: "no more is asked of the mailbox") {
      if files == ["list"] {
        try await list(mailbox, places, shape)
      } else {
        try await wait(for: mailbox, places, shape)
      }
    }
  }

  private func list(_ mailbox: any Mailbox, _ places: [String], _ shape: CodeShape) async throws {
    let listing = try await answer { deadline throws(BenchError) in
      try await mailbox.listing(of: places, by: deadline)
    }
    for entry in listing.entries.suffix(last) {
      let header = try await answer { deadline throws(BenchError) in
        try await mailbox.header(entry.identifier, by: deadline)
      }
      if let header { tell(try inspect(header, shape), entry) }
    }
  }

  private func wait(for mailbox: any Mailbox, _ places: [String], _ shape: CodeShape) async throws {
    let before = try await answer { deadline throws(BenchError) in
      try await mailbox.listing(of: places, by: deadline)
    }
    let end = await RealDevices.clock.now()
      .advanced(by: DurationText.duration(within) ?? .zero)
    var seen: [MailIdentifier: Int] = [:]
    while true {
      let arrivals = try await answer { deadline throws(BenchError) in
        try await mailbox.arrivals(in: places, since: before, by: deadline)
      }
      for entry in arrivals where seen[entry.identifier] != entry.size {
        seen[entry.identifier] = entry.size
        let bytes = try await answer { deadline throws(BenchError) in
          try await mailbox.message(entry.identifier, by: deadline)
        }
        guard let bytes else { continue }
        let inspection = try inspect(bytes, shape)
        tell(inspection, entry)
        if inspection.verdict == .code { return }
      }
      if await RealDevices.clock.now() >= end {
        throw ExitCode(CommandOutcome.failed.rawValue)
      }
      try await Task.sleep(for: .seconds(2))
    }
  }

  private func answer<Answer: Sendable>(
    _ question: (MonotonicInstant) async throws(BenchError) -> Answer
  ) async throws -> Answer {
    let deadline = await RealDevices.clock.now().advanced(by: Self.patience)
    return try await benched { () throws(BenchError) in try await question(deadline) }
  }

  private func tell(_ found: MailInspection, _ entry: MailEntry) {
    let time = Date(timeIntervalSince1970: Double(entry.order) / 1_000_000).ISO8601Format()
    let head: [JSONValue.Member] = [
      .init("folder", .string(entry.identifier.folder)),
      .init("name", .string(entry.identifier.name)), .init("arrived", .string(time)),
    ]
    tell(found, head: head, named: "\(time) \(entry.identifier.folder)", shows: reveal)
  }
}
