import Drivers
import Glibc
import WholeFiles

/// The Unix socket that a recorder is reached by, for its owner alone.
///
/// What a recorder that was killed has left behind is taken over; one that lives is left alone.
public final class RecorderListener {
  private let path: String
  private let lock: FileLock
  private let number: Int32

  /// Listens.
  ///
  /// - Parameter path: where the socket is to be.
  /// - Throws: when another recorder is there, or the socket can't be made.
  public init(path: String) throws(PortError) {
    self.path = path
    let isThere = try Self.isSocket(path)
    lock = try Self.lock(path)
    if isThere { try Self.clear(path) }
    guard let number = SocketAddress.stream() else { throw .system("a socket") }
    self.number = number
    let mask = umask(0o177)
    // Whoever comes before anybody is attended to waits.
    let bound = SocketAddress.with(path) {
      bind(number, $0, $1) == 0 ? listen(number, Self.queue) : -1
    }
    let code = errno
    umask(mask)
    if let failure = Self.failure(bound: bound, path, code: code) {
      Glibc.close(number)
      throw failure
    }
  }

  private static func failure(bound: Int32?, _ path: String, code: Int32) -> PortError? {
    switch bound {
    case 0: nil
    case nil: PortError("\(path) is too long for the path of a socket")
    default: .system(path, code: code)
    }
  }

  /// Holds the place, so that of two recorders that start at once one gives way.
  private static func lock(_ path: String) throws(PortError) -> FileLock {
    do throws(FileLock.Refusal) {
      return try FileLock(path + ".lock", holder: "process \(getpid())")
    } catch {
      switch error {
      case .taken(let holder): throw PortError("\(path) is in use by another recorder, \(holder)")
      case .failed(let failure): throw PortError("\(path).lock: \(failure.reason)")
      }
    }
  }

  /// Whether there is a socket; anything else of that name stays what it is.
  private static func isSocket(_ path: String) throws(PortError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw PortError("\(path) is there already, and no socket")
    }
    return true
  }

  /// Removes a socket that nobody listens on any more.
  private static func clear(_ path: String) throws(PortError) {
    if let number = SocketAddress.stream() {
      defer { Glibc.close(number) }
      if SocketAddress.with(path, { connect(number, $0, $1) }) == 0 {
        throw PortError("\(path) is in use by another program")
      }
    }
    guard unlink(path) == 0 || errno == ENOENT else { throw .system(path) }
  }

  /// Has those who come attended to, each on a thread of its own, until `isStopped` says so.
  ///
  /// - Parameters:
  ///   - isStopped: is asked several times a second.
  ///   - meanwhile: is done several times a second.
  ///   - attend: serves one client to its end; it is given the connected socket, which is its own.
  public func run(
    until isStopped: () -> Bool, meanwhile: () -> Void,
    attend: @escaping @Sendable (Int32) -> Void
  ) {
    while !isStopped() {
      meanwhile()
      var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Self.interval) > 0 else { continue }
      let client = accept(number, nil, nil)
      guard client >= 0 else {
        // One that is gone already, or no room for it now: the next one may fare better.
        usleep(10_000)
        continue
      }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      if !ContinuousThread.start({ attend(client) }) { Glibc.close(client) }
    }
  }

  private static let queue: Int32 = 16
  /// Milliseconds.
  private static let interval: Int32 = 50

  /// Gives the place back.
  public func close() {
    Glibc.close(number)
    unlink(path)
    lock.release()
  }
}
