import Glibc

/// A port that can't be opened or used, in a sentence without a final stop.
public struct PortError: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  public var description: String

  /// Creates an error.
  public init(_ description: String) { self.description = description }

  /// Creates an error from the system's word on the last call.
  static func system(_ what: String, code: Int32 = errno) -> PortError {
    PortError("\(what): \(String(cString: strerror(code)))")
  }
}
