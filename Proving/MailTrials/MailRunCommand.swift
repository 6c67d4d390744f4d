public import ArgumentParser
import Foundation
import MailServers

/// `gantry-proving mail-run`: a run whose secure code really travels by mail.
public struct MailRunCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "mail-run",
    abstract: "Plays a scenario whose mail goes through Exim into Dovecot, in real time.",
    discussion: """
      Both servers are started on 127.0.0.1 for the run, with certificates of their own. The virtual \
      recorder hands its mail to Exim by SMTP, which hands it on to Dovecot by LMTP; the run reads it \
      by IMAP with TLS. Exit codes: those of the run; 2 wrong usage.
      """)

  @Argument(help: "The scenario.", completion: .file(extensions: ["yaml"]))
  var scenario = "Scenarios/password-reset.yaml"

  @Option(help: "The program to play with.", completion: .file())
  var program = ".build/release/gantry"

  @Option(help: "The model's folder.", completion: .directory)
  var model = "Rigs/models/night-series"

  @Option(help: "The seed of the run.")
  var seed: UInt64 = 1

  @Option(help: "Where the run's folder goes.", completion: .directory)
  var out = "runs"

  /// Creates the command.
  public init() {}

  /// Starts the servers and plays the run.
  public func run() throws {
    let dovecot = try DovecotServer()
    let exim = try EximServer(handingOnTo: dovecot.lmtp)
    let folder =
      FileManager.default.temporaryDirectory.path + "/gantry-mail-run-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("\(dovecot.password)\n".utf8).write(to: URL(filePath: folder + "/password"))
    let rig = folder + "/rig.yaml"
    try Self.rig(
      model: URL(filePath: model).standardizedFileURL.path, dovecot, smtp: exim.smtp
    ).write(toFile: rig, atomically: true, encoding: .utf8)
    let play = Process()
    play.executableURL = URL(filePath: program)
    play.arguments = [
      "run", scenario, "--rig", rig, "--clock", "real", "--unattended", "--seed", "\(seed)",
      "--out", out, "--ledger", "none",
    ]
    try play.run()
    play.waitUntilExit()
    if play.terminationStatus != 0 { throw ExitCode(play.terminationStatus) }
  }

  private static func rig(model: String, _ dovecot: DovecotServer, smtp: Int) -> String {
    """
    rig: mail-servers
    about: A virtual recorder whose mail goes by real servers.
    model: \(model)
    virtual: {}
    power: {minimumOff: 10s}
    mail:
      imap:
        url: imaps://localhost:\(dovecot.imaps)
        user: \(dovecot.user)
        password: {file: password}
        authority: \(dovecot.certificates.authority)
        probe:
          url: smtp://127.0.0.1:\(smtp)
          security: none
          from: recorder@lab.example
          to: \(dovecot.user)@lab.example

    """
  }
}
