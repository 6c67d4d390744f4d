import Drivers
import Glibc

/// What is asked at the seam, in the words of a trace; recorder and replay use the same.
enum Question {
  static func open(_ path: String, _ flags: Int32) -> String {
    "open \(TraceText.word(path)) 0x\(String(flags, radix: 16))"
  }

  static func close(_ descriptor: Int32) -> String { "close \(descriptor)" }

  static func ioctl(_ descriptor: Int32, _ name: String, _ bytes: String) -> String {
    "ioctl \(descriptor) \(name) \(bytes)"
  }

  static func poll(_ descriptor: Int32, _ events: Int32, _ milliseconds: Int32) -> String {
    "poll \(descriptor) \(PollText.text(events)) \(milliseconds)ms"
  }

  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> String {
    "write \(descriptor) \(TraceText.hex(bytes))"
  }

  static func map(_ descriptor: Int32, _ length: Int, _ offset: Int) -> String {
    "map \(descriptor) \(length) 0x\(String(offset, radix: 16))"
  }

  static func unmap(_ length: Int) -> String { "unmap \(length)" }

  static let now = "now"

  static func pause(_ time: Duration) -> String { "pause \(milliseconds(time))" }

  static func chip(_ path: String) -> String { "gpio-chip \(TraceText.word(path))" }

  static func line(_ offset: Int, _ path: String) -> String {
    "gpio-line \(TraceText.word(path)) \(offset)"
  }

  static func request(_ offset: Int, _ path: String, _ activeLow: Bool, _ value: Bool) -> String {
    "gpio-request \(TraceText.word(path)) \(offset) active-\(activeLow ? "low" : "high") "
      + (value ? "1" : "0")
  }

  static func requestInput(_ offset: Int, _ path: String, _ activeLow: Bool) -> String {
    "gpio-request-input \(TraceText.word(path)) \(offset) active-\(activeLow ? "low" : "high")"
  }

  static func set(_ line: Int, _ value: Bool) -> String { "gpio-set \(line) \(value ? 1 : 0)" }

  static func get(_ line: Int) -> String { "gpio-get \(line)" }

  static func release(_ line: Int) -> String { "gpio-release \(line)" }

  static func openUSB(_ bus: UInt8, _ address: UInt8, _ claims: Bool) -> String {
    "usb-open \(bus):\(address)\(claims ? " claim" : "")"
  }

  /// Bytes that go to the host are not told: what is in them before is nobody's affair.
  static func control(
    _ device: Int, _ setup: USBSetup, _ bytes: UnsafeMutableBufferPointer<UInt8>,
    _ milliseconds: UInt32
  ) -> String {
    let numbers = [
      UInt16(setup.requestType), UInt16(setup.request), setup.value, setup.index,
    ].map { "0x" + String($0, radix: 16) }.joined(separator: " ")
    let content = isToHost(setup) ? "\(bytes.count)" : "=" + TraceText.hex(bytes)
    return "usb-control \(device) \(numbers) \(content) \(milliseconds)ms"
  }

  static func isToHost(_ setup: USBSetup) -> Bool { setup.requestType & 0x80 != 0 }

  static func closeUSB(_ device: Int) -> String { "usb-close \(device)" }

  static func devices(_ subsystem: String) -> String { "devices \(TraceText.word(subsystem))" }

  static func device(ofNode path: String) -> String { "device-of-node \(TraceText.word(path))" }

  static func properties(_ device: String) -> String { "properties \(TraceText.word(device))" }

  static func attribute(_ key: String, _ device: String) -> String {
    "attribute \(TraceText.word(device)) \(TraceText.word(key))"
  }

  static func setAttribute(_ key: String, _ device: String, _ value: String) -> String {
    "set-attribute \(TraceText.word(device)) \(TraceText.word(key)) \(TraceText.word(value))"
  }

  static func parent(_ device: String) -> String { "parent \(TraceText.word(device))" }

  static let watch = "watch"

  static func events(_ limit: Duration) -> String { "events \(milliseconds(limit))" }

  private static func milliseconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    return "\(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)ms"
  }
}

/// The events of `poll(2)`, such as `IN|PRI`; `-` for none.
enum PollText {
  private static let names: [(String, Int32)] = [
    ("IN", POLLIN), ("PRI", POLLPRI), ("OUT", POLLOUT), ("ERR", POLLERR), ("HUP", POLLHUP),
    ("NVAL", POLLNVAL),
  ]

  static func text(_ events: Int32) -> String {
    var rest = events
    var words: [String] = []
    for (name, bit) in names where events & bit != 0 {
      words.append(name)
      rest &= ~bit
    }
    if rest != 0 { words.append(String(rest)) }
    return words.isEmpty ? "-" : words.joined(separator: "|")
  }

  static func events(_ text: some StringProtocol) -> Int32 {
    text.split(separator: "|").reduce(0) { sum, word in
      sum | (names.first { $0.0 == word }?.1 ?? Int32(word) ?? 0)
    }
  }
}
