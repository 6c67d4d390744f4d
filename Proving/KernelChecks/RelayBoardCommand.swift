import ArgumentParser
import Glibc
import RecorderPorts
import Synchronization

struct RelayBoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay-board",
    abstract: "Is a USB board with two relays, until it is ended.",
    discussion: "SIGUSR1 makes its relays stick where they are, or move again.")

  @Option(help: "Where the function of the gadget is mounted.") var functionfs: String
  @Option(help: "The board's five letters.") var serial = "BITFT"
  @Option(help: "What the board understands: features or commands, which are not answered.")
  var dialect = RelayBoard.Dialect.features
  @Option(help: "Where it writes down what happens to it.") var log: String

  func run() throws {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      if number == SIGUSR1 {
        RelayBoard.isStuck.logicalXor(true, ordering: .relaxed)
      } else {
        RelayBoard.isAskedToEnd.store(true, ordering: .relaxed)
      }
    }
    // Without SA_RESTART, so that the control pipe's wait ends.
    for number in [SIGTERM, SIGINT] { sigaction(number, &action, nil) }
    // With it, so that no request of the host's is left half answered.
    action.sa_flags = SA_RESTART
    sigaction(SIGUSR1, &action, nil)
    let log = try RecorderLog(path: log)
    let board = try RelayBoard(folder: functionfs, dialect: dialect, serial: serial) {
      log.write($0)
    }
    try board.serve()
  }
}

extension RelayBoard.Dialect: ExpressibleByArgument {}
