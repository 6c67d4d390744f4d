public import ArgumentParser
import Foundation

/// `gantry-proving attestation-trials`: whether damaged attestations, keys and trust files are read
/// without harm.
public struct AttestationTrialsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "attestation-trials",
    abstract: "Reads damaged attestations, keys and trust files: nothing crashes or is believed.",
    discussion: """
      They are read by processes of their own, so that one that crashes is found and told; \
      --from NUMBER --count 1 makes a single one again.
      """)

  @Option(help: "How many.")
  var count = 1_000_000

  @Option(help: "The number of the first one.")
  var from = 0

  @Option(help: "What the damage is drawn from.")
  var seed: UInt64 = 1

  @Flag(help: "Read in this process.")
  var here = false

  /// So many are read by a process.
  private static let portion = 20_000

  /// Creates the command.
  public init() {}

  /// Reads them.
  public func run() throws {
    if here {
      for finding in try AttestationTrial(seed: seed).findings(in: from..<from + count) {
        print(finding)
      }
      return
    }
    let begun = ContinuousClock.now
    var findings: [String] = []
    for start in stride(from: from, to: from + count, by: Self.portion) {
      findings += try portion(start, min(Self.portion, from + count - start))
    }
    print("\(count) read within \(ContinuousClock.now - begun): \(findings.count) findings")
    for finding in findings { print(finding) }
    if !findings.isEmpty { throw ExitCode.failure }
  }

  /// What a process of its own says; one that crashes is found by halves.
  private func portion(_ start: Int, _ count: Int) throws -> [String] {
    let reader = Process()
    reader.executableURL = URL(filePath: "/proc/self/exe")
    reader.arguments = [
      "attestation-trials", "--here", "--seed", "\(seed)", "--from", "\(start)", "--count",
      "\(count)",
    ]
    let said = Pipe()
    reader.standardOutput = said
    if count < Self.portion { reader.standardError = FileHandle.nullDevice }
    try reader.run()
    let text = try said.fileHandleForReading.readToEnd() ?? Data()
    reader.waitUntilExit()
    if reader.terminationReason == .exit, reader.terminationStatus == 0 {
      return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    if count == 1 { return ["number \(start): the process ended with \(reader.terminationStatus)"] }
    return try portion(start, count / 2) + portion(start + count / 2, count - count / 2)
  }
}
