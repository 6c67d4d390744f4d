package import Bench
import Glibc
package import RigDescription

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
    tree.devices(inSubsystem: "gpio").compactMap(\.node).compactMap { path in
      try? GPIOChip(path, through: tree.calls)
    }
  }

  /// Opens a node for as long as it takes to ask.
  private init(_ path: String, through calls: any GPIOCalls) throws(SystemError) {
    let answer = try calls.chip(at: path)
    self.path = path
    name = answer.name
    label = answer.label
    lines = answer.lines
  }

  /// The one chip of a label, a name or a node.
  static func named(
    _ wanted: String, in tree: DeviceTree = DeviceTree()
  ) throws(RigFault) -> GPIOChip {
    if wanted.hasPrefix("/") {
      do throws(SystemError) {
        return try GPIOChip(wanted, through: tree.calls)
      } catch {
        throw RigFault(
          .power, .deviceMissing, "\(wanted) is no GPIO chip: \(systemWords(error.code))",
          errno: error.code)
      }
    }
    let all = all(in: tree)
    let found = all.filter { $0.label == wanted }
    if found.count > 1 {
      let names = found.map(\.name).joined(separator: ", ")
      throw RigFault(
        .power, .deviceAmbiguous, "several GPIO chips have the label \(wanted): \(names)")
    }
    if let chip = found.first ?? all.first(where: { $0.name == wanted }) { return chip }
    let list = all.map { "\($0.name) (\($0.label))" }.joined(separator: ", ")
    throw RigFault(
      .power,
      .deviceMissing,
      "no GPIO chip is called \(wanted); there \(list.isEmpty ? "is none" : "are: \(list)")")
  }

  /// What the kernel says of a line, without requesting it.
  func line(
    _ offset: Int, through calls: any GPIOCalls = LiveCalls()
  ) throws(RigFault) -> (name: String, consumer: String?) {
    do throws(SystemError) {
      let answer = try calls.line(offset, ofChipAt: path)
      return (answer.name, answer.consumer)
    } catch {
      throw RigFault(
        .power, .powerUnreachable,
        "line \(offset) of \(name) can't be asked: \(systemWords(error.code))", errno: error.code)
    }
  }

  /// The number of a line that is named by its number or its name.
  func offset(
    of line: String, through calls: any GPIOCalls = LiveCalls()
  ) throws(RigFault) -> Int {
    if let number = Int(line) {
      guard (0..<lines).contains(number) else {
        throw RigFault(
          .power, .rigIncomplete,
          "\(name) has \(lines) lines, counted from 0; there is no \(number)")
      }
      return number
    }
    for offset in 0..<lines where try self.line(offset, through: calls).name == line {
      return offset
    }
    throw RigFault(.power, .rigIncomplete, "\(name) (\(label)) has no line called \(line)")
  }

  /// Why a line was not lent, with who holds it.
  func refusal(
    _ error: SystemError, line: String, offset: Int, through calls: any GPIOCalls
  ) -> RigFault {
    let user = (try? self.line(offset, through: calls).consumer).flatMap(\.self)
    return RigFault(
      .power, error.code == EBUSY ? .deviceInUse : .powerUnreachable,
      "line \(line) of \(name) can't be requested: \(systemWords(error.code))"
        + (user.map { ", it is held by \($0)" } ?? ""), errno: error.code)
  }
}

/// A relay on a GPIO line that this process holds.
///
/// The kernel keeps the level only while the line is held; what happens then is the chip's affair.
package final class GPIOPowerLine: PowerLine {
  private let settings: GPIORelaySettings
  private let chip: GPIOChip
  /// The line; nil once it is given back.
  private var held: (any HeldGPIOLine)?

  /// Requests the line; from then on the device is supplied.
  package init(_ settings: GPIORelaySettings, tree: DeviceTree = DeviceTree()) throws(RigFault) {
    self.settings = settings
    let calls = tree.calls
    chip = try GPIOChip.named(settings.chip, in: tree)
    let offset = try chip.offset(of: settings.line, through: calls)
    do throws(SystemError) {
      held = try calls.request(
        line: offset, ofChipAt: chip.path, activeLow: settings.activeLow,
        value: settings.contact.isEnergised(powered: true))
    } catch {
      throw chip.refusal(error, line: settings.line, offset: offset, through: calls)
    }
    try confirm(powered: true)
  }

  deinit { close() }

  package func set(powered: Bool) throws(RigFault) {
    let level = settings.contact.isEnergised(powered: powered)
    try withLine("can't be set") { held throws(SystemError) in try held.set(level) }
    try confirm(powered: powered)
  }

  package func readBack() throws(RigFault) -> Bool? {
    let level = try withLine("can't be read") { held throws(SystemError) in try held.get() }
    return settings.contact.isEnergised(powered: true) == level
  }

  package func close() {
    held?.release()
    held = nil
  }

  /// Uses the line while it is held.
  private func withLine<Answer>(
    _ failure: String, _ use: (any HeldGPIOLine) throws(SystemError) -> Answer
  ) throws(RigFault) -> Answer {
    do throws(SystemError) {
      guard let held else { throw SystemError(ENODEV) }
      return try use(held)
    } catch {
      throw RigFault(
        .power, .powerUnreachable,
        "line \(settings.line) of \(chip.name) \(failure): \(systemWords(error.code))",
        errno: error.code)
    }
  }
}
