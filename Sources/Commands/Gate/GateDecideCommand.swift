import ArgumentParser
import Attestation
import FoundationEssentials
import Gate
import Ledger
import OrderedJSON
import RunSessions
import WholeFiles

/// `gantry gate decide`, which `gantry gate` means.
struct GateDecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Decides by a policy and the ledger whether a firmware ships.",
    discussion: """
      The firmware is named as gantry flash says it, VERSION@sha256:DIGEST: builds share versions, so \
      that a version alone names none. What is missing, errored, killed, aborted, stale, flaky or passed \
      in part is no pass. The same ledger, policy, waivers and --as-of give the same decision, byte for \
      byte.

      --plan prints the runs that are still needed, those first that decide soonest, as a suite for \
      gantry run: failures are confirmed on a second rig before anything else; with --baseline those \
      that the last good firmware must be played for, on the rigs that failed.

      The ledger's chain is followed, and met with its rows, its head, the anchors beside it and those of \
      --anchor, and with journals and pictures of the firmware's and the baseline's runs: where \
      anything was changed, taken away or cut off, nobody can tell. --attest signs the decision, open or \
      closed; gantry gate verify says whether a signed one is to be believed.

      Exit codes: 0 open, 1 closed, 2 invalid input, 3 nobody can tell.
      """)

  @Argument(help: "The gate file.", completion: .file(extensions: ["yaml"]))
  var policy: String

  @Option(
    help: ArgumentHelp(
      "The firmware that is to ship.", valueName: "version@sha256:digest"))
  var firmware: String

  @OptionGroup var ledger: LedgerOptions

  @Option(
    help: ArgumentHelp(
      "Only runs count that were booked until then: 2026-03-01T10:15:00Z, or a day, which means its "
        + "beginning. If left out, now.", valueName: "time"))
  var asOf: BookingInstant?

  @Flag(help: "Say of each requirement what it rests on, and which runs decide it.")
  var explain = false

  @Flag(help: "Answer with a JSON object.")
  var json = false

  @Option(
    help: "Write the decision as a page for people, too.", completion: .file(extensions: ["html"]))
  var page: String?

  @Flag(help: "Print a suite of the runs that are still needed instead.")
  var plan = false

  @Flag(help: "With --plan: of the runs that the baseline is to be played for.")
  var baseline = false

  @Option(
    help: ArgumentHelp(
      "A file of anchors, which gantry ledger anchor wrote elsewhere.", valueName: "file"),
    completion: .file())
  var anchor: [String] = []

  @OptionGroup(title: "Whose anchors are believed") var trust: TrustOptions

  @Option(
    help: ArgumentHelp(
      "Write the decision as an attestation, signed: how the tests went, and that the policy is "
        + "fulfilled or not.", valueName: "file"), completion: .file())
  var attest: String?

  @OptionGroup(title: "Who signs") var signing: SigningOptions

  @Option(help: ArgumentHelp("A URI that names who decides.", valueName: "uri"))
  var verifier: String?

  @Option(help: ArgumentHelp("A URI that names the firmware.", valueName: "uri"))
  var resource: String?

  func validate() throws {
    if attest == nil, verifier != nil || resource != nil {
      throw ValidationError("--verifier and --resource go with --attest.")
    }
    if attest != nil, plan { throw ValidationError("A plan is no decision: leave out --attest.") }
    if json, explain { throw ValidationError("--json tells all; leave out --explain.") }
    if plan, json || explain { throw ValidationError("--plan prints a suite and nothing else.") }
    if baseline, !plan { throw ValidationError("--baseline needs --plan.") }
  }

  func run() throws {
    guard let image = FirmwareImage(firmware) else {
      throw CommandFailure.invalid(
        "--firmware \(firmware): a version alone names no image; write VERSION@sha256:DIGEST, as "
          + "gantry flash says it")
    }
    let files = try GateFiles(policy)
    let store = try ledger.store()
    let now = Date.now
    let asOf = asOf?.date ?? now
    if asOf > now {
      throw CommandFailure.invalid("--as-of lies in the future: more may be booked until then")
    }
    let signer = try signing.make()
    if attest != nil, signer == nil {
      throw CommandFailure.invalid("nobody signs: name a key by --key-file, --key-env or --signer")
    }
    let images = [image.description] + (files.policy.baseline.map { [$0.description] } ?? [])
    let runs = try store.releaseRuns(
      of: images, bookedUntil: asOf, measurements: files.policy.measurements)
    let decision = ReleaseGate.decide(
      files.policy, waivers: files.waivers, runs: runs, firmware: image, asOf: asOf,
      ledger: try examined(store, Set(runs.map(\.run)), until: asOf))
    if let page { try DecisionPage.write(decision, to: page) }
    if let attest, let signer { try write(decision, to: attest, signedBy: signer) }
    try say(decision, files, store)
    guard !plan || decision.verdict == .cannotTell else { return }
    switch decision.verdict {
    case .open: break
    case .closed: throw ExitCode(CommandOutcome.failed.rawValue)
    case .cannotTell: throw ExitCode(CommandOutcome.errored.rawValue)
    }
  }

  /// What is known of the ledger, and of what the runs have left that a decision may rest on.
  private func examined(
    _ store: SQLiteLedger, _ runs: Set<String>, until asOf: Date
  ) throws -> LedgerTrust {
    let anchors = try LedgerAnchors(beside: store.path, and: anchor, by: trust.load())
    let chain = try store.auditChain(.parts(of: runs), anchors: anchors.heads)
    return LedgerTrust(
      head: try store.head(asOf: asOf),
      damages: try store.damages() + chain.findings + anchors.findings
        + LedgerAudit.findings(on: runs, in: store))
  }

  private func write(
    _ decision: Decision, to path: String, signedBy signer: any EnvelopeSigner
  ) throws {
    guard decision.verdict != .cannotTell else {
      return Console.current.complain(
        "\(path): not written: where nobody can tell, nothing is signed")
    }
    let statements = DecisionAttestation(verifier: verifier, resource: resource)
      .statements(of: decision, by: policy)
    let bytes = try statements.signed(by: signer)
    do throws(WholeFile.Failure) {
      try WholeFile.replace(path, with: bytes)
    } catch {
      throw CommandFailure.errored("\(path): the attestation can't be written: \(error.reason)")
    }
  }

  private func say(_ decision: Decision, _ files: GateFiles, _ store: SQLiteLedger) throws {
    if plan {
      let plan = GatePlan(of: decision, by: files.policy, with: files.lab, byBaseline: baseline)
      for gap in plan.gaps { Console.current.complain(gap) }
      return Console.current.write(plan.suite)
    }
    if json { return Console.current.say(decision.json.description) }
    for line in explain ? decision.explained : decision.lines { Console.current.say(line) }
    for other in try others(decision, store) { Console.current.say("  \(other)") }
  }

  /// Other images of the same version, and runs that named none: people wonder where they went.
  private func others(_ decision: Decision, _ store: SQLiteLedger) throws -> [String] {
    guard decision.verdict != .open else { return [] }
    return try store.bookedFirmwares(
      called: decision.firmware.version, bookedUntil: decision.asOf
    ).filter { $0.name != decision.firmware.description }.map { other in
      let many = "\(other.runs) run\(other.runs == 1 ? " was" : "s were")"
      return FirmwareImage(other.name) == nil
        ? "\(many) booked as \(other.name), without the image's digest, and don't count"
        : "\(many) booked of another image of this version, \(other.name)"
    }
  }
}

/// An instant of booking, as an argument: a day and a time in UTC, with milliseconds or without, or the
/// beginning of a day.
struct BookingInstant: ExpressibleByArgument {
  /// The instant.
  var date: Date

  /// Reads `2026-03-01`, `2026-03-01T10:15:00Z` or `2026-03-01T10:15:00.250Z`; nil where the text is
  /// none of these.
  init?(argument: String) {
    let exact = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard
      let date = (try? Date(argument, strategy: .iso8601)) ?? (try? Date(argument, strategy: exact))
        ?? (try? Date("\(argument)T00:00:00Z", strategy: .iso8601))
    else { return nil }
    self.date = date
  }
}
