import Glibc
import WholeFiles

/// Files of keys.
public enum KeyFile {
  /// The most bytes that a key's file may have.
  private static let longest = 1 << 14

  /// The public key of a file; of a private key's file the one that belongs to it.
  ///
  /// - Throws: when the file can't be read or has no key.
  public static func publicKey(_ path: String) throws(AttestationError) -> PublicKey {
    let text = try read(path)
    do throws(AttestationError) {
      if PEM.label(of: text) == PrivateKey.label {
        return try PrivateKey(reading: text).publicKey
      }
      return try PublicKey(reading: text)
    } catch {
      throw error.within(path)
    }
  }

  /// The private key of a file, which nobody but its owner may read.
  ///
  /// - Throws: when the file can't be read, others may read it, or it has no key.
  public static func privateKey(_ path: String) throws(AttestationError) -> PrivateKey {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
      throw .invalid("\(path): others than its owner may use this private key; chmod 600 \(path)")
    }
    let text = try read(path)
    do throws(AttestationError) {
      return try PrivateKey(reading: text)
    } catch {
      throw error.within(path)
    }
  }

  /// Writes a key into a file that is not there yet.
  ///
  /// - Parameters:
  ///   - pem: the key.
  ///   - path: the file.
  ///   - mode: who may open it, as `open(2)` takes it.
  /// - Throws: when there is something of that name, or it can't be written.
  public static func write(
    _ pem: String, to path: String, mode: UInt32
  ) throws(AttestationError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? .invalid("\(path) is there already; no key is written over another")
        : .broken("\(path): \(String(cString: strerror(errno)))")
    }
    let bytes = Array(pem.utf8)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    let isKept = written == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isKept else {
      unlink(path)
      throw .broken("\(path): the key can't be written")
    }
  }

  private static func read(_ path: String) throws(AttestationError) -> String {
    let bytes = try AttestedFile.bytes(of: path, limit: longest)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid("\(path): no key, which is a text")
    }
    return text
  }
}

/// Files in the words of this module's errors.
enum AttestedFile {
  /// The bytes of a file.
  ///
  /// - Throws: when it can't be read, or has more bytes than the limit.
  static func bytes(of path: String, limit: Int) throws(AttestationError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: path, limit: limit)
    } catch {
      throw .invalid("\(path): \(error.reason)")
    }
    guard bytes.count <= limit else { throw .invalid("\(path): it has more than \(limit) bytes") }
    return bytes
  }
}
