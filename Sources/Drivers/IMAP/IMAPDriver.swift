public import Bench
import Frames
public import RigDescription

extension IMAPSettings: MailDriver {
  /// A mailbox on the server, which is connected to only when asked for mail.
  public func open(for user: DeviceUser) throws(RigFault) -> any Mailbox & RigDevice {
    IMAPMailbox(self)
  }

  /// Where mail lies is not for the kernel to know.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] { [] }

  /// What the doctor says to try next where the mailbox can't be opened.
  public static var remedyUnopened: String { MailServerRemedy.reaching }
}

/// What the doctor asks of a mailbox on a server: whether it lets us in, what lies there, and, where
/// the rig says how, whether a mail that is sent into it arrives.
extension IMAPMailbox: RigDevice {
  private static let patience = Duration.seconds(15)
  private static let junk = "Junk"
  private static let server = "mail server"
  private static let folders = "mailbox"
  private static let probe = "mail probe"
  private static let longestTravel = Duration.seconds(60)

  /// Looks at inbox and junk, and sends the probe.
  public nonisolated func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    let deadline = HostClock.present.advanced(by: Self.patience)
    let name = "\(settings.server.host):\(settings.server.port)"
    do throws(MailServerFailure) {
      let listing = try await answer(by: deadline) { session throws(IMAPFailure) in
        try IMAPQuestions(session, deadline).listing(of: ["INBOX", Self.junk])
      }
      tell(.well(Self.server, "\(name) lets \(settings.logIn.user) in"))
      tell(.well(Self.folders, Self.words(for: listing)))
    } catch {
      tell(
        .unwell(
          Self.server, error.reason(of: settings.server), remedy: error.remedy))
      return false
    }
    if let probe = settings.probe {
      tell(await check(probe))
    }
    return true
  }

  /// Such as `INBOX holds 12 messages, Spam (junk) 3`.
  private static func words(for listing: MailListing) -> String {
    let inbox = IMAPFolder.inbox.name
    func count(_ folder: String) -> Int {
      listing.entries.count { $0.identifier.folder == folder }
    }
    let others = listing.marks.keys.filter { $0 != inbox }.sorted()
    let junk = others.map { "\($0) (junk) \(count($0))" }.joined(separator: ", ")
    let found = "\(inbox) holds \(count(inbox)) messages"
    return others.isEmpty ? "\(found); there is no folder for junk" : "\(found), \(junk)"
  }

  private nonisolated func check(_ probe: MailProbeSettings) async -> RigCheck {
    do throws(ProbeMail.Failure) {
      let arrival = try await ProbeMail(probe, authority: settings.authority).travel(
        to: self, by: HostClock.present.advanced(by: Self.longestTravel))
      guard let arrival else {
        return .unwell(
          Self.probe,
          "\(probe.server.words) took it, but it did not arrive within \(Self.longestTravel)",
          remedy: "see where the servers keep it: the recorder's mail may be kept there, too")
      }
      let tenths = (arrival.after / .milliseconds(100)).rounded(.up)
      return .well(Self.probe, "arrived in \(arrival.folder) after \(tenths / 10) s")
    } catch {
      switch error {
      case .unsent(let failure):
        return .unwell(
          Self.probe, "can't be sent: \(failure.reason(of: probe.server))", remedy: failure.remedy)
      case .unwatched(let error):
        return .unwell(Self.probe, error.words, remedy: MailServerRemedy.serving)
      }
    }
  }

  /// Gives the connection back.
  public nonisolated func close() {
    executor.wait { assumeIsolated { $0.disconnect() } }
  }
}

extension MailServerFailure {
  /// What is wrong, in a sentence without a final stop.
  func reason(of server: MailServer) -> String {
    switch self {
    case .lost(let reason), .late(let reason): server.fault(reason).reason
    case .refused(let fault, _): fault.reason
    case .cancelled: BenchError.cancelled.words
    }
  }

  /// What to try next.
  var remedy: String {
    switch self {
    case .lost, .late, .cancelled: MailServerRemedy.reaching
    case .refused(_, let remedy): remedy
    }
  }

  /// The same, for those who only want to know whether the rig works.
  func error(of server: MailServer) -> BenchError {
    switch self {
    case .lost(let reason), .late(let reason): .fault(server.fault(reason))
    case .refused(let fault, _): .fault(fault)
    case .cancelled: .cancelled
    }
  }
}
