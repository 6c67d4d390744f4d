public import Bench
import Drivers

/// A command of a lab's that a rig names.
public enum RigCommand {
  /// Runs a command to its end, on a thread of its own.
  ///
  /// - Parameters:
  ///   - words: the program, looked for as a shell does, and its arguments.
  ///   - limit: how long it may take; it is ended then, with all that it has started.
  /// - Throws: where it does not end well.
  public static func run(_ words: [String], within limit: Duration) async throws(RigFault) {
    try await LabCommand(words).run(within: limit)
  }
}
