import Bench
import Foundation
import RigDescription
import VirtualRecorder

/// The folder that a virtual recorder's mail is delivered to: the rig's own, that of the recorder's
/// memory, or one that lives no longer than the bench and that nobody else can read, since the mail
/// carries secure codes.
struct MailHome: Sendable {
  /// The Maildir's folder.
  let path: String
  private let isPrivate: Bool

  init(
    _ wiring: Wiring<any MailSettings>?, memory: RecorderMemoryFolder?
  ) throws(RigFault) {
    if let maildir = wiring?.settings as? MaildirSettings {
      path = maildir.path
      isPrivate = false
      return
    }
    if let memory {
      path = memory.mailbox
      isPrivate = false
      return
    }
    let template = FileManager.default.temporaryDirectory.path + "/gantry-mail-XXXXXX"
    var bytes = Array(template.utf8CString)
    guard mkdtemp(&bytes) != nil else {
      throw RigFault(
        .host,
        .diskFails,
        "no folder for mail can be made in the temporary directory: \(String(cString: strerror(errno)))",
        errno: errno)
    }
    path = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    isPrivate = true
  }

  /// Removes the folder if it was made for the bench alone.
  @Sendable func remove() {
    guard isPrivate else { return }
    try? FileManager.default.removeItem(atPath: path)
  }
}
