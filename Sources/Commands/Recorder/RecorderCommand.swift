import ArgumentParser
import Digests
import FoundationEssentials
import OrderedJSON
import RecorderPast
import RigDescription
import RunSessions
import Scenario
import SourceYAML

/// `gantry recorder`: what is believed of a rig's recorder.
struct RecorderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recorder",
    abstract: "Tells and changes what is believed of a rig's recorder from run to run.",
    discussion: """
      show tells what is believed, and no password in the clear. set tells the password that holds, \
      by file or by environment. forget forgets passwords, spent tries, firmware or all of it. hold \
      lets no run begin until release; a run that has the recorder ends before its next action, cuts \
      no supply any more and leaves the recorder as it is, supplied. Every change is booked with who and why beside the record, \
      which lies where the rig says (recorder: {state: …}) or under $XDG_STATE_HOME/gantry/recorders. \
      Whoever can read that folder can read the passwords in it.

      Exit codes: 0 done, 2 invalid input, 3 the record can't be read or kept, or a run has the \
      recorder.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case show
    case set
    case forget
    case hold
    case release
  }

  enum Matter: String, ExpressibleByArgument, CaseIterable {
    case passwords
    case tries
    case firmware
    case all
  }

  @Argument(help: "The rig file.", completion: .file(extensions: ["yaml"]))
  var rig: String

  @Argument(help: "show, set, forget, hold or release.")
  var order: Order

  @Argument(help: "What to forget: passwords, tries, firmware or all.")
  var matter: Matter?

  @Option(
    help: ArgumentHelp(
      "Replace a value of the rig file; may be repeated.", valueName: "key=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("The file whose first line is the password.", valueName: "path"))
  var passwordFile: String?

  @Option(help: ArgumentHelp("The variable that holds the password.", valueName: "variable"))
  var passwordEnv: String?

  @Option(help: ArgumentHelp("Why, for the book of changes.", valueName: "text"))
  var why: String?

  @Option(
    help: ArgumentHelp(
      "Release an image that left recorders dark, too.", valueName: "path"))
  var image: String?

  @Flag(help: "Tell it as a line of JSON.")
  var json = false

  func validate() throws {
    if (matter == nil) == (order == .forget) {
      throw ValidationError(
        order == .forget
          ? "Say what to forget: passwords, tries, firmware or all."
          : "Only forget says what: \(order.rawValue) does not.")
    }
    if (passwordFile ?? passwordEnv) != nil, order != .set {
      throw ValidationError("--password-file and --password-env go with set.")
    }
    if order == .set, (passwordFile == nil) == (passwordEnv == nil) {
      throw ValidationError("Name the password by --password-file or by --password-env.")
    }
    if order != .show, why?.isEmpty ?? true {
      throw ValidationError("Say why with --why; it is booked.")
    }
    if image != nil, order != .release { throw ValidationError("--image goes with release.") }
    if json, order != .show { throw ValidationError("--json goes with show.") }
  }

  func run() async throws {
    let description = try RigFile.read(rig, overrides: set)
    guard description.hasPast else {
      throw CommandFailure.invalid(
        "\(rig): a virtual recorder without a memory is born with each run")
    }
    let folder = RecorderFolder.ofRig(description)
    let id = description.recorder.id
    if order == .show { return try show(folder.read(id), in: folder) }
    let event = try change()
    let entry = RecordEntry(
      at: Date.now.timeIntervalSince1970, who: Self.user,
      why: "\(order.rawValue)\(matter.map { " \($0.rawValue)" } ?? ""): \(why ?? "")")
    let file: RecorderFile
    do throws(RecordError) {
      file = try folder.take(id, for: "gantry recorder \(order.rawValue)")
    } catch {
      guard error.isInUse, order == .hold || order == .release else {
        throw CommandFailure.errored("\(error)")
      }
      return try ask(entry, in: folder, of: id, since: error)
    }
    try file.update(entry, event)
    if let image { try folder.note(dark: SHA256Digest.ofFile(image), on: nil) }
    try show(file.record, in: folder)
  }

  /// Tells whoever has the recorder.
  private func ask(
    _ entry: RecordEntry, in folder: RecorderFolder, of id: String, since inUse: RecordError
  ) throws {
    if order == .hold {
      try folder.ask(for: Hold(who: entry.who, why: why ?? "", since: entry.at), of: id)
      Console.current.say("\(inUse): it ends before its next action, and no run begins")
    } else {
      try folder.takeBackAskedHolds(of: id, entry)
      Console.current.say("\(inUse): it goes on, if it has not ended yet")
    }
    if let image { try folder.note(dark: SHA256Digest.ofFile(image), on: nil) }
    try show(folder.read(id), in: folder)
  }

  /// What is to be changed.
  private func change() throws -> (inout RecorderRecord) -> Void {
    let now = Date.now.timeIntervalSince1970
    switch order {
    case .show: return { _ in }
    case .set:
      let password = try password()
      return { $0.take(.told(password: password), at: now) }
    case .forget:
      let matter = matter ?? .all
      return { record in
        if matter == .passwords || matter == .all { record.passwords = [] }
        if matter == .tries || matter == .all { record.take(.triesForgotten, at: now) }
        if matter == .firmware || matter == .all { record.firmware = FirmwareBelief() }
      }
    case .hold:
      let hold = Hold(who: Self.user, why: why ?? "", since: now)
      return { $0.holds.append(hold) }
    case .release: return { ($0.holds, $0.flashing) = ([], nil) }
    }
  }

  private func password() throws -> String {
    if let passwordFile {
      do throws(SourceFiles.Refusal) {
        return try SourceFiles.disk.firstLine(of: passwordFile)
      } catch {
        throw CommandFailure.invalid("\(passwordFile): no password: \(error.reason)")
      }
    }
    let variable = passwordEnv ?? ""
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
      throw CommandFailure.invalid("the variable \(variable) is not set")
    }
    return text
  }

  /// Who changes something.
  static var user: String {
    let name = ProcessInfo.processInfo.userName
    return name.isEmpty ? "an unknown user" : name
  }

  // MARK: - Telling

  private func show(_ record: RecorderRecord, in folder: RecorderFolder) throws {
    if json {
      Console.current.say("\(record.told)")
      return
    }
    for line in record.lines { Console.current.say(line) }
    Console.current.say("kept in \(folder.file(of: record.id))")
  }
}

extension RecorderRecord {
  /// What is believed, a line each, without a password.
  fileprivate var lines: [String] {
    var lines = ["recorder \(id)"]
    if passwords.isEmpty { lines.append("password: nothing is known") }
    for belief in passwords {
      lines.append(
        "password: \(belief.text.count) characters, \(belief.certainty.rawValue) since "
          + Self.time(belief.since))
    }
    for (name, tries) in [("log-in", logIn), ("secure code", code)] where tries.count > 0 {
      lines.append(
        "\(name): \(tries.count) tries spent"
          + (tries.lastAt.map { ", the last \(Self.time($0))" } ?? ""))
    }
    if let flashing { lines.append("being flashed, or not flashed well: \(flashing)") }
    if let flashed = firmware.flashed { lines.append("firmware flashed: \(flashed)") }
    if let read = firmware.read { lines.append("firmware on the screen: \(read)") }
    if let unfinished {
      lines.append(
        "the run \(unfinished.run) has not ended, or died; it began \(Self.time(unfinished.at))")
    }
    if let last {
      lines.append(
        "last run: \(last.scenario) \(last.verdict ?? "") \(Self.time(last.at)) (\(last.run))")
    }
    for hold in holds {
      lines.append("held by \(hold.who) since \(Self.time(hold.since)): \(hold.why)")
    }
    return lines
  }

  /// The same for programs.
  fileprivate var told: JSONValue {
    func mark(_ mark: RunMark?) -> JSONValue {
      guard let mark else { return .null }
      return .object([
        .init("run", .string(mark.run)), .init("scenario", .string(mark.scenario)),
        .init("at", .string(Self.time(mark.at))), .init("verdict", .optional(mark.verdict)),
      ])
    }
    return .object([
      .init("recorder", .string(id)),
      .init(
        "passwords",
        .array(
          passwords.map {
            .object([
              .init("characters", .int($0.text.count)),
              .init("certainty", .string($0.certainty.rawValue)),
              .init("since", .string(Self.time($0.since))),
            ])
          })),
      .init("logInTries", .int(logIn.count)), .init("codeTries", .int(code.count)),
      .init("flashing", .optional(flashing)), .init("flashed", .optional(firmware.flashed)),
      .init("firmware", .optional(firmware.read)),
      .init("unfinished", mark(unfinished)), .init("last", mark(last)),
      .init(
        "holds",
        .array(
          holds.map {
            .object([
              .init("who", .string($0.who)), .init("why", .string($0.why)),
              .init("since", .string(Self.time($0.since))),
            ])
          })),
    ])
  }

  private static func time(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(.iso8601)
  }
}
