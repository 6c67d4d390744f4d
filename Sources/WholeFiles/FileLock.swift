import Glibc
import Synchronization

/// A file that one process at a time has locked, and in which it may say who it is.
///
/// The kernel takes the lock from a process that ends, however it ends (`flock(2)`), so that the lock
/// of a dead holder is simply taken over.
public final class FileLock: Sendable {
  /// Why a lock was not got.
  public enum Refusal: Error, Hashable, Sendable {
    /// Somebody else has it, who says this of itself.
    case taken(by: String)
    /// The system does not give it.
    case failed(WholeFile.Failure)
  }

  /// The open file; -1 once the lock is given back.
  private let descriptor: Mutex<Int32>

  /// Takes a lock.
  ///
  /// - Parameters:
  ///   - path: the file; it is made where there is none.
  ///   - mode: who may open a file that is made, as `open(2)` takes it.
  ///   - holder: who takes the lock, for those who find it taken.
  ///   - waits: whether to wait until whoever has it gives it back: for locks that are held for the
  ///     writing of a file and no longer.
  /// - Throws: when somebody else has it, or the file can't be opened.
  public init(
    _ path: String, mode: UInt32 = 0o600, holder: String = "", waits: Bool = false
  ) throws(Refusal) {
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode)
    guard number >= 0 else { throw .failed(WholeFile.Failure(isOpened: false, code: errno)) }
    var taken = flock(number, waits ? LOCK_EX : LOCK_EX | LOCK_NB)
    while taken != 0, waits, errno == EINTR { taken = flock(number, LOCK_EX) }
    guard taken == 0 else {
      let code = errno
      close(number)
      guard code == EWOULDBLOCK else {
        throw .failed(WholeFile.Failure(isOpened: true, code: code))
      }
      throw .taken(by: Self.words(in: path))
    }
    descriptor = Mutex(number)
    say(holder)
  }

  deinit { release() }

  /// Tells those who find the lock taken who has it, and what for.
  public func say(_ words: String) {
    let bytes = Array(words.utf8)
    descriptor.withLock { number in
      _ = ftruncate(number, 0)
      _ = pwrite(number, bytes, bytes.count, 0)
    }
  }

  /// Whether the lock is still held here.
  public var isHeld: Bool { descriptor.withLock { $0 >= 0 } }

  /// Gives the lock back; once is enough.
  public func release() {
    descriptor.withLock { number in
      guard number >= 0 else { return }
      // A child that is just being started has the open file, too, until it runs its own program:
      // closing it here would leave the lock with the child.
      _ = flock(number, LOCK_UN)
      close(number)
      number = -1
    }
  }

  /// What the holder of a lock says of itself; nil where nobody holds it.
  public static func holder(of path: String) -> String? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    defer { close(number) }
    if flock(number, LOCK_SH | LOCK_NB) == 0 {
      _ = flock(number, LOCK_UN)
      return nil
    }
    return words(in: path)
  }

  private static func words(in path: String) -> String {
    let bytes = (try? WholeFile.bytes(of: path, limit: 1 << 14)) ?? []
    let text = String(decoding: bytes, as: UTF8.self)
    return text.allSatisfy(\.isWhitespace) ? "another process" : text
  }
}
