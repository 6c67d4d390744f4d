public import Bench
import Glibc
import WholeFiles

/// Where the locks of devices lie: one small file a device.
public struct LockFolder: Sendable, Codable {
  /// The folder; it is made when the first lock is taken.
  public var path: String

  /// Uses a folder.
  public init(path: String) {
    self.path = path
  }

  /// The folder that all users of this machine share.
  public static let shared = LockFolder(path: "/run/lock/gantry")

  /// The file of a device's lock.
  func file(of device: String) -> String {
    let name = device.map {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_"
    }
    return "\(path)/\(String(name)).lock"
  }

  /// What the holder of a device's lock says of itself; nil where nobody holds it.
  public func holder(of device: String) -> String? {
    FileLock.holder(of: file(of: device))
  }
}

/// A device that this process alone may use.
public final class DeviceLock: Sendable {
  private let lock: FileLock

  /// Takes a device's lock.
  ///
  /// - Parameters:
  ///   - device: the device's name, the same in all processes.
  ///   - holder: who takes it, for those who find it taken.
  ///   - part: the part of the rig that the device is.
  ///   - folder: where locks lie.
  /// - Throws: when another process holds it; the fault says who.
  public init(
    _ device: String, holder: String, part: RigPart, in folder: LockFolder = .shared
  ) throws(RigFault) {
    let path = folder.file(of: device)
    // Locks are for all users: the folder is not sticky, or they could not open each other's.
    let mask = umask(0)
    defer { umask(mask) }
    do throws(FileError) {
      try Files.makeDirectory(folder.path, mode: 0o777)
    } catch {
      throw Self.unmade(device, error)
    }
    do throws(FileLock.Refusal) {
      lock = try FileLock(path, mode: 0o666, holder: holder)
    } catch {
      switch error {
      case .taken(let other):
        throw RigFault(part, .deviceInUse, "\(device) is in use by \(other)")
      case .failed(let failure):
        throw Self.unmade(device, FileError(path, code: failure.code))
      }
    }
  }

  private static func unmade(_ device: String, _ error: FileError) -> RigFault {
    RigFault(
      .host, .hostFails, "the lock of \(device) can't be made: \(error)", errno: error.code)
  }

  /// Tells those who find the device taken who holds it, and what for.
  public func say(_ words: String) { lock.say(words) }
}
