public import Bench
import Frames
public import RigDescription

extension MaildirSettings: MailDriver {
  /// A mailbox on the folder, which is looked at only when asked for mail.
  public func open(for user: DeviceUser) throws(RigFault) -> any Mailbox & RigDevice {
    MaildirMailbox(path: path)
  }

  /// Where mail lies is not for the kernel to know.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] { [] }

  /// What the doctor says to try next where the mailbox can't be opened.
  public static var remedyUnopened: String { remedy }

  fileprivate static let remedy = "check the path of the Maildir and who may read it"
}

/// What the doctor asks of a Maildir: whether it can be read.
extension MaildirMailbox: RigDevice {
  private static let patience = Duration.seconds(10)

  /// Lists the inbox.
  public nonisolated func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    do throws(BenchError) {
      let deadline = HostClock.present.advanced(by: Self.patience)
      let mail = try await listing(of: ["INBOX"], by: deadline)
      tell(.well("mailbox", "\(mail.entries.count) messages"))
      return true
    } catch {
      tell(.unwell("mailbox", error.words, remedy: MaildirSettings.remedy))
      return false
    }
  }

  /// Nothing is held.
  public nonisolated func close() {}
}
