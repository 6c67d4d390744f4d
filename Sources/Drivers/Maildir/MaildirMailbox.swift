public import Bench
import Dispatch
public import Frames

/// A mailbox that is a Maildir on this machine, with its folders beside the inbox.
///
/// `INBOX` is the directory itself. Another folder is either a hidden directory in it (`.Junk`, as
/// Maildir++ has it) or a plain one (`Junk`); where both are there, both count. Nothing is changed:
/// messages are read where they lie.
public final class MaildirMailbox: Mailbox {
  private let store: MaildirStore
  /// Disks may keep one waiting, so they are asked on a thread of their own.
  private let queue = DispatchQueue(label: "maildir")

  /// Creates a mailbox on a directory, which is looked at only when asked for mail.
  public init(path: String) {
    store = MaildirStore(path: path)
  }

  /// What lies in the folders now, oldest first.
  public func listing(
    of folders: [String], by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    try await onQueue { store throws(RigFault) in try store.listing(of: folders) }
  }

  /// The bytes of one message.
  public func message(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8] {
    try await onQueue { store throws(RigFault) in try store.message(identifier) }
  }

  private func onQueue<Value: Sendable>(
    _ body: @escaping @Sendable (MaildirStore) throws(RigFault) -> Value
  ) async throws(BenchError) -> Value {
    let outcome: Result<Value, RigFault> = await withCheckedContinuation { continuation in
      queue.async { [store] in
        do throws(RigFault) {
          continuation.resume(returning: .success(try body(store)))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    switch outcome {
    case .success(let value): return value
    case .failure(let fault): throw .fault(fault)
    }
  }
}
