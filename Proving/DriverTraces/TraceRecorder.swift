package import Drivers
package import Frames
import Synchronization

/// This machine, with a note of everything that drivers ask of it.
///
/// Pictures are not in a trace: what a driver reads of mapped memory passes no call.
package final class TraceRecorder: HostCalls {
  private struct State {
    var lines: [TraceLine] = []
    var handles = 0
  }

  private let live = LiveCalls()
  let source = UdevDevices()
  private let state = Mutex(State())

  package init() {}

  /// What was asked so far, and what was answered.
  package var lines: [TraceLine] { state.withLock { $0.lines } }

  /// Writes down something that is no call.
  package func mark(_ word: String) { put(word) }

  func put(_ question: String, _ answer: String = "") {
    state.withLock { $0.lines.append(TraceLine(question, answer)) }
  }

  /// Numbers for what has no number of its own.
  private func newHandle() -> Int {
    state.withLock { state in
      state.handles += 1
      return state.handles
    }
  }

  /// Makes a call that answers or fails, and writes it down.
  fileprivate func note<Answer>(
    _ question: String, _ call: () throws(SystemError) -> Answer, _ text: (Answer) -> String
  ) throws(SystemError) -> Answer {
    do throws(SystemError) {
      let answer = try call()
      put(question, text(answer))
      return answer
    } catch {
      put(question, TraceErrors.text(-Int(error.code)))
      throw error
    }
  }

  // MARK: Kernel

  package func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
    try note(
      Question.open(path, flags), { () throws(SystemError) in try live.open(path, flags) }
    ) { "\($0)" }
  }

  package func close(_ descriptor: Int32) {
    live.close(descriptor)
    put(Question.close(descriptor))
  }

  package func ioctl(
    _ descriptor: Int32, _ request: UInt, _ argument: UnsafeMutableRawBufferPointer,
    _ attachment: RequestAttachment?
  ) -> Int32 {
    let text = RequestText(request, pointerAt: attachment?.offset)
    let asked = text.question(argument, attachment)
    let code = live.ioctl(descriptor, request, argument, attachment)
    let number = TraceErrors.text(Int(code))
    put(
      Question.ioctl(descriptor, text.name, asked),
      code < 0 ? number : "\(number) \(text.answer(argument, attachment, asked: asked))")
    return code
  }

  package func poll(_ descriptor: Int32, for events: Int32, milliseconds: Int32) -> Int32 {
    let came = live.poll(descriptor, for: events, milliseconds: milliseconds)
    put(Question.poll(descriptor, events, milliseconds), PollText.text(came))
    return came
  }

  package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    let count = live.write(descriptor, bytes)
    put(Question.write(descriptor, bytes), TraceErrors.text(count))
    return count
  }

  package func map(
    _ descriptor: Int32, length: Int, offset: Int
  ) throws(SystemError) -> UnsafeMutableRawBufferPointer {
    try note(
      Question.map(descriptor, length, offset),
      { () throws(SystemError) in try live.map(descriptor, length: length, offset: offset) }
    ) { _ in "ok" }
  }

  package func unmap(_ memory: UnsafeMutableRawBufferPointer) {
    live.unmap(memory)
    put(Question.unmap(memory.count))
  }

  package func now() -> MonotonicInstant {
    let now = live.now()
    put(Question.now, "\(now.nanoseconds)")
    return now
  }

  package func pause(_ time: Duration) {
    live.pause(time)
    put(Question.pause(time))
  }

  // MARK: GPIO

  package func chip(at path: String) throws(SystemError) -> GPIOChipAnswer {
    try note(
      Question.chip(path), { () throws(SystemError) in try live.chip(at: path) }
    ) { "\(TraceText.word($0.name)) \(TraceText.word($0.label)) \($0.lines)" }
  }

  package func line(_ offset: Int, ofChipAt path: String) throws(SystemError) -> GPIOLineAnswer {
    try note(
      Question.line(offset, path),
      { () throws(SystemError) in try live.line(offset, ofChipAt: path) }
    ) { TraceText.word($0.name) + ($0.consumer.map { " \(TraceText.word($0))" } ?? "") }
  }

  package func request(
    line offset: Int, ofChipAt path: String, activeLow: Bool, value: Bool
  ) throws(SystemError) -> any HeldGPIOLine {
    let number = newHandle()
    let held = try note(
      Question.request(offset, path, activeLow, value),
      { () throws(SystemError) in
        try live.request(line: offset, ofChipAt: path, activeLow: activeLow, value: value)
      }
    ) { _ in "\(number)" }
    return RecordedLine(held, number, self)
  }

  package func requestInput(
    line offset: Int, ofChipAt path: String, activeLow: Bool
  ) throws(SystemError) -> any HeldGPIOLine {
    let number = newHandle()
    let held = try note(
      Question.requestInput(offset, path, activeLow),
      { () throws(SystemError) in
        try live.requestInput(line: offset, ofChipAt: path, activeLow: activeLow)
      }
    ) { _ in "\(number)" }
    return RecordedLine(held, number, self)
  }

  private final class RecordedLine: HeldGPIOLine {
    private let line: any HeldGPIOLine
    private let number: Int
    private let recorder: TraceRecorder

    init(_ line: any HeldGPIOLine, _ number: Int, _ recorder: TraceRecorder) {
      self.line = line
      self.number = number
      self.recorder = recorder
    }

    func set(_ value: Bool) throws(SystemError) {
      try recorder.note(
        Question.set(number, value), { () throws(SystemError) in try line.set(value) }
      ) { "ok" }
    }

    func get() throws(SystemError) -> Bool {
      try recorder.note(Question.get(number), { () throws(SystemError) in try line.get() }) {
        $0 ? "1" : "0"
      }
    }

    func release() {
      line.release()
      recorder.put(Question.release(number))
    }
  }

  // MARK: USB

  package func openUSB(
    bus: UInt8, address: UInt8, claims: Bool
  ) throws(USBOpeningError) -> any OpenUSBDevice {
    let question = Question.openUSB(bus, address, claims)
    do throws(USBOpeningError) {
      let device = try live.openUSB(bus: bus, address: address, claims: claims)
      let number = newHandle()
      put(question, "\(number)")
      return RecordedDevice(device, number, self)
    } catch {
      switch error {
      case .noLibrary: put(question, "no-library")
      case .refused(let code): put(question, "\(code)")
      }
      throw error
    }
  }

  private final class RecordedDevice: OpenUSBDevice {
    private let device: any OpenUSBDevice
    private let number: Int
    private let recorder: TraceRecorder

    init(_ device: any OpenUSBDevice, _ number: Int, _ recorder: TraceRecorder) {
      self.device = device
      self.number = number
      self.recorder = recorder
    }

    func control(
      _ setup: USBSetup, _ bytes: UnsafeMutableBufferPointer<UInt8>, milliseconds: UInt32
    ) -> Int32 {
      let question = Question.control(number, setup, bytes, milliseconds)
      let count = device.control(setup, bytes, milliseconds: milliseconds)
      let content =
        count > 0 && Question.isToHost(setup)
        ? " =" + TraceText.hex(bytes.prefix(Int(count))) : ""
      recorder.put(question, "\(count)\(content)")
      return count
    }

    func close() {
      device.close()
      recorder.put(Question.closeUSB(number))
    }
  }
}
