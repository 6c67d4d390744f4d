public import Bench
import Drivers
public import RigDescription

/// A secret of a rig's that this host holds.
public enum RigSecret {
  /// Looks it up, on a thread of its own.
  ///
  /// - Parameter source: where the rig says that it is.
  /// - Returns: the secret.
  /// - Throws: why there is none; the secret is no part of it.
  public static func value(of source: SecretSource) async throws(RigFault) -> String {
    try await LabSecret(source).value()
  }
}
