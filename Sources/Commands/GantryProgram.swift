import ArgumentParser
import Glibc
import OrderedJSON

/// The program around the commands: parses, runs, and turns every outcome into an exit status.
public enum GantryProgram {
  /// Runs the program.
  ///
  /// - Parameter arguments: the command line without the program's name.
  /// - Returns: what the process should end with.
  public static func run(_ arguments: [String]) async -> Int32 {
    let status = await outcome(of: arguments)
    // Whoever reads a part of an answer must not take it for all of it.
    guard status == CommandOutcome.passed.rawValue, let failure = ProcessOutput.failure else {
      return status
    }
    Console.current.complain("standard output can't be written: \(failure)")
    return CommandOutcome.errored.rawValue
  }

  private static func outcome(of arguments: [String]) async -> Int32 {
    // Writing to a closed pipe must not kill a run before it has left the recorder powered.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try GantryCommand.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return CommandOutcome.passed.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      guard let failure = CommandFailure(error) else { return end(with: error, arguments) }
      complain(failure.description, arguments)
      return failure.status.rawValue
    }
  }

  /// Help and version are answers, everything else that the parser throws is wrong usage.
  private static func end(with error: any Error, _ arguments: [String]) -> Int32 {
    let message = GantryCommand.fullMessage(for: error)
    if GantryCommand.exitCode(for: error) == .success {
      Console.current.say(message)
      return CommandOutcome.passed.rawValue
    }
    complain(message, arguments)
    return CommandOutcome.invalid.rawValue
  }

  /// Says what is wrong; as an object, too, where a program reads standard output.
  private static func complain(_ message: String, _ arguments: [String]) {
    if arguments.prefix(while: { $0 != "--" }).contains("--json") {
      let error = JSONValue.object([.init("error", .string(message))])
      Console.current.say(error.description)
    }
    Console.current.complain(message)
  }
}
