import Bench
import Frames
import RigDescription

/// How long a relay may take to answer.
private let answerTime = Duration.seconds(5)

extension RecorderConnection {
  /// What the relay reads back, and what is sensed behind it.
  fileprivate func supply() throws(RigFault) -> (readBack: Bool?, sensed: Bool?) {
    guard case .supply(let readBack, let sensed) = try askPower(.supply) else {
      throw misunderstanding.asFault
    }
    return (readBack, sensed)
  }

  fileprivate func askPower(_ question: RecorderQuestion) throws(RigFault) -> RecorderAnswer {
    do throws(BenchError) {
      return try ask(question, by: HostClock.present.advanced(by: answerTime)).answer
    } catch { throw error.asFault }
  }
}

extension BenchError {
  /// The fault; a guardian's calls are never cancelled.
  fileprivate var asFault: RigFault {
    switch self {
    case .fault(let fault): fault
    case .cancelled: RigFault(.power, .powerUnreachable, words)
    }
  }
}

/// The relay of a recorder that is a process of its own, as its guardian has it.
final class RecorderSocketPowerLine: PowerLine {
  private let connection: RecorderConnection

  init(_ settings: RecorderSocketSettings) throws(RigFault) {
    connection = try RecorderConnection(to: settings.socket, for: .power)
  }

  func set(powered: Bool) throws(RigFault) {
    let deadline = HostClock.present.advanced(by: answerTime)
    guard case .switched = try connection.askPower(.power(on: powered, by: deadline)) else {
      throw connection.misunderstanding.asFault
    }
    try confirm(powered: powered)
  }

  func readBack() throws(RigFault) -> Bool? { try connection.supply().readBack }

  func close() {}
}

/// What such a recorder's process says of the supply behind the relay.
final class RecorderSocketSense: SupplySensing {
  private let connection: RecorderConnection

  private init(_ connection: RecorderConnection) {
    self.connection = connection
  }

  /// The sense; nil where the process has none.
  static func wired(to settings: RecorderSocketSettings) throws(RigFault) -> RecorderSocketSense? {
    let connection = try RecorderConnection(to: settings.socket, for: .power)
    return try connection.supply().sensed == nil ? nil : RecorderSocketSense(connection)
  }

  func isSupplied() throws(RigFault) -> Bool {
    guard let sensed = try connection.supply().sensed else {
      throw RigFault(
        .power, .powerUnreachable, "the recorder's process does not sense its supply any more")
    }
    return sensed
  }

  func close() {}
}
