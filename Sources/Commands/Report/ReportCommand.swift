import ArgumentParser
import Evidence

/// `gantry report`: the reports of a run, made again.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes report.html and junit.xml of run folders again, from their journals alone.")

  @Argument(help: "Run folders.", completion: .directory)
  var folders: [String]

  @Flag(help: "Let the page hold the pictures, to be sent around by itself.")
  var embed = false

  func run() throws {
    for folder in folders {
      do throws(EvidenceError) {
        try RunReports.write(in: folder, isEmbedded: embed)
      } catch {
        throw CommandFailure.invalid("\(error)")
      }
      Console.current.say("\(folder)/\(RunFolder.FileName.report)")
    }
  }
}
