import ArgumentParser

/// `gantry gate`: whether a firmware ships.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Decides by the ledger whether a firmware ships.",
    subcommands: [GateDecideCommand.self, GateVerifyCommand.self],
    defaultSubcommand: GateDecideCommand.self)
}
