public import ArgumentParser

/// The command line: `gantry`.
public struct GantryCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "gantry",
    abstract: "Plays scenarios on video recorders through their screen, mouse and plug.",
    discussion: """
      Exit codes: 0 passed, 1 failed (the recorder), 2 invalid input or usage, 3 errored (the \
      rig, the scenario or the model), 130 interrupted. Of several runs the worst, in the order \
      130, 2, 1, 3, 0.
      """,
    version: VersionCommand.line,
    subcommands: [
      InitCommand.self,
      RunCommand.self,
      CheckCommand.self,
      ExplainCommand.self,
      SchemaCommand.self,
      ReportCommand.self,
      CompareCommand.self,
      InvestigateCommand.self,
      HistoryCommand.self,
      GateCommand.self,
      LedgerCommand.self,
      GateCommand.self,
      KeyCommand.self,
      PruneCommand.self,
      FrameCommand.self,
      CropCommand.self,
      MatchCommand.self,
      ReadCommand.self,
      MailCommand.self,
      ChangesCommand.self,
      ConditionCommand.self,
      VirtualCommand.self,
      DevicesCommand.self,
      DoctorCommand.self,
      CalibrateCommand.self,
      PowerCommand.self,
      RecorderCommand.self,
      FlashCommand.self,
      MouseCommand.self,
      GadgetCommand.self,
      GuardianCommand.self,
      VersionCommand.self,
    ])

  /// Creates the command.
  public init() {}
}
