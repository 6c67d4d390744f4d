import CLinux
import FoundationEssentials
import Glibc

/// What kind of file system a folder lies on.
enum FileSystemKind {
  /// The kind by name, where the folder lies on another host's disk or a share of it; nil on a disk
  /// of this host.
  ///
  /// On such ones locks and shared memory, which SQLite's write-ahead mode rests upon, are not shared
  /// by all who write (https://www.sqlite.org/wal.html).
  static func ofNetwork(at folder: String) -> String? {
    var status = statfs()
    guard statfs(folder, &status) == 0 else { return nil }
    return network(magic: UInt32(truncatingIfNeeded: status.f_type)) { mountedType(of: folder) }
  }

  /// The kind by the magic number of `statfs(2)`; of those that a process serves (FUSE), by the name
  /// that the mount has.
  static func network(magic: UInt32, mountedType: () -> String?) -> String? {
    guard magic == fuse else { return networkMagic[magic] }
    guard let type = mountedType() else { return nil }
    return networkFUSE.contains { type.contains($0) } ? type : nil
  }

  private static let fuse: UInt32 = 0x6573_5546

  /// From `linux/magic.h` and the file systems' own headers.
  private static let networkMagic: [UInt32: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x0102_1997: "9p",
    0x00C3_6400: "Ceph", 0x5346_414F: "AFS", 0x6B41_4653: "AFS", 0x7375_7245: "Coda",
    0x564C: "NCP", 0x0BD0_0BD0: "Lustre", 0x4750_4653: "GPFS", 0x7461_636F: "OCFS2",
    0x0116_1970: "GFS2", 0x786F_4256: "a folder shared by VirtualBox",
  ]

  private static let networkFUSE = [
    "sshfs", "nfs", "smb", "cifs", "gluster", "ceph", "s3", "rclone", "dav", "ftp", "moosefs",
    "mfs", "juicefs", "beegfs", "virtiofs", "gcsfuse", "blobfuse",
  ]

  /// The type of the mount that a folder lies on, as `/proc/self/mountinfo` names it.
  private static func mountedType(of folder: String) -> String? {
    var status = stat()
    guard stat(folder, &status) == 0,
      let text = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    else { return nil }
    let device = UInt64(status.st_dev)
    let major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
    let minor = (device & 0xFF) | (device >> 12 & ~0xFF)
    return type(ofDevice: "\(major):\(minor)", in: text)
  }

  /// The type of the last mount of a device in the text of a `mountinfo` (`proc(5)`).
  static func type(ofDevice device: String, in mounts: String) -> String? {
    for line in mounts.split(separator: "\n").reversed() {
      let words = line.split(separator: " ")
      guard words.count > 2, words[2] == device, let dash = words.firstIndex(of: "-"),
        dash + 1 < words.count
      else { continue }
      return String(words[dash + 1])
    }
    return nil
  }
}
