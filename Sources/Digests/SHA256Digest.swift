import CCrypto
import FoundationEssentials

/// SHA-256 digests (FIPS 180-4), through libcrypto, of what a run was made from; in hex.
public enum SHA256Digest {
  /// The digest of bytes.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    let done = EVP_Digest(bytes, bytes.count, &digest, &count, EVP_sha256(), nil)
    precondition(done == 1, "libcrypto lacks SHA-256")
    return digest.prefix(Int(count)).map { byte in
      let hex = String(byte, radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }.joined()
  }

  /// The digest of a file.
  ///
  /// - Throws: when it can't be read.
  public static func ofFile(_ path: String) throws(DigestError) -> String {
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      throw DigestError(path: path)
    }
    return hex(bytes)
  }

  /// The digest of several files: of a list of their own digests and names, as `sha256sum` prints
  /// it.
  ///
  /// - Throws: when one of them can't be read.
  public static func ofFiles(
    _ files: [(name: String, path: String)]
  ) throws(DigestError) -> String {
    var list = ""
    for file in files { list += "\(try ofFile(file.path))  \(file.name)\n" }
    return hex(list.utf8)
  }

  /// The digest of all files in a folder and below, in the order of their names.
  ///
  /// - Throws: when the folder or one of its files can't be read.
  public static func ofFolder(_ folder: String) throws(DigestError) -> String {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw DigestError(path: folder)
    }
    var files: [(name: String, path: String)] = []
    for name in names.sorted() {
      let path = "\(folder)/\(name)"
      var isFolder = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder {
        files.append((name, path))
      }
    }
    return try ofFiles(files)
  }

  /// The digest of the running program's own file.
  ///
  /// - Throws: when it can't be read.
  public static func ofThisProgram() throws(DigestError) -> String {
    try ofFile("/proc/self/exe")
  }
}

/// A file or folder that can't be read.
public struct DigestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or folder.
  public var path: String

  /// One line, such as `rig.yaml: can't be read`.
  public var description: String { "\(path): can't be read" }
}
