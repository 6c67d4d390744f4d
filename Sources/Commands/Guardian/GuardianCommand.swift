import ArgumentParser
import Drivers
import Glibc

/// `gantry guardian`: what the program starts itself as to hold a power switch; not for people.
struct GuardianCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: GuardianLauncher.subcommand,
    abstract: "Holds a power switch for the program that started it.", shouldDisplay: false)

  func run() throws {
    let status = Guardian.serve(socket: STDIN_FILENO)
    if status != 0 { throw ExitCode(status) }
  }
}
