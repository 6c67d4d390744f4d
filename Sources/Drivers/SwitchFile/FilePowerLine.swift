import Bench
import Glibc

/// A file that a switch is worked by.
public struct FileWiring: Sendable, Hashable, Codable {
  /// The file.
  public var path: String
  /// What is written to supply the device, and read back while it is.
  public var on: String
  /// What is written to cut it off, and read back while it is.
  public var off: String

  /// Creates a wiring.
  public init(path: String, on: String, off: String) {
    self.path = path
    self.on = on
    self.off = off
  }
}

/// A switch that is worked by a file: an attribute of the kernel, such as that of a regulator or
/// of a network switch's port.
final class FilePowerLine: PowerLine {
  private let wiring: FileWiring

  init(_ wiring: FileWiring) {
    self.wiring = wiring
  }

  func set(powered: Bool) throws(RigFault) {
    do throws(FileError) {
      try Files.put(powered ? wiring.on : wiring.off, into: wiring.path)
    } catch {
      throw RigFault(.power, "the switch can't be written: \(error)")
    }
    try confirm(powered: powered)
  }

  func readBack() throws(RigFault) -> Bool? {
    guard let word = Files.text(of: wiring.path) else {
      throw RigFault(.power, "the switch \(wiring.path) can't be read: \(systemWords(errno))")
    }
    if word == wiring.on { return true }
    return word == wiring.off ? false : nil
  }

  func close() {}
}
