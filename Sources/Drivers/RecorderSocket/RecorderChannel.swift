package import Frames
import Glibc

/// One end of a connection to a recorder that is a process of its own: messages both ways over a
/// Unix socket.
///
/// Each end begins with the same sixteen bytes. A message is the length of its words and that of the
/// bytes after them, four bytes each, lowest first; the words, as JSON; the bytes. Nothing waits
/// without an end, and no length is believed beyond what its reader can use.
package final class RecorderChannel: Sendable {
  /// Why nothing was sent or received.
  package enum Failure: Error, Hashable, Sendable {
    /// The other end is gone.
    case closed
    /// The time is over.
    case late
    /// Whoever waited was asked to stop.
    case cancelled
    /// The other end speaks something else.
    case nonsense
  }

  /// A message.
  package struct Message: Sendable {
    /// What is said.
    package var words: [UInt8]
    /// What follows it.
    package var bytes: [UInt8]
  }

  /// How long the parts of a message that is taken may be.
  package struct Limits: Sendable {
    var words: Int
    var bytes: Int

    /// Those of questions: words alone.
    package static let questions = Limits(words: 8 << 20, bytes: 0)
    /// Those of answers: a picture, or a mail.
    package static let answers = Limits(words: 8 << 20, bytes: 256 << 20)
  }

  /// What both ends begin with; it changes with what is said afterwards.
  private static let greeting = Array("gantry-recorder1".utf8)
  private static let headLength = 8
  /// How often a wait looks whether it was asked to stop.
  private static let slice: Int32 = 100

  private let socket: Descriptor

  /// Takes over a connected socket.
  package init(_ number: Int32) {
    socket = Descriptor(number)
    // A socket that can't be made so would only wait longer.
    _ = fcntl(number, F_SETFL, O_NONBLOCK)
  }

  // MARK: Messages

  /// Says what both ends begin with.
  package func greet(by deadline: MonotonicInstant) throws(Failure) {
    try send(Self.greeting, by: deadline)
  }

  /// Waits for what both ends begin with.
  package func takeGreeting(
    by deadline: MonotonicInstant, unless isStopped: () -> Bool = { false }
  ) throws(Failure) {
    let bytes = try take(Self.greeting.count, by: deadline, unless: isStopped)
    guard bytes == Self.greeting else { throw .nonsense }
  }

  /// Sends a message.
  ///
  /// - Parameters:
  ///   - words: what is said.
  ///   - bytes: what follows it, in parts.
  ///   - deadline: until when the other end must have taken it.
  /// - Throws: when it has not.
  package func send(
    words: [UInt8], bytes: [[UInt8]] = [], by deadline: MonotonicInstant
  ) throws(Failure) {
    let count = bytes.reduce(0) { $0 + $1.count }
    let head = [words.count, count].flatMap { count in
      (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
    try send(head + words, by: deadline)
    for part in bytes { try send(part, by: deadline) }
  }

  /// Waits until a message begins.
  ///
  /// - Returns: whether one did in this time.
  package func waits(_ time: Duration) -> Bool { socket.wait(for: POLLIN, time) != 0 }

  /// Waits for a message.
  package func receive(
    _ limits: Limits, by deadline: MonotonicInstant, unless isStopped: () -> Bool = { false }
  ) throws(Failure) -> Message {
    let head = try take(Self.headLength, by: deadline, unless: isStopped)
    func number(at offset: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(head[offset + $1]) << (8 * $1) }
    }
    let (words, bytes) = (number(at: 0), number(at: 4))
    guard words <= limits.words, bytes <= limits.bytes else { throw .nonsense }
    return Message(
      words: try take(words, by: deadline, unless: isStopped),
      bytes: try take(bytes, by: deadline, unless: isStopped))
  }

  // MARK: Bytes

  private func send(_ bytes: [UInt8], by deadline: MonotonicInstant) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          socket.number, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
        continue
      }
      if errno == EINTR { continue }
      guard errno == EAGAIN else { throw .closed }
      let left = deadline.millisecondsFromNow
      guard left > 0 else { throw .late }
      _ = socket.wait(for: POLLOUT, milliseconds: left)
    }
  }

  /// How much room is made before bytes have come to fill it.
  private static let room = 4 << 20

  private func take(
    _ count: Int, by deadline: MonotonicInstant, unless isStopped: () -> Bool
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var failure: Failure?
      let missing = min(count - bytes.count, Self.room)
      let part = [UInt8](unsafeUninitializedCapacity: missing) { buffer, filled in
        while filled < missing, failure == nil {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          do throws(Failure) {
            filled += try takeSome(into: rest, by: deadline, unless: isStopped)
          } catch { failure = error }
        }
      }
      if let failure { throw failure }
      bytes = bytes.isEmpty ? part : bytes + part
    }
    return bytes
  }

  private func takeSome(
    into room: UnsafeMutableRawBufferPointer, by deadline: MonotonicInstant,
    unless isStopped: () -> Bool
  ) throws(Failure) -> Int {
    while true {
      let count = recv(socket.number, room.baseAddress, room.count, 0)
      if count > 0 { return count }
      if count < 0, errno == EINTR { continue }
      guard count < 0, errno == EAGAIN else { throw .closed }
      if isStopped() { throw .cancelled }
      let left = deadline.millisecondsFromNow
      guard left > 0 else { throw .late }
      _ = socket.wait(for: POLLIN, milliseconds: min(left, Self.slice))
    }
  }
}
