import Foundation
import Glibc

/// Certificates for servers of this host, by an authority that nobody else knows.
public struct LoopbackCertificates: Sendable {
  private let folder: ServerFolder

  /// The authority's certificate.
  public var authority: String { folder.path + "/authority.pem" }
  /// The certificate of `localhost`, which the authority has signed.
  public var server: String { folder.path + "/server.pem" }
  /// The key of that.
  public var key: String { folder.path + "/server.key" }
  /// The certificate of another authority, which has signed nothing.
  public var stranger: String { folder.path + "/stranger.pem" }

  /// Those that all tests of a process share; they go with it.
  public static let shared: Result<LoopbackCertificates, any Error> = Result {
    let certificates = try LoopbackCertificates()
    atexit { try? shared.get().folder.remove() }
    return certificates
  }

  /// Makes authorities and a server's certificate.
  public init() throws {
    folder = try ServerFolder()
    try makeAuthority("authority")
    try makeAuthority("stranger")
    let (request, names) = (folder.path + "/server.csr", folder.path + "/names")
    try "subjectAltName=DNS:localhost".write(toFile: names, atomically: true, encoding: .utf8)
    try openssl(
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
      "-out", request, "-subj", "/CN=localhost")
    try openssl(
      "x509", "-req", "-in", request, "-CA", authority, "-CAkey", folder.path + "/authority.key",
      "-CAcreateserial", "-days", "2", "-extfile", names, "-out", server)
  }

  private func makeAuthority(_ name: String) throws {
    try openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", "\(folder.path)/\(name).key", "-out", "\(folder.path)/\(name).pem", "-days", "2",
      "-subj", "/CN=\(name)")
  }

  private func openssl(_ arguments: String...) throws {
    try ServerProcess.run("/usr/bin/openssl", arguments)
  }
}
