import CCrypto
import FoundationEssentials

/// SHA-256 digests, through libcrypto, of what a run was made from.
enum SHA256Digest {
  /// The digest of bytes, in hex.
  static func hex(_ bytes: some Sequence<UInt8>) -> String {
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
  static func ofFile(_ path: String) throws -> String {
    do {
      return hex(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw CommandFailure.invalid("\(path): can't be read")
    }
  }

  /// The digest of several files: of a list of their own digests and names, as `sha256sum` prints
  /// it.
  static func ofFiles(_ files: [(name: String, path: String)]) throws -> String {
    let lines = try files.map { "\(try ofFile($0.path))  \($0.name)\n" }
    return hex(lines.joined().utf8)
  }

  /// The digest of all files in a folder and below, in the order of their names.
  static func ofFolder(_ folder: String) throws -> String {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw CommandFailure.invalid("\(folder): can't be read")
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
  static func ofThisProgram() throws -> String { try ofFile("/proc/self/exe") }
}
