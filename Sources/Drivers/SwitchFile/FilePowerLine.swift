import Bench
import Glibc
import RigDescription

/// A switch that is worked by a file: an attribute of the kernel, such as that of a regulator or
/// of a network switch's port.
final class FilePowerLine: PowerLine {
  private let path: String
  private let settings: SwitchFileSettings

  init(_ settings: SwitchFileSettings) {
    path = Files.absolute(settings.path)
    self.settings = settings
  }

  func set(powered: Bool) throws(RigFault) {
    do throws(FileError) {
      try Files.put(powered ? settings.on : settings.off, into: path)
    } catch {
      throw RigFault(
        .power, .powerUnreachable, "the switch can't be written: \(error)", errno: error.code)
    }
    try confirm(powered: powered)
  }

  func readBack() throws(RigFault) -> Bool? {
    guard let word = Files.text(of: path) else {
      throw RigFault(
        .power, .powerUnreachable, "the switch \(path) can't be read: \(systemWords(errno))",
        errno: errno)
    }
    if word == settings.on { return true }
    return word == settings.off ? false : nil
  }

  func close() {}
}
