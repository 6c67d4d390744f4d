import Glibc
import WholeFiles

/// Whole picture files, in and out.
enum PictureFile {
  /// The largest file that is read, in bytes: more than any picture of the longest side needs.
  static let largestFile = 512 << 20

  /// The bytes of a file.
  static func read(_ path: String) throws(PictureError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: path, limit: largestFile)
    } catch {
      throw PictureError(
        file: path, reason: "can't be \(error.isOpened ? "read" : "opened"): \(error.reason)")
    }
    if bytes.count > largestFile {
      throw PictureError(file: path, reason: "the file is larger than \(largestFile) bytes")
    }
    return bytes
  }

  /// Replaces or creates a file.
  static func write(_ bytes: [UInt8], to path: String) throws(PictureError) {
    guard let file = fopen(path, "wbe") else { throw failure(path, "can't be created") }
    let written = fwrite(bytes, 1, bytes.count, file)
    if fclose(file) != 0 || written != bytes.count { throw failure(path, "can't be written") }
  }

  private static func failure(_ path: String, _ what: String) -> PictureError {
    PictureError(file: path, reason: "\(what): \(String(cString: strerror(errno)))")
  }
}
