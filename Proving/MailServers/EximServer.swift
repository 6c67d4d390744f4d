import Foundation
import Glibc

/// An Exim of one's own on 127.0.0.1, which takes mail as a lab's server does and hands it on to a
/// Dovecot. It ends with its last user, or with this process.
public final class EximServer {
  private static let program = "/usr/sbin/exim4"

  /// Whether Exim is there.
  public static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// The port of SMTP, which takes mail from everybody and encrypts nothing.
  public let smtp: Int
  private let folder: ServerFolder
  private let process: ServerProcess

  /// Starts a server.
  ///
  /// - Parameter lmtp: the port of LMTP that all mail is handed on to; an address is a user of that
  ///   server by what stands before its `@`.
  /// - Throws: when it does not start, with what it wrote down.
  public init(handingOnTo lmtp: Int) throws {
    folder = try ServerFolder()
    smtp = try LoopbackPort.free()
    let spool = folder.path + "/spool"
    try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: true)
    let user = ServerUser.isRoot ? "Debian-exim" : ServerUser.name(getuid())
    if ServerUser.isRoot {
      try ServerProcess.run("/bin/chown", ["\(user):\(user)", spool, folder.path])
    }
    let file = folder.path + "/exim.conf"
    try Self.configuration(folder.path, user: user, smtp: smtp, lmtp: lmtp)
      .write(toFile: file, atomically: true, encoding: .utf8)
    process = try ServerProcess(
      Self.program, ["-C", file, "-bdf", "-q1m"])
    try LoopbackPort.wait(for: [smtp], log: folder.path + "/mainlog")
  }

  deinit { process.end() }

  /// What it wrote down.
  public var report: String {
    (try? String(contentsOfFile: folder.path + "/mainlog", encoding: .utf8)) ?? ""
  }

  private static func configuration(
    _ path: String, user: String, smtp: Int, lmtp: Int
  ) -> String {
    """
    primary_hostname = mail.lab.example
    spool_directory = \(path)/spool
    log_file_path = \(path)/%slog
    pid_file_path = \(path)/exim.pid
    exim_user = \(user)
    exim_group = \(ServerUser.isRoot ? user : ServerUser.groupName(getgid()))
    deliver_drop_privilege = \(ServerUser.isRoot ? "false" : "true")
    daemon_smtp_ports = \(smtp)
    local_interfaces = 127.0.0.1
    tls_advertise_hosts =
    acl_smtp_rcpt = all
    acl_smtp_data = all
    begin acl
    all:
      accept
    begin routers
    onwards:
      driver = manualroute
      domains = *
      route_list = * 127.0.0.1 byname
      self = send
      transport = lmtp
    begin transports
    lmtp:
      driver = smtp
      protocol = lmtp
      port = \(lmtp)
      allow_localhost
      hosts_avoid_tls = *
    begin retry
    * * F,1h,1s

    """
  }
}
