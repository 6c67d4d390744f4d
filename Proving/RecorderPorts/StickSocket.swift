import CRecorderPorts
import Glibc

/// The recorder's USB port for a stick: what the kernel's own drivers of sticks, partitions and FAT
/// make of the one that is plugged in, mounted where the recorder looks for it.
public final class StickSocket {
  private let host: String
  private let mountPoint: String
  private var mounted: String?

  /// Creates a socket.
  ///
  /// - Parameters:
  ///   - host: the host controller that the port is at, such as `dummy_hcd.1`.
  ///   - mountPoint: the folder in which the recorder looks for the stick; made where there is none.
  public init(host: String, mountPoint: String) {
    self.host = host
    self.mountPoint = mountPoint
    // What a recorder that was killed has left mounted.
    umount2(mountPoint, Int32(MNT_DETACH))
    mkdir(mountPoint, 0o755)
  }

  deinit { letGo() }

  /// Mounts a stick that has come, and lets go of one that has gone.
  ///
  /// - Returns: what changed, in words; nil where nothing did.
  public func follow() -> String? {
    if let mounted {
      guard access("/dev/\(mounted)", F_OK) != 0 else { return nil }
      letGo()
      return "stick gone"
    }
    guard let disk = Self.disk(behind: host) else { return nil }
    let partition = "\(disk)1"
    // A stick that was just plugged in may still be looked at by somebody else: later, then.
    guard mount("/dev/\(partition)", mountPoint, "vfat", UInt(MS_RDONLY), nil) == 0 else {
      return nil
    }
    mounted = partition
    return "stick found"
  }

  private func letGo() {
    if mounted != nil { umount2(mountPoint, Int32(MNT_DETACH)) }
    mounted = nil
  }

  /// The disk, with its first partition, that the kernel makes of a stick.
  ///
  /// - Parameter host: the host controller that it is behind.
  /// - Returns: its name, such as `sda`; nil where there is none, or its partition was not yet read.
  public static func disk(behind host: String) -> String? {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob("/sys/block/*", 0, nil, &found) == 0 else { return nil }
    for place in 0..<Int(found.gl_pathc) {
      guard let path = found.gl_pathv[place], let target = realpath(path, nil) else { continue }
      defer { free(target) }
      guard String(cString: target).contains("/\(host)/"),
        let name = String(cString: path).split(separator: "/").last,
        access("/dev/\(name)1", F_OK) == 0
      else { continue }
      return String(name)
    }
    return nil
  }
}
