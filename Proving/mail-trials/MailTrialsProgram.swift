import ArgumentParser
import MailTrials

/// `mail-trials`: those of `gantry-proving` that read mail, by themselves, so that they are soon built
/// again under sanitizers.
@main
struct MailTrialsProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail-trials",
    abstract: "Reads damaged and absurd mails.",
    subcommands: [AbsurdMailsCommand.self, MailTrialsCommand.self])
}
