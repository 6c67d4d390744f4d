public import ArgumentParser

/// `gantry-proving gate-trials`: whether gates hold, whatever they are asked.
public struct GateTrialsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "gate-trials",
    abstract: "Tries drawn policies on drawn ledgers, and spoiled policies and waivers.",
    discussion: """
      Of drawn gates it tries that a passed run less, or a failed one more, never opens a closed one, \
      that expired waivers do nothing, and that the order of runs does nothing. Spoiled files must be \
      refused by clear lines, or leave the gate closed.
      """)

  @Option(help: "How many drawn gates.")
  var gates = 100_000

  @Option(help: "How many spoiled files.")
  var files = 1_000_000

  @Option(help: "The first seed.")
  var seed: UInt64 = 1

  /// Creates the command.
  public init() {}

  /// Tries, and ends with 1 where something did not hold.
  public func run() throws {
    var properties = GateProperties()
    for number in 0..<UInt64(gates) { properties.tryGate(seed: seed + number) }
    print(
      "\(properties.tried) gates, \(properties.open) of them open: "
        + "\(properties.findings.count) findings")
    var spoiled = SpoiledFiles()
    for number in 0..<UInt64(files) { spoiled.tryFile(seed: seed + number) }
    print(
      "\(spoiled.tried) spoiled files, \(spoiled.refused) of them refused: "
        + "\(spoiled.findings.count) findings")
    let findings = properties.findings + spoiled.findings
    for finding in findings.prefix(100) { print(finding) }
    if !findings.isEmpty { throw ExitCode.failure }
  }
}
