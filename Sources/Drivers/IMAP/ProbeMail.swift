import Bench
import Frames
import Glibc
import RigDescription

/// A mail that a mailbox sends itself, to see whether mail arrives there, and when.
actor ProbeMail {
  /// Why it could not be seen through.
  enum Failure: Error {
    /// No server took it.
    case unsent(MailServerFailure)
    /// The mailbox did not answer.
    case unwatched(BenchError)
  }

  /// Where it arrived, and how long that took.
  struct Arrival: Sendable {
    var folder: String
    var after: Duration
  }

  private static let folders = ["INBOX", "Junk"]
  private static let longestSending = Duration.seconds(30)
  private static let pause = Duration.seconds(1)

  private let settings: MailProbeSettings
  private let authority: String?
  private let executor = DeviceExecutor("smtp")
  /// What nobody else's mail has in its subject.
  private let mark = String(UInt64.random(in: 1 << 60 ... .max), radix: 16)

  /// The mail's own thread: servers keep one waiting.
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// A mail that is sent as a rig file says.
  init(_ settings: MailProbeSettings, authority: String?) {
    self.settings = settings
    self.authority = authority
  }

  /// Sends it, and waits for it.
  ///
  /// - Returns: where it arrived; nil where it did not.
  func travel(to mailbox: any Mailbox, by deadline: MonotonicInstant) async throws(Failure)
    -> Arrival?
  {
    let before = try await watching { () throws(BenchError) in
      try await mailbox.listing(of: Self.folders, by: deadline)
    }
    let sent = HostClock.present
    do throws(MailServerFailure) {
      try SMTPDelivery(to: settings.server, logIn: settings.logIn, authority: authority).hand(
        message, from: settings.from, to: settings.to,
        by: min(deadline, sent.advanced(by: Self.longestSending)))
    } catch {
      throw .unsent(error)
    }
    let folder = try await watching { () throws(BenchError) in
      try await arrival(in: mailbox, since: before, by: deadline)
    }
    return folder.map { Arrival(folder: $0, after: sent.duration(to: HostClock.present)) }
  }

  private func watching<Answer: Sendable>(
    _ ask: () async throws(BenchError) -> Answer
  ) async throws(Failure) -> Answer {
    do throws(BenchError) { return try await ask() } catch { throw .unwatched(error) }
  }

  /// The folder in which it arrives; nil where it does not.
  private func arrival(
    in mailbox: any Mailbox, since listing: MailListing, by end: MonotonicInstant
  ) async throws(BenchError) -> String? {
    var looked: Set<MailIdentifier> = []
    while true {
      let now = HostClock.present
      // The last look is given time of its own.
      let patience = max(end, now.advanced(by: .seconds(5)))
      let new = try await mailbox.arrivals(in: Self.folders, since: listing, by: patience)
      for entry in new where looked.insert(entry.identifier).inserted {
        let header = try await mailbox.header(entry.identifier, by: patience) ?? []
        if String(decoding: header, as: UTF8.self).contains(mark) { return entry.identifier.folder }
      }
      guard now < end else { return nil }
      try await HostClock().sleep(until: min(end, now.advanced(by: Self.pause)))
    }
  }

  private var message: [UInt8] {
    let host = settings.from.split(separator: "@").last ?? "localhost"
    let lines = [
      "Date: \(Self.date)", "From: <\(settings.from)>", "To: <\(settings.to)>",
      "Subject: Gantry probe \(mark)", "Message-ID: <gantry-probe-\(mark)@\(host)>",
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=us-ascii", "",
      "Gantry sent this mail to see whether mail arrives in the mailbox of a rig.",
      "It may be deleted.", "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  /// The present, as headers have it (RFC 5322, 3.3), in UTC.
  private static var date: String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day =
      "\(days[Int(parts.tm_wday)]), \(parts.tm_mday) \(months[Int(parts.tm_mon)]) "
      + "\(parts.tm_year + 1900)"
    return "\(day) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) +0000"
  }
}
