import Bench
import RigDescription

/// Why a mail server did not do what it was asked, and what that means for asking again.
enum MailServerFailure: Error, Hashable, Sendable {
  /// There is no connection, or there is none any more: another one may do.
  case lost(String)
  /// The time was over.
  case late(String)
  /// Another try would come to the same.
  case refused(RigFault, remedy: String)
  /// The run was asked to stop.
  case cancelled
}

extension MailServer {
  /// What messages call it, such as `the mail server mail.lab.example:993`.
  var words: String { "the mail server \(host):\(port)" }

  /// What is wrong with it, as a fault of the mailbox.
  func fault(_ reason: String, _ code: FaultCode = .mailUnreachable) -> RigFault {
    RigFault(.mail, code, "\(words): \(reason)")
  }
}

/// What helps with a mail server.
enum MailServerRemedy {
  static let reaching =
    "see whether the server runs and listens there, and whether this host reaches it"
  static let certificate =
    "write the host's name as its certificate has it into url, and the certificate that signs it into "
    + "authority"
  static let logIn = "see to user and password, or what fetches the token"
  static let secret = "see where the rig file says that the secret is"
  static let encryption =
    "write imaps:// where the server encrypts from the first byte on, or let it offer STARTTLS"
  static let serving = "look into the server's own log"
}
