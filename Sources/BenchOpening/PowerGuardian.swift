import Drivers

/// The process that holds a power switch for the one that started it.
public enum PowerGuardian {
  /// The hidden subcommand that makes the program a guardian.
  public static let subcommand = GuardianLauncher.subcommand

  /// Serves the program at the other end of a socket until that goes.
  ///
  /// - Parameter socket: the socket's number; it is closed at the end.
  /// - Returns: what the process should end with: 0 when the supply was left on.
  public static func serve(socket: Int32) -> Int32 { Guardian.serve(socket: socket) }
}
