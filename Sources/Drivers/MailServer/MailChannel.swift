import Bench
import CCurl
import Frames
import Glibc
import RigDescription

/// Bytes that go to a mail server and come from it, once it has let somebody in.
protocol MailChannel: AnyObject {
  /// Sends bytes, all of them.
  func send(_ bytes: [UInt8], by deadline: MonotonicInstant) throws(MailServerFailure)

  /// Waits for bytes.
  ///
  /// - Returns: what came: one byte or more.
  func receive(by deadline: MonotonicInstant) throws(MailServerFailure) -> [UInt8]
}

/// A connection that libcurl has made: it has checked the server's certificate, and logged in. What
/// is said afterwards is ours: libcurl would mark mail as read, and loses parts of what is fetched
/// (curl#536).
final class CurlChannel: MailChannel {
  private static let glance: Int32 = 100
  private let curl: CurlHandle
  private let socket: Int32

  /// Connects and logs in.
  init(
    to server: MailServer, _ logIn: MailLogIn, authority: String?, by deadline: MonotonicInstant
  ) throws(MailServerFailure) {
    curl = try CurlHandle(server, authority: authority)
    try curl.logIn(logIn, by: deadline)
    curl.set(CURLOPT_CONNECT_ONLY, 1)
    try curl.perform(by: deadline)
    socket = gantry_curl_socket(curl.raw)
    guard socket >= 0 else { throw .lost("the server closed the connection") }
  }

  func send(_ bytes: [UInt8], by deadline: MonotonicInstant) throws(MailServerFailure) {
    var sent = 0
    while sent < bytes.count {
      var count = 0
      let code = bytes.withUnsafeBytes { bytes in
        curl_easy_send(curl.raw, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, &count)
      }
      switch code {
      case CURLE_OK: sent += count
      case CURLE_AGAIN: try wait(for: POLLOUT | POLLIN, by: deadline)
      default: throw curl.failure(code)
      }
    }
  }

  func receive(by deadline: MonotonicInstant) throws(MailServerFailure) -> [UInt8] {
    while true {
      var count = 0
      var code = CURLE_OK
      let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, written in
        code = curl_easy_recv(curl.raw, buffer.baseAddress, buffer.count, &count)
        written = code == CURLE_OK ? count : 0
      }
      switch code {
      case CURLE_OK:
        if bytes.isEmpty { throw .lost("the server closed the connection") }
        if HostClock.present >= deadline { throw .late("it did not end its answer in time") }
        if Task.isCancelled { throw .cancelled }
        return bytes
      case CURLE_AGAIN: try wait(for: POLLIN, by: deadline)
      default: throw curl.failure(code)
      }
    }
  }

  private func wait(for events: Int32, by deadline: MonotonicInstant) throws(MailServerFailure) {
    if Task.isCancelled { throw .cancelled }
    let rest = deadline.millisecondsFromNow
    if rest == 0 { throw .late("it did not answer in time") }
    var request = pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0)
    _ = poll(&request, 1, min(rest, Self.glance))
  }
}
