import CLinux
import FoundationEssentials
import Glibc

extension Pruning {
  /// How many bytes the files of a folder and below take on the disk.
  static func bytes(of folder: String) -> Int {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { bytes, name in
      var status = stat()
      // A block of `stat(2)` has 512 bytes, whatever the file system's are.
      return lstat("\(folder)/\(name)", &status) == 0 ? bytes + Int(status.st_blocks) * 512 : bytes
    }
  }
}
