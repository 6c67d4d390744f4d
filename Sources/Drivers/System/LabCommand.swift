public import Bench
import Frames

/// A command of a lab's, run on a thread of its own.
public actor LabCommand {
  private let executor = DeviceExecutor("lab-command")
  private let words: [String]

  /// Where it runs.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Creates a command.
  ///
  /// - Parameter words: the program, looked for as a shell does, and its arguments.
  public init(_ words: [String]) {
    self.words = words
  }

  /// Runs it to its end.
  ///
  /// - Parameter limit: how long it may take; it is ended then, with all that it has started.
  /// - Throws: where it does not end well.
  public func run(within limit: Duration) throws(RigFault) {
    do throws(ShortCommand.Failure) {
      _ = try ShortCommand.output(
        of: words, limit: 1 << 20, by: HostClock.present.advanced(by: limit))
    } catch {
      throw RigFault(
        .host, .hostFails, "the command \(words.first ?? "") \(error.reason)")
    }
  }
}
