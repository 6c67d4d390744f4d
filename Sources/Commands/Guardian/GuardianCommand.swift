import ArgumentParser
import BenchOpening
import Glibc

/// `gantry guardian`: what the program starts itself as to hold a power switch; not for people.
struct GuardianCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: PowerGuardian.subcommand,
    abstract: "Holds a power switch for the program that started it.", shouldDisplay: false)

  func run() throws {
    let status = PowerGuardian.serve(socket: STDIN_FILENO)
    if status != 0 { throw ExitCode(status) }
  }
}
