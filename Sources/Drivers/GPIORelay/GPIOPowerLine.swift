import Bench
import CGPIOD
import Glibc
import RigDescription

/// A chip of GPIO lines.
public struct GPIOChip: Sendable, Hashable {
  /// The node, such as `/dev/gpiochip0`.
  public var path: String
  /// The kernel's name.
  public var name: String
  /// What the driver or the board calls it.
  public var label: String
  /// How many lines it has.
  public var lines: Int

  /// All chips of this machine that may be opened.
  public static func all(in tree: DeviceTree = DeviceTree()) -> [GPIOChip] {
    tree.devices(inSubsystem: "gpio").compactMap(\.node).compactMap { GPIOChip($0) }
  }

  /// Opens a node for as long as it takes to ask; nil where it is no chip.
  init?(_ path: String) {
    var description = gantry_gpio_chip()
    guard gantry_gpio_describe(path, &description) == 0 else { return nil }
    self.path = path
    name = text(of: description.name)
    label = text(of: description.label)
    lines = Int(description.lines)
  }

  /// The one chip of a label, a name or a node.
  static func named(_ wanted: String) throws(RigFault) -> GPIOChip {
    if wanted.hasPrefix("/") {
      guard let chip = GPIOChip(wanted) else {
        throw RigFault(.power, "\(wanted) is no GPIO chip: \(systemWords(errno))")
      }
      return chip
    }
    let all = all()
    let found = all.filter { $0.label == wanted }
    if found.count > 1 {
      let names = found.map(\.name).joined(separator: ", ")
      throw RigFault(.power, "several GPIO chips have the label \(wanted): \(names)")
    }
    if let chip = found.first ?? all.first(where: { $0.name == wanted }) { return chip }
    let list = all.map { "\($0.name) (\($0.label))" }.joined(separator: ", ")
    throw RigFault(
      .power,
      "no GPIO chip is called \(wanted); there \(list.isEmpty ? "is none" : "are: \(list)")")
  }

  /// What the kernel says of a line, without requesting it.
  func line(_ offset: Int) throws(RigFault) -> (name: String, consumer: String?) {
    var description = gantry_gpio_line_info()
    guard gantry_gpio_inspect(path, UInt32(offset), &description) == 0 else {
      throw RigFault(.power, "line \(offset) of \(name) can't be asked: \(systemWords(errno))")
    }
    let consumer = description.is_used != 0 ? text(of: description.consumer) : nil
    return (text(of: description.name), consumer)
  }

  /// The number of a line that is named by its number or its name.
  func offset(of line: String) throws(RigFault) -> Int {
    if let number = Int(line) {
      guard (0..<lines).contains(number) else {
        throw RigFault(.power, "\(name) has \(lines) lines, counted from 0; there is no \(number)")
      }
      return number
    }
    for offset in 0..<lines where try self.line(offset).name == line { return offset }
    throw RigFault(.power, "\(name) (\(label)) has no line called \(line)")
  }
}

/// The text in an array of characters that C made.
private func text<Characters>(of characters: Characters) -> String {
  withUnsafeBytes(of: characters) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// A relay on a GPIO line that this process holds.
///
/// The kernel keeps the level only while the line is held; what happens then is the chip's affair.
final class GPIOPowerLine: PowerLine {
  private let settings: GPIORelaySettings
  private let chip: GPIOChip
  private var held = gantry_gpio_line()
  private var isHeld: Bool

  /// Requests the line; from then on the device is supplied.
  init(_ settings: GPIORelaySettings) throws(RigFault) {
    self.settings = settings
    chip = try GPIOChip.named(settings.chip)
    let offset = try chip.offset(of: settings.line)
    isHeld = false
    let level: Int32 = settings.contact.isEnergised(powered: true) ? 1 : 0
    guard
      gantry_gpio_request(
        chip.path, UInt32(offset), "gantry", settings.activeLow ? 1 : 0, level, &held) == 0
    else {
      let code = errno
      let user = (try? chip.line(offset).consumer).flatMap(\.self)
      throw RigFault(
        .power,
        "line \(settings.line) of \(chip.name) can't be requested: \(systemWords(code))"
          + (user.map { ", it is held by \($0)" } ?? ""))
    }
    isHeld = true
    try confirm(powered: true)
  }

  deinit { close() }

  func set(powered: Bool) throws(RigFault) {
    let level: Int32 = settings.contact.isEnergised(powered: powered) ? 1 : 0
    guard isHeld, gantry_gpio_set(&held, level) == 0 else { throw lost("can't be set") }
    try confirm(powered: powered)
  }

  func readBack() throws(RigFault) -> Bool? {
    let level = isHeld ? gantry_gpio_get(&held) : -1
    guard level >= 0 else { throw lost("can't be read") }
    return settings.contact.isEnergised(powered: true) == (level == 1)
  }

  func close() {
    if isHeld { gantry_gpio_release(&held) }
    isHeld = false
  }

  private func lost(_ what: String) -> RigFault {
    RigFault(
      .power,
      "line \(settings.line) of \(chip.name) \(what): \(systemWords(isHeld ? errno : ENODEV))"
    )
  }
}
