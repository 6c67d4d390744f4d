import Bench
import Drivers
import Frames

/// A real mailbox on a bench whose clock is not this host's: deadlines are told to it on the host's.
struct HostMailbox: Mailbox {
  let mailbox: any Mailbox
  let clock: any BenchClock

  func listing(
    of folders: [String], by deadline: MonotonicInstant
  ) async throws(BenchError) -> MailListing {
    try await mailbox.listing(of: folders, by: await onHost(deadline))
  }

  func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    try await mailbox.arrivals(in: folders, since: listing, by: await onHost(deadline))
  }

  func isKnown(
    _ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> Bool {
    try await mailbox.isKnown(arrival, to: listing, by: await onHost(deadline))
  }

  func header(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    try await mailbox.header(identifier, by: await onHost(deadline))
  }

  func message(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    try await mailbox.message(identifier, by: await onHost(deadline))
  }

  func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe {
    try await mailbox.probe(by: await onHost(deadline))
  }

  private func onHost(_ deadline: MonotonicInstant) async -> MonotonicInstant {
    HostClock.present.advanced(by: await clock.now().duration(to: deadline))
  }
}
