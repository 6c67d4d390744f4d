public import ArgumentParser

/// `gantry-proving campaign`: plays the program itself many times, and counts what came of it.
public struct CampaignCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract: "Plays the program itself many times, and counts what came of it.",
    subcommands: [ListsCommand.self, WorldCommand.self, NightsCommand.self],
    defaultSubcommand: ListsCommand.self)

  /// Creates the command.
  public init() {}
}
