import CGPIOD
import Glibc

extension LiveCalls {
  package func chip(at path: String) throws(SystemError) -> GPIOChipAnswer {
    var description = gantry_gpio_chip()
    guard gantry_gpio_describe(path, &description) == 0 else { throw SystemError(errno) }
    return GPIOChipAnswer(
      name: text(of: description.name), label: text(of: description.label),
      lines: Int(description.lines))
  }

  package func line(
    _ offset: Int, ofChipAt path: String
  ) throws(SystemError) -> GPIOLineAnswer {
    var description = gantry_gpio_line_info()
    guard gantry_gpio_inspect(path, UInt32(offset), &description) == 0 else {
      throw SystemError(errno)
    }
    return GPIOLineAnswer(
      name: text(of: description.name),
      consumer: description.is_used != 0 ? text(of: description.consumer) : nil)
  }

  package func request(
    line offset: Int, ofChipAt path: String, activeLow: Bool, value: Bool
  ) throws(SystemError) -> any HeldGPIOLine {
    var held = gantry_gpio_line()
    guard
      gantry_gpio_request(
        path, UInt32(offset), "gantry", activeLow ? 1 : 0, value ? 1 : 0, &held) == 0
    else { throw SystemError(errno) }
    return LiveGPIOLine(held)
  }

  package func requestInput(
    line offset: Int, ofChipAt path: String, activeLow: Bool
  ) throws(SystemError) -> any HeldGPIOLine {
    var held = gantry_gpio_line()
    guard
      gantry_gpio_request_input(path, UInt32(offset), "gantry", activeLow ? 1 : 0, &held) == 0
    else { throw SystemError(errno) }
    return LiveGPIOLine(held)
  }

  /// The text in an array of characters that C made.
  private func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

/// A line that libgpiod holds for this process.
private final class LiveGPIOLine: HeldGPIOLine {
  private var held: gantry_gpio_line

  init(_ held: gantry_gpio_line) {
    self.held = held
  }

  func set(_ value: Bool) throws(SystemError) {
    guard gantry_gpio_set(&held, value ? 1 : 0) == 0 else { throw SystemError(errno) }
  }

  func get() throws(SystemError) -> Bool {
    let level = gantry_gpio_get(&held)
    guard level >= 0 else { throw SystemError(errno) }
    return level == 1
  }

  func release() { gantry_gpio_release(&held) }
}
