import Drivers
import FoundationEssentials
import Frames
import Synchronization

/// Serves those who come to a recorder's socket. Whoever talks nonsense, or goes, changes nothing
/// for the others.
public final class RecorderAttendance: Sendable {
  /// How long a message may take once it has begun, and the greeting before all.
  private static let messageTime = Duration.seconds(10)
  /// How many are served at once at most.
  private static let mostClients = 64

  private let recorder: ServedRecorder
  private let log: RecorderLog
  private let state = Mutex((serial: 0, present: 0))

  /// Serves a recorder.
  public init(_ recorder: ServedRecorder, log: RecorderLog) {
    self.recorder = recorder
    self.log = log
  }

  /// Serves a client until it goes.
  ///
  /// - Parameter socket: the connected socket, which is closed at the end.
  public func attend(_ socket: Int32) {
    let channel = RecorderChannel(socket)
    let (serial, isRoom) = state.withLock { state in
      state.serial += 1
      state.present += 1
      return (state.serial, state.present <= Self.mostClients)
    }
    defer { state.withLock { $0.present -= 1 } }
    guard isRoom else { return log.write("client \(serial) is one too many") }
    var counts = (reports: 0, pictures: 0)
    let end = converse(channel, &counts)
    if end == .nonsense { log.write("client \(serial) talks nonsense") }
    if counts != (0, 0) {
      log.write(
        "client \(serial) ends; \(counts.reports) reports, \(counts.pictures) pictures")
    }
  }

  private var soon: MonotonicInstant { HostClock.present.advanced(by: Self.messageTime) }

  /// Answers questions, until there are no more, or none that can be answered; says why it ended.
  private func converse(
    _ channel: RecorderChannel, _ counts: inout (reports: Int, pictures: Int)
  ) -> RecorderChannel.Failure {
    do throws(RecorderChannel.Failure) {
      try channel.takeGreeting(by: soon)
      try channel.greet(by: soon)
      while true {
        guard channel.waits(.seconds(3600)) else { continue }
        let message = try channel.receive(.questions, by: soon)
        guard
          let question = try? JSONDecoder().decode(
            RecorderQuestion.self, from: Data(message.words))
        else { throw .nonsense }
        let recorder = recorder
        let (answer, bytes) = blocking { await recorder.answer(question) }
        if case .report = question { counts.reports += 1 }
        if case .picture = answer { counts.pictures += 1 }
        guard let words = try? JSONEncoder().encode(answer) else { throw .nonsense }
        try channel.send(words: Array(words), bytes: bytes, by: soon)
      }
    } catch { return error }
  }
}
