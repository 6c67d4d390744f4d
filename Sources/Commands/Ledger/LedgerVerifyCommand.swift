import ArgumentParser
import FoundationEssentials
import Ledger
import OrderedJSON

/// `gantry ledger verify`.
struct LedgerVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the ledger's file and chain, and holds it against the run folders.",
    discussion: """
      Says what is damaged in the file; which runs, steps or pictures were changed, taken away or put \
      in since they were booked, the newest included; which journals and pictures are not what was \
      booked, or are gone without having been pruned; which runs began and left no journal; and which \
      runs below FOLDERs are not booked.

      That the end was cut off is told by the head beside the ledger, which whoever writes there can \
      change, too: only an anchor that was signed or kept elsewhere proves it. Those beside the ledger \
      and those of --anchor must all fit; with --key or --trust they must be signed. Exit codes: 0, or 1 \
      where anything is wrong.
      """)

  @Argument(help: "Folders whose runs must be booked.", completion: .directory)
  var folders: [String] = []

  @OptionGroup var ledger: LedgerOptions

  @Option(
    help: ArgumentHelp(
      "A file of anchors, which gantry ledger anchor wrote elsewhere.", valueName: "file"),
    completion: .file())
  var anchor: [String] = []

  @OptionGroup var trust: TrustOptions

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    let keys = try trust.load()
    let store = try ledger.store(isMade: true)
    let anchors = try LedgerAnchors(beside: store.path, and: anchor, by: keys)
    let found = try LedgerAudit(of: store, against: folders, anchors: anchors.heads)
    let findings = found.findings + anchors.findings
    if json {
      Console.current.say(answer(found, findings, anchors).description)
    } else {
      for finding in findings { Console.current.say(finding) }
      for note in found.chain.notes { Console.current.say("note: \(note)") }
      Console.current.say(chain(found.chain, anchors))
      Console.current.say("\(found.runs) runs are booked, \(findings.count) findings")
    }
    if !findings.isEmpty { throw ExitCode(CommandOutcome.failed.rawValue) }
  }

  private func chain(_ chain: ChainAudit, _ anchors: LedgerAnchors) -> String {
    var parts = ["\(chain.links) \(chain.links == 1 ? "link" : "links")"]
    if let since = chain.since { parts.append("since \(since.formatted(.iso8601))") }
    if chain.adopted > 0 {
      parts.append("\(chain.adopted) runs were booked before and are as they were then")
    }
    parts.append("\(anchors.heads.count) \(anchors.heads.count == 1 ? "anchor" : "anchors")")
    if anchors.unsigned > 0 { parts.append("\(anchors.unsigned) of them held against no key") }
    return parts.joined(separator: ", ")
  }

  private func answer(
    _ found: LedgerAudit, _ findings: [String], _ anchors: LedgerAnchors
  ) -> JSONValue {
    .object([
      .init("runs", .int(found.runs)), .init("findings", .strings(findings)),
      .init("notes", .strings(found.chain.notes)), .init("links", .int(found.chain.links)),
      .init("head", found.chain.head?.json ?? .null),
      .init("anchors", .int(anchors.heads.count)), .init("unsigned", .int(anchors.unsigned)),
    ])
  }
}
