import CCrypto
import FoundationEssentials

/// SHA-256 digests (FIPS 180-4), through libcrypto, of what a run was made from; in hex where nothing
/// else is said.
public enum SHA256Digest {
  /// The digest of bytes.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    hexDigits(Self.bytes(of: Array(bytes)))
  }

  /// The digest of bytes as the 32 bytes that it is.
  public static func bytes(of bytes: [UInt8]) -> [UInt8] {
    var count: UInt32 = 0
    return [UInt8](unsafeUninitializedCapacity: 32) { digest, filled in
      let done = EVP_Digest(
        bytes, bytes.count, digest.baseAddress, &count, EVP_sha256(), nil)
      precondition(done == 1 && count == 32, "libcrypto lacks SHA-256")
      filled = 32
    }
  }

  /// Bytes as lower-case hex digits, two a byte.
  public static func hexDigits(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
      for (index, byte) in bytes.enumerated() {
        text[index * 2] = digits[Int(byte >> 4)]
        text[index * 2 + 1] = digits[Int(byte & 15)]
      }
      return bytes.count * 2
    }
  }

  /// The 32 bytes of a digest in hex; nil where it is none.
  public static func raw(_ hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: 64, by: 2) {
      guard let high = value(digits[place]), let low = value(digits[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
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
