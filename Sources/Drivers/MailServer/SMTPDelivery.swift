public import Bench
import CCurl
public import Frames
public import RigDescription

/// Hands messages to a mail server, as a recorder does (RFC 5321).
public struct SMTPDelivery: Sendable {
  private let server: MailServer
  private let logIn: MailLogIn?
  private let authority: String?

  /// Connects to nothing yet.
  ///
  /// - Parameters:
  ///   - server: the server.
  ///   - logIn: who logs in; nil where nobody must.
  ///   - authority: the file of the certificate that signs the server's; nil for those that this
  ///     host trusts.
  public init(to server: MailServer, logIn: MailLogIn? = nil, authority: String? = nil) {
    self.server = server
    self.logIn = logIn
    self.authority = authority
  }

  /// Hands a message in. The calling thread waits.
  ///
  /// - Parameters:
  ///   - message: the message, headers first, its lines ended by CR and LF.
  ///   - from: the address that it comes from.
  ///   - to: the address that it goes to.
  ///   - deadline: when there is no more time.
  /// - Throws: why the server has not taken it.
  public func send(
    _ message: [UInt8], from: String, to: String, by deadline: MonotonicInstant
  ) throws(BenchError) {
    do throws(MailServerFailure) {
      try hand(message, from: from, to: to, by: deadline)
    } catch {
      throw error.error(of: server)
    }
  }

  /// Hands a message in, and says what helps where it is not taken.
  func hand(
    _ message: [UInt8], from: String, to: String, by deadline: MonotonicInstant
  ) throws(MailServerFailure) {
    let curl = try CurlHandle(server, authority: authority)
    if let logIn { try curl.logIn(logIn, by: deadline) }
    curl.set(CURLOPT_MAIL_FROM, "<\(from)>")
    let recipients = curl_slist_append(nil, "<\(to)>")
    defer { curl_slist_free_all(recipients) }
    _ = gantry_curl_set_list(curl.raw, CURLOPT_MAIL_RCPT, recipients)
    let failure = message.withUnsafeBytes { bytes -> MailServerFailure? in
      var upload = gantry_curl_upload(
        bytes: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count: bytes.count, sent: 0)
      return withUnsafeMutablePointer(to: &upload) { upload in
        gantry_curl_set_upload(curl.raw, upload)
        do throws(MailServerFailure) { try curl.perform(by: deadline) } catch { return error }
        return nil
      }
    }
    if let failure { throw failure }
  }
}
