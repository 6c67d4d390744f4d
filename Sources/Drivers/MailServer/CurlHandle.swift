import Bench
import CCurl
import Frames
import RigDescription

/// A handle of libcurl: one connection to a mail server. It is used on one thread at a time.
final class CurlHandle {
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// libcurl's own handle.
  let handle: OpaquePointer
  private let server: MailServer
  private let reason: UnsafeMutablePointer<CChar>
  private var user = ""

  /// Prepares a connection; nothing goes out yet.
  ///
  /// - Parameters:
  ///   - server: where to.
  ///   - authority: the file of the certificate that signs the server's; nil for those that this
  ///     host trusts.
  /// - Throws: when the authority's certificate can't be read.
  init(_ server: MailServer, authority: String?) throws(MailServerFailure) {
    guard Self.isReady, let handle = curl_easy_init().map(OpaquePointer.init) else {
      throw .refused(
        RigFault(.mail, .hostFails, "libcurl can't be used"), remedy: "see whether memory is short")
    }
    self.handle = handle
    self.server = server
    reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
    reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    gantry_curl_write_reason(raw, reason)
    gantry_curl_be_silent(raw)
    gantry_curl_watch_peer(raw)
    gantry_curl_ask_to_stop(raw) { _, _, _, _, _ in Task.isCancelled ? 1 : 0 }
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_URL, server.url)
    if server.isLoopback { set(CURLOPT_NOPROXY, "*") }
    try secure(by: authority)
  }

  deinit {
    curl_easy_cleanup(raw)
    reason.deallocate()
  }

  /// libcurl's handle, as its functions take it.
  var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(handle) }

  /// Sets an option whose value is text, which libcurl copies.
  func set(_ option: CURLoption, _ text: String?) {
    _ = gantry_curl_set_text(raw, option, text)
  }

  /// Sets an option whose value is a number.
  func set(_ option: CURLoption, _ number: Int) {
    _ = gantry_curl_set_number(raw, option, number)
  }

  private func secure(by authority: String?) throws(MailServerFailure) {
    switch server.security {
    case .tls: break
    case .startTLS: set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
    case .none: set(CURLOPT_USE_SSL, Int(CURLUSESSL_NONE.rawValue))
    }
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    guard let authority else { return }
    do throws(FileError) {
      _ = try Files.bytes(of: authority, limit: 1)
    } catch {
      throw .refused(
        server.fault("the authority's certificate can't be read: \(error)"),
        remedy: "see to the file that authority names")
    }
    set(CURLOPT_CAINFO, authority)
    // Whoever names an authority trusts no other.
    set(CURLOPT_CAPATH, nil)
  }

  /// Logs in with the connection.
  func logIn(_ logIn: MailLogIn, by deadline: MonotonicInstant) throws(MailServerFailure) {
    user = logIn.user
    set(CURLOPT_USERNAME, user)
    let option: CURLoption
    let source: SecretSource
    switch logIn.proof {
    case .password(let password): (option, source) = (CURLOPT_PASSWORD, password)
    case .bearer(let token): (option, source) = (CURLOPT_XOAUTH2_BEARER, token)
    }
    do throws(MailSecrets.Lack) {
      set(option, try MailSecrets.value(of: source, by: deadline))
    } catch {
      if Task.isCancelled { throw .cancelled }
      throw .refused(
        server.fault("what logs \(logIn.user) in is not there: \(error.reason)"),
        remedy: MailServerRemedy.secret)
    }
  }

  /// Does what was set.
  func perform(by deadline: MonotonicInstant) throws(MailServerFailure) {
    let time = Int(deadline.millisecondsFromNow)
    guard time > 0 else { throw .late("there was no time to connect") }
    set(CURLOPT_TIMEOUT_MS, time)
    set(CURLOPT_CONNECTTIMEOUT_MS, time)
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, (time + 999) / 1_000))
    reason[0] = 0
    let code = curl_easy_perform(raw)
    if code != CURLE_OK { throw failure(code) }
  }

  /// What a code of libcurl means.
  func failure(_ code: CURLcode) -> MailServerFailure {
    let written = String(cString: reason)
    let words = written.isEmpty ? String(cString: curl_easy_strerror(code)) : written
    switch code {
    case CURLE_ABORTED_BY_CALLBACK: return .cancelled
    case CURLE_OPERATION_TIMEDOUT: return .late(words)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      return .refused(
        server.fault("its certificate is not good: \(words)", .mailRefused),
        remedy: MailServerRemedy.certificate)
    case CURLE_SSL_CACERT_BADFILE:
      return .refused(
        server.fault("the authority's certificate can't be used: \(words)"),
        remedy: "see to the file that authority names")
    case CURLE_LOGIN_DENIED:
      return .refused(
        server.fault(
          "it does not let \(user) in\(written.isEmpty ? "" : ": \(written)")", .mailRefused),
        remedy: MailServerRemedy.logIn)
    case CURLE_USE_SSL_FAILED:
      return .refused(
        server.fault("it does not offer STARTTLS", .mailRefused),
        remedy: MailServerRemedy.encryption)
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_NOT_BUILT_IN:
      return .refused(server.fault(words), remedy: "see to url")
    case CURLE_WEIRD_SERVER_REPLY:
      return .lost("it answers something else than a mail server: \(words)")
    default: return .lost(words)
    }
  }
}
