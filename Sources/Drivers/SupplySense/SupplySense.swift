public import Bench
import Glibc
import RigDescription

/// What senses a supply behind its switch: calls that block, one at a time.
public protocol SupplySensing: AnyObject {
  /// Whether the supply is there.
  func isSupplied() throws(RigFault) -> Bool

  /// Gives back what is held for it.
  func close()
}

/// A GPIO line that follows the supply behind a switch, held as an input.
final class SupplySense: SupplySensing {
  private let settings: SupplySenseSettings
  private let chip: GPIOChip
  /// The line; nil once it is given back.
  private var held: (any HeldGPIOLine)?

  /// Requests the line, which changes nothing of the supply.
  init(_ settings: SupplySenseSettings, tree: DeviceTree = DeviceTree()) throws(RigFault) {
    self.settings = settings
    do throws(RigFault) {
      let calls = tree.calls
      let chip = try GPIOChip.named(settings.chip, in: tree)
      self.chip = chip
      let offset = try chip.offset(of: settings.line, through: calls)
      do throws(SystemError) {
        held = try calls.requestInput(
          line: offset, ofChipAt: chip.path, activeLow: settings.activeLow)
      } catch {
        throw chip.refusal(error, line: settings.line, offset: offset, through: calls)
      }
    } catch {
      throw Self.fault(error)
    }
  }

  deinit { close() }

  /// Whether the supply is there.
  func isSupplied() throws(RigFault) -> Bool {
    do throws(SystemError) {
      guard let held else { throw SystemError(ENODEV) }
      return try held.get()
    } catch {
      throw Self.fault(
        RigFault(
          .power, .powerUnreachable,
          "line \(settings.line) of \(chip.name) can't be read: \(systemWords(error.code))",
          errno: error.code))
    }
  }

  /// Gives the line back.
  func close() {
    held?.release()
    held = nil
  }

  /// A fault of a line, as one of the sense that it is.
  private static func fault(_ fault: RigFault) -> RigFault {
    RigFault(
      fault.part, fault.code, "the sense of the supply: \(fault.reason)", errno: fault.errno)
  }
}
