import Foundation
import Glibc

/// A Dovecot of one's own on 127.0.0.1, with a mailbox for whoever knows the password. It ends with
/// its last user, or with this process.
///
/// It is for one task at a time.
public final class DovecotServer {
  /// How it differs from what a lab has.
  public struct Options: Sendable {
    /// The folder for junk; nil for none.
    public var junk: String? = "Junk"
    /// Whether the server says that it is for junk.
    public var flagsJunk = true
    /// What stands before the names of all folders but the inbox.
    public var prefix = ""
    /// What stands between the parts of names.
    public var separator = "/"
    /// Whether it can encrypt: `yes`, `no`, or `required`.
    public var encryption = "yes"

    /// Those of a lab.
    public init() {}
  }

  private static let program = "/usr/sbin/dovecot"

  /// Whether Dovecot is there, with what speaks IMAP.
  public static var isInstalled: Bool {
    FileManager.default.isExecutableFile(atPath: program)
      && FileManager.default.isExecutableFile(atPath: "/usr/lib/dovecot/imap")
  }

  /// The user of the mailbox; any other has one, too.
  public let user = "rig-7"
  /// The password of all users, and their bearer token, too.
  public let password = "open-9-sesame"
  /// The port of `imaps`.
  public let imaps: Int
  /// The port of `imap`, with STARTTLS.
  public let imap: Int
  /// The port of LMTP (RFC 2033).
  public let lmtp: Int
  /// The certificates that it shows, and that clients know it by.
  public let certificates: LoopbackCertificates
  /// Where it keeps everything.
  public let folder: ServerFolder

  private let options: Options
  private var process: ServerProcess?
  private var serial = 0
  private var made: Set<String> = []

  /// Starts a server whose mailbox is empty.
  public init(_ options: Options = Options()) throws {
    self.options = options
    certificates = try LoopbackCertificates.shared.get()
    folder = try ServerFolder()
    (imaps, imap, lmtp) = try (LoopbackPort.free(), LoopbackPort.free(), LoopbackPort.free())
    try configuration.write(toFile: file, atomically: true, encoding: .utf8)
    for name in ["run", "state", "mail", "mail/\(user)"] { try make(name) }
    try start()
  }

  deinit { stop() }

  private var file: String { folder.path + "/dovecot.conf" }
  private var log: String { folder.path + "/log" }

  // MARK: Running

  /// Starts the server again.
  public func start() throws {
    guard process == nil else { return }
    process = try ServerProcess(Self.program, ["-F", "-c", file])
    try LoopbackPort.wait(for: [imaps, imap, lmtp], log: log)
  }

  /// Stops the server, and all connections to it.
  public func stop() {
    process?.end()
    process = nil
  }

  /// What it wrote down.
  public var report: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// How many messages' bodies were fetched in all sessions that have ended.
  public var fetchedBodies: Int {
    report.matches(of: /body_count=(\d+)/).reduce(0) { $0 + (Int($1.output.1) ?? 0) }
  }

  /// Has something done to the mailbox, or asked about it.
  @discardableResult
  public func doveadm(_ command: String, _ arguments: String...) throws -> String {
    try ServerProcess.run(
      "/usr/bin/doveadm",
      ["-c", file] + command.split(separator: " ").map(String.init) + ["-u", user] + arguments)
  }

  // MARK: Mail

  /// Puts a message into the mailbox.
  ///
  /// - Parameters:
  ///   - message: the message, headers first.
  ///   - mailbox: the folder, by the name that the disk has it under.
  ///   - seconds: when it arrived, in seconds since 1970; nil for now.
  /// - Throws: when it can't be written.
  public func deliver(
    _ message: [UInt8], into mailbox: String = "INBOX", at seconds: Double? = nil
  ) throws {
    let maildir = maildir(mailbox)
    for part in ["", "/new", "/cur", "/tmp"] { try make(maildir + part) }
    serial += 1
    let now = seconds ?? Date().timeIntervalSince1970
    let draft = "\(folder.path)/\(maildir)/tmp/\(serial)"
    // What servers write into names tells them lengths without a look into the files.
    let name = "\(Int(now)).M\(serial)P\(getpid()).gantry,S=\(message.count),W=\(message.count)"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let isWritten = message.withUnsafeBytes { write(file, $0.baseAddress, $0.count) == $0.count }
    let time = timespec(tv_sec: Int(now), tv_nsec: 0)
    guard isWritten, fchown(file, ServerUser.user, ServerUser.group) == 0,
      futimens(file, [time, time]) == 0, close(file) == 0,
      rename(draft, "\(folder.path)/\(maildir)/new/\(name)") == 0
    else { throw MailServersError(description: "\(draft): \(String(cString: strerror(errno)))") }
  }

  /// The names of the files of a folder, with their flags: an `S` behind the colon is of a message
  /// that somebody has seen.
  public func files(in mailbox: String = "INBOX") -> [String] {
    ["new", "cur"].flatMap { part in
      let path = "\(folder.path)/\(maildir(mailbox))/\(part)"
      return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }.sorted()
  }

  private func maildir(_ mailbox: String) -> String {
    let base = "mail/\(user)"
    return mailbox == "INBOX" ? base : "\(base)/.\(mailbox)"
  }

  private func make(_ name: String) throws {
    guard made.insert(name).inserted else { return }
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard !name.hasPrefix("mail") || chown(path, ServerUser.user, ServerUser.group) == 0 else {
      throw MailServersError(description: "\(path): \(String(cString: strerror(errno)))")
    }
  }

  // MARK: What it is told

  private var configuration: String {
    let (user, group) = (ServerUser.user, ServerUser.group)
    let junk = options.junk.map { name in
      """
        mailbox \(name) {
          auto = create
      \(options.flagsJunk ? "    special_use = \\Junk" : "")
        }
      """
    }
    return """
      base_dir = \(folder.path)/run
      state_dir = \(folder.path)/state
      log_path = \(log)
      protocols = imap lmtp
      listen = 127.0.0.1
      ssl = \(options.encryption)
      ssl_cert = <\(certificates.server)
      ssl_key = <\(certificates.key)
      auth_mechanisms = plain login xoauth2 oauthbearer
      auth_failure_delay = 0
      mail_max_userip_connections = 100
      mailbox_list_index = no
      mail_location = maildir:\(folder.path)/mail/%n
      first_valid_uid = 1
      first_valid_gid = 1
      \(ServerUser.isRoot ? "" : ownUser)
      passdb {
        driver = static
        args = password=\(password)
      }
      userdb {
        driver = static
        args = uid=\(user) gid=\(group) home=\(folder.path)/mail/%n allow_all_users=yes
      }
      namespace inbox {
        inbox = yes
        prefix = \(options.prefix)
        separator = \(options.separator)
      \(junk ?? "")
      }
      service imap-login {
        inet_listener imap {
          port = \(imap)
        }
        inet_listener imaps {
          port = \(imaps)
          ssl = \(options.encryption == "no" ? "no" : "yes")
        }
      }
      service lmtp {
        inet_listener lmtp {
          port = \(lmtp)
        }
      }

      """
  }

  /// What lets everybody run it, without more rights than they have.
  private var ownUser: String {
    let name = ServerUser.name(ServerUser.user)
    return """
      default_internal_user = \(name)
      default_internal_group = \(ServerUser.groupName(ServerUser.group))
      default_login_user = \(name)
      service anvil {
        chroot =
      }
      service imap-login {
        chroot =
      }
      """
  }
}
