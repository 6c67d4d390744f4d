package import Glibc

/// The address of a Unix socket.
package enum SocketAddress {
  /// Calls with a path as the address that it is.
  ///
  /// - Returns: what the call returns; nil for a path that is too long to be one (`unix(7)`).
  package static func with<Answer>(
    _ path: String, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Answer
  ) -> Answer? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// A stream socket that no child inherits; nil where the system gives none.
  package static func stream() -> Int32? {
    let number = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    return number >= 0 ? number : nil
  }
}
