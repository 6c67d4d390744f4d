import Frames
import Glibc

/// Lines of text both ways over a socket, each ended by a line feed.
final class LineChannel {
  private let socket: Descriptor
  private var buffer: [UInt8] = []

  init(_ socket: Descriptor) {
    self.socket = socket
  }

  /// What a wait for a line came to.
  enum Arrival: Hashable {
    case line(String)
    case nothingYet
    case closed
  }

  /// Waits for the next line.
  func receive(milliseconds: Int32) -> Arrival {
    let end = HostClock.present.nanoseconds + Int64(milliseconds) * 1_000_000
    while true {
      if let feed = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<feed], as: UTF8.self)
        buffer.removeSubrange(...feed)
        return .line(line)
      }
      let rest = max(0, end - HostClock.present.nanoseconds)
      guard
        socket.wait(for: POLLIN, milliseconds: Int32(clamping: (rest + 999_999) / 1_000_000)) != 0
      else {
        if HostClock.present.nanoseconds >= end { return .nothingYet }
        continue
      }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = recv(socket.number, &bytes, bytes.count, 0)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return .closed }
      buffer += bytes[..<count]
    }
  }

  /// Sends a line; whether it could be sent.
  @discardableResult func send(_ line: String) -> Bool {
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
