package import Bench
package import Drivers
package import Frames
import Glibc
import Synchronization

/// A machine that answers what a trace says, and nothing else.
///
/// A driver that asks something else than was asked when the trace was recorded, or in another
/// order, gets errors from there on, and ``problem`` says where that was.
package final class TraceReplay: HostCalls {
  private struct State {
    /// The lines, each with its number in the file.
    var lines: ArraySlice<(number: Int, line: TraceLine)>
    var problem: String?
  }

  private let state: Mutex<State>

  /// The mark where whoever looked at a capture device had seen enough.
  package static let closed = "closed"

  /// Reads a trace.
  package init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let numbered = lines.enumerated().compactMap { index, text in
      TraceLine(text: text).map { (number: index + 1, line: $0) }
    }
    state = Mutex(State(lines: numbered[...]))
  }

  /// How the driver departed from the trace; nil where it did not.
  package var problem: String? { state.withLock { $0.problem } }

  /// Whether everything in the trace was asked.
  package var isAtEnd: Bool { state.withLock { $0.lines.isEmpty } }

  /// Passes over a mark, where that is what comes next; whether it was, or nothing comes any more.
  package func passes(_ mark: String) -> Bool {
    state.withLock { state in
      guard state.problem == nil, let next = state.lines.first else { return true }
      guard next.line.question == mark else { return false }
      state.lines.removeFirst()
      return true
    }
  }

  /// The answer to a question, in words; nil where something else comes in the trace.
  func answer(_ question: String) -> [Substring]? {
    state.withLock { state in
      guard state.problem == nil else { return nil }
      guard let next = state.lines.first else {
        state.problem = "the trace is over, and the driver asks: \(question)"
        return nil
      }
      guard next.line.question == question else {
        state.problem =
          "line \(next.number) of the trace is: \(next.line.question); the driver asks: \(question)"
        return nil
      }
      state.lines.removeFirst()
      return next.line.answer.split(separator: " ")
    }
  }

  /// The number that is answered; that of an error where something else comes in the trace.
  private func number(_ question: String) -> Int {
    answer(question)?.first.flatMap { TraceErrors.number($0) } ?? Int(-ENOTRECOVERABLE)
  }

  /// The words of an answer, unless an error was answered.
  private func words(_ question: String) throws(SystemError) -> [Substring] {
    guard let words = answer(question) else { throw SystemError(ENOTRECOVERABLE) }
    if let number = words.first.flatMap({ TraceErrors.number($0) }), number < 0 {
      throw SystemError(Int32(-number))
    }
    return words
  }

  // MARK: Kernel

  package func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
    let number = number(Question.open(path, flags))
    guard number >= 0 else { throw SystemError(Int32(-number)) }
    return Int32(number)
  }

  package func close(_ descriptor: Int32) { _ = answer(Question.close(descriptor)) }

  package func ioctl(
    _ descriptor: Int32, _ request: UInt, _ argument: UnsafeMutableRawBufferPointer,
    _ attachment: RequestAttachment?
  ) -> Int32 {
    let text = RequestText(request, pointerAt: attachment?.offset)
    let asked = text.question(argument, attachment)
    guard let words = answer(Question.ioctl(descriptor, text.name, asked)),
      let code = words.first.flatMap({ TraceErrors.number($0) })
    else { return -ENOTRECOVERABLE }
    if words.count == 2 { text.fill(argument, attachment, from: words[1]) }
    return Int32(code)
  }

  package func poll(_ descriptor: Int32, for events: Int32, milliseconds: Int32) -> Int32 {
    let words = answer(Question.poll(descriptor, events, milliseconds))
    return words?.first.map { PollText.events($0) } ?? POLLNVAL
  }

  package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    number(Question.write(descriptor, bytes))
  }

  package func map(
    _ descriptor: Int32, length: Int, offset: Int
  ) throws(SystemError) -> UnsafeMutableRawBufferPointer {
    _ = try words(Question.map(descriptor, length, offset))
    // Pictures are not in a trace: this one is black in any format whose first byte is luma.
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    return memory
  }

  package func unmap(_ memory: UnsafeMutableRawBufferPointer) {
    _ = answer(Question.unmap(memory.count))
    memory.deallocate()
  }

  package func now() -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(number(Question.now)))
  }

  package func pause(_ time: Duration) { _ = answer(Question.pause(time)) }

  // MARK: GPIO

  package func chip(at path: String) throws(SystemError) -> GPIOChipAnswer {
    let words = try words(Question.chip(path))
    guard words.count == 3, let lines = Int(words[2]) else { throw SystemError(ENOTRECOVERABLE) }
    return GPIOChipAnswer(
      name: TraceText.text(words[0]), label: TraceText.text(words[1]), lines: lines)
  }

  package func line(_ offset: Int, ofChipAt path: String) throws(SystemError) -> GPIOLineAnswer {
    let words = try words(Question.line(offset, path))
    guard let name = words.first else { throw SystemError(ENOTRECOVERABLE) }
    return GPIOLineAnswer(
      name: TraceText.text(name), consumer: words.dropFirst().first.map { TraceText.text($0) })
  }

  package func request(
    line offset: Int, ofChipAt path: String, activeLow: Bool, value: Bool
  ) throws(SystemError) -> any HeldGPIOLine {
    let words = try words(Question.request(offset, path, activeLow, value))
    return ReplayedLine(number: words.first.flatMap { Int($0) } ?? 0, replay: self)
  }

  package func requestInput(
    line offset: Int, ofChipAt path: String, activeLow: Bool
  ) throws(SystemError) -> any HeldGPIOLine {
    let words = try words(Question.requestInput(offset, path, activeLow))
    return ReplayedLine(number: words.first.flatMap { Int($0) } ?? 0, replay: self)
  }

  private final class ReplayedLine: HeldGPIOLine {
    private let number: Int
    private let replay: TraceReplay

    init(number: Int, replay: TraceReplay) {
      self.number = number
      self.replay = replay
    }

    func set(_ value: Bool) throws(SystemError) {
      _ = try replay.words(Question.set(number, value))
    }

    func get() throws(SystemError) -> Bool {
      try replay.words(Question.get(number)).first == "1"
    }

    func release() { _ = replay.answer(Question.release(number)) }
  }

  // MARK: USB

  package func openUSB(
    bus: UInt8, address: UInt8, claims: Bool
  ) throws(USBOpeningError) -> any OpenUSBDevice {
    guard let word = answer(Question.openUSB(bus, address, claims))?.first, word != "no-library"
    else { throw .noLibrary }
    let number = Int(word) ?? 0
    guard number > 0 else { throw .refused(Int32(number)) }
    return ReplayedDevice(number: number, replay: self)
  }

  private final class ReplayedDevice: OpenUSBDevice {
    private let number: Int
    private let replay: TraceReplay

    init(number: Int, replay: TraceReplay) {
      self.number = number
      self.replay = replay
    }

    func control(
      _ setup: USBSetup, _ bytes: UnsafeMutableBufferPointer<UInt8>, milliseconds: UInt32
    ) -> Int32 {
      let words = replay.answer(Question.control(number, setup, bytes, milliseconds)) ?? []
      let content = words.dropFirst().first.flatMap { TraceText.bytes($0.dropFirst()) } ?? []
      for (index, byte) in content.enumerated() where index < bytes.count { bytes[index] = byte }
      // What is not in the trace is as if the device were gone.
      return words.first.flatMap { Int32($0) } ?? -4
    }

    func close() { _ = replay.answer(Question.closeUSB(number)) }
  }
}

extension TraceReplay: DeviceSource {
  package func devices(inSubsystem name: String) -> [String] {
    (answer(Question.devices(name)) ?? []).map { TraceText.text($0) }
  }

  package func device(ofNode path: String) -> String? {
    answer(Question.device(ofNode: path))?.first.map { TraceText.text($0) }
  }

  package func properties(of device: String) -> [String: String]? {
    answer(Question.properties(device))?.first.map { TraceText.pairs($0) }
  }

  package func attribute(_ key: String, of device: String) -> String? {
    answer(Question.attribute(key, device))?.first.map { TraceText.text($0) }
  }

  package func setAttribute(_ key: String, of device: String, to value: String) -> Int32 {
    Int32(-number(Question.setAttribute(key, device, value)))
  }

  package func parent(of device: String) -> String? {
    answer(Question.parent(device))?.first.map { TraceText.text($0) }
  }

  package func watch() throws(RigFault) -> any DeviceWatch {
    guard answer(Question.watch) != nil else {
      throw RigFault(
        .host, .hostFails, "devices can't be watched: the trace says nothing of it", errno: errno)
    }
    return ReplayedWatch(replay: self)
  }

  private struct ReplayedWatch: DeviceWatch {
    let replay: TraceReplay

    func events(within limit: Duration) -> [DeviceEvent] {
      (replay.answer(Question.events(limit)) ?? []).map { word in
        var properties = TraceText.pairs(word)
        let action = properties.removeValue(forKey: EventKey.action) ?? ""
        let path = properties.removeValue(forKey: EventKey.path) ?? ""
        return DeviceEvent(action: action, path: path, properties: properties)
      }
    }
  }
}
