public import Bench
import CLinux
import Glibc

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
    guard let descriptor = try? Descriptor(opening: file(of: device), O_RDONLY) else { return nil }
    if flock(descriptor.number, LOCK_SH | LOCK_NB) == 0 { return nil }
    return Files.text(of: file(of: device)) ?? "another process"
  }
}

/// A device that this process alone may use.
///
/// The kernel takes the lock from a process that ends, however it ends (`flock(2)`), so the lock
/// of a dead holder is simply taken over.
public final class DeviceLock: Sendable {
  private let descriptor: Descriptor

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
    do throws(FileError) {
      // Locks are for all users: the folder is not sticky, or they could not open each other's.
      let mask = umask(0)
      defer { umask(mask) }
      try Files.makeDirectory(folder.path, mode: 0o777)
      let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard number >= 0 else { throw FileError(path) }
      descriptor = Descriptor(number)
    } catch {
      throw RigFault(
        .host, .hostFails, "the lock of \(device) can't be made: \(error)", errno: error.code)
    }
    guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
      let other = Files.text(of: path) ?? ""
      throw RigFault(
        part, .deviceInUse, "\(device) is in use by \(other.isEmpty ? "another process" : other)")
    }
    say(holder)
  }

  /// Tells those who find the device taken who holds it, and what for.
  public func say(_ words: String) {
    let bytes = Array(words.utf8)
    _ = ftruncate(descriptor.number, 0)
    _ = pwrite(descriptor.number, bytes, bytes.count, 0)
  }
}
