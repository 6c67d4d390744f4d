import Bench
import FoundationEssentials
import Frames
import Glibc

/// One part's connection to a recorder that is a process of its own. Its calls block, up to a
/// deadline each; one that fails drops the connection, so that no late answer passes for another's.
final class RecorderConnection {
  private let path: String
  private let part: RigPart
  private let code: FaultCode
  private var channel: RecorderChannel?

  /// Connects.
  ///
  /// - Parameters:
  ///   - path: the socket.
  ///   - part: the part of the rig that is asked after.
  /// - Throws: when nobody is there.
  init(to path: String, for part: RigPart) throws(RigFault) {
    self.path = path
    self.part = part
    code =
      switch part {
      case .screen: .captureUnreachable
      case .mouse: .mouseUnreachable
      case .power: .powerUnreachable
      case .mail: .mailUnreachable
      case .host: .hostFails
      }
    do throws(RecorderChannel.Failure) {
      channel = try connected(by: HostClock.present.advanced(by: Self.grace))
    } catch { throw fault(error) }
  }

  /// How long an answer may come after its time: a recorder on a busy host draws on, and its answer
  /// is on its way.
  private static let grace = Duration.seconds(5)

  /// Asks and waits for the answer.
  ///
  /// - Parameters:
  ///   - question: what is asked.
  ///   - deadline: until when the recorder should have answered.
  ///   - isStopped: says to wait no longer.
  /// - Returns: the answer, and the bytes that follow it.
  /// - Throws: when there is none in time, or it is a fault.
  func ask(
    _ question: RecorderQuestion, by deadline: MonotonicInstant,
    unless isStopped: () -> Bool = { false }
  ) throws(BenchError) -> (answer: RecorderAnswer, bytes: [UInt8]) {
    let end = max(deadline, HostClock.present).advanced(by: Self.grace)
    let found: (answer: RecorderAnswer, bytes: [UInt8])
    do throws(RecorderChannel.Failure) {
      let channel = try open(by: end)
      self.channel = nil
      guard let words = try? JSONEncoder().encode(question) else { throw .nonsense }
      try channel.send(words: Array(words), by: end)
      let message = try channel.receive(.answers, by: end, unless: isStopped)
      guard let answer = try? JSONDecoder().decode(RecorderAnswer.self, from: Data(message.words))
      else { throw .nonsense }
      self.channel = channel
      found = (answer, message.bytes)
    } catch {
      if error == .cancelled { throw .cancelled }
      throw .fault(fault(error))
    }
    if case .fault(let fault) = found.answer { throw .fault(fault) }
    return found
  }

  /// What an answer is that is none to the question.
  var misunderstanding: BenchError { .fault(fault(.nonsense)) }

  private func open(
    by deadline: MonotonicInstant
  ) throws(RecorderChannel.Failure) -> RecorderChannel {
    if let channel { return channel }
    return try connected(by: deadline)
  }

  private func connected(
    by deadline: MonotonicInstant
  ) throws(RecorderChannel.Failure) -> RecorderChannel {
    guard let number = SocketAddress.stream() else { throw .closed }
    let channel = RecorderChannel(number)
    while SocketAddress.with(path, { connect(number, $0, $1) }) != 0 {
      // A queue that is full, or a signal: the recorder is there.
      guard errno == EAGAIN || errno == EINTR, deadline.millisecondsFromNow > 0 else {
        throw .closed
      }
      usleep(10_000)
    }
    try channel.greet(by: deadline)
    try channel.takeGreeting(by: deadline)
    return channel
  }

  private func fault(_ failure: RecorderChannel.Failure) -> RigFault {
    let words =
      switch failure {
      case .closed: "nobody answers at \(path): the recorder's process is not there"
      case .late: "the recorder's process at \(path) does not answer"
      case .nonsense: "what answers at \(path) is no recorder that this program can talk to"
      case .cancelled: "it was stopped"
      }
    return RigFault(part, code, words)
  }
}
