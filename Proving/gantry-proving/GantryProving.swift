import Accuracy
import ArgumentParser
import AttestationTrials
import Benchmark
import Campaign
import Clicks
import Commands
import ExpectedVerdicts
import GateTrials
import Glibc
import Journals
import KernelChecks
import LedgerTrials
import MailTrials
import RecorderPorts

/// `gantry-proving`: what proves `gantry`, and is not shipped with it.
@main
struct GantryProving: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gantry-proving",
    abstract: "Proves that gantry does what it says.",
    discussion: """
      Exit codes: 0 everything was as it should be; 1 something was not; 2 wrong usage; 130 \
      somebody stopped it.
      """,
    subcommands: [
      AbsurdMailsCommand.self, AccuracyCommand.self, AttestationTrialsCommand.self,
      BenchmarkCommand.self, CampaignCommand.self, CapturesCommand.self, ClicksCommand.self,
      CodesCommand.self, ExamplesCommand.self, ExpectationsCommand.self,
      FirmwareImageCommand.self, FitCommand.self,
      GateTrialsCommand.self, JournalsCommand.self,
      KernelChecksCommand.self, LedgerTrialsCommand.self, LookalikesCommand.self,
      MailRunCommand.self,
      MailTrialsCommand.self, MasksCommand.self, RecorderCommand.self, TintsCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      if exitCode(for: error) != .validationFailure { exit(withError: error) }
      Console.process.complain(fullMessage(for: error))
      Glibc.exit(CommandOutcome.invalid.rawValue)
    }
  }
}
