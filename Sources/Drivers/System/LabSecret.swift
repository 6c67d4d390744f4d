public import Bench
import Frames
public import RigDescription

/// A secret of a lab's that this host holds, looked up on a thread of its own: a command may be asked.
public actor LabSecret {
  private let executor = DeviceExecutor("lab-secret")
  private let source: SecretSource

  /// Where it is looked up.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Names a secret; touches nothing.
  public init(_ source: SecretSource) {
    self.source = source
  }

  /// The secret, looked up afresh.
  ///
  /// - Throws: why there is none; the secret is no part of it.
  public func value() throws(RigFault) -> String {
    do throws(MailSecrets.Lack) {
      return try MailSecrets.value(
        of: source, by: HostClock.present.advanced(by: MailSecrets.patience))
    } catch {
      throw RigFault(.host, .valueMissing, error.reason)
    }
  }
}
