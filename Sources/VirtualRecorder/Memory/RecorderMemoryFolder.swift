public import Bench
import Glibc
import Synchronization
import WholeFiles

/// The folder in which a virtual recorder survives the runs that are played on it.
///
/// One process at a time has it. It holds the recorder's state, which is replaced as a whole or not
/// at all, so that whoever is killed leaves what the recorder was just then; and the mailbox, where
/// no other is named.
public final class RecorderMemoryFolder: Sendable {
  private struct State {
    var lock: Int32
  }

  /// The folder.
  public let path: String
  /// What the recorder was when the last run ended; nil of a recorder that is new.
  let found: RecorderMemory?
  private let recorder: String
  private let state: Mutex<State>

  /// Takes a folder, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - options: whose memory it is to be.
  /// - Throws: when somebody else has it, when it can't be read or written, or when what lies there
  ///   is not this recorder's.
  public init(path: String, for options: VirtualRecorderOptions) throws(RigFault) {
    self.path = path
    recorder = options.modelName
    try Self.makeFolder(path + "/usb")
    let lock = try Self.locked(path)
    do throws(RigFault) {
      found = try Self.read(path, of: recorder)
    } catch {
      Glibc.close(lock)
      throw error
    }
    state = Mutex(State(lock: lock))
  }

  /// Where the recorder's mail lies that no mailbox is named for.
  public var mailbox: String { path + "/mail" }

  /// The image of a firmware that a recorder takes with its next start, as from a stick in its USB
  /// port; nobody has to have the folder who puts one there.
  public var stick: String { path + "/usb/update.img" }

  /// The bytes of the image on the stick; nil where none can be read.
  func stickImage() -> [UInt8]? {
    try? WholeFile.bytes(of: stick, limit: Self.longestImage)
  }

  private static let longestImage = 1 << 20

  /// Replaces what is kept. Nothing is kept any more once the folder was given back.
  func keep(_ memory: RecorderMemory) throws(RigFault) {
    let failure: RigFault? = state.withLock { state in
      guard state.lock >= 0 else { return nil }
      do throws(RigFault) {
        try write(memory)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Sees to it that what is kept has reached the disk, and gives the folder back.
  public func close() {
    state.withLock { state in
      guard state.lock >= 0 else { return }
      for path in [Self.file(in: path), path] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { continue }
        fsync(descriptor)
        Glibc.close(descriptor)
      }
      Glibc.close(state.lock)
      state.lock = -1
    }
  }

  deinit { close() }

  // MARK: The disk

  private static func file(in path: String) -> String { path + "/recorder.json" }

  private static func makeFolder(_ path: String) throws(RigFault) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw unwritable(path) }
  }

  /// The kernel takes the lock from a process that ends, however it ends.
  private static func locked(_ path: String) throws(RigFault) -> Int32 {
    let file = path + "/lock"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(file) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK
      let fault = unwritable(file)
      Glibc.close(descriptor)
      guard isTaken else { throw fault }
      throw RigFault(
        .host, .deviceInUse, "the virtual recorder whose memory is \(path) is in use by another run"
      )
    }
    return descriptor
  }

  private static func read(_ path: String, of recorder: String) throws(RigFault) -> RecorderMemory?
  {
    let file = file(in: path)
    guard let bytes = try bytes(of: file) else { return nil }
    let lack: String
    do throws(MemoryText.Failure) {
      return try MemoryText.memory(in: bytes, of: recorder)
    } catch {
      lack =
        switch error {
        case .notWhole: "is not whole; without it, the recorder is a new one"
        case .newer(let version):
          "is of a newer program: its version is \(version), this program's \(MemoryText.version)"
        case .otherRecorder(let other): "is of a \(other), not of a \(recorder)"
        }
    }
    throw RigFault(.host, .memoryUnusable, "the virtual recorder's memory \(file) \(lack)")
  }

  private static func bytes(of file: String) throws(RigFault) -> [UInt8]? {
    do throws(WholeFile.Failure) { return try WholeFile.bytes(of: file) } catch {
      if error.code == ENOENT { return nil }
      throw RigFault(
        .host, .memoryUnusable,
        "the virtual recorder's memory can't be read: \(file): \(error.reason)", errno: error.code)
    }
  }

  private func write(_ memory: RecorderMemory) throws(RigFault) {
    let file = Self.file(in: path)
    let draft = file + ".new"
    let bytes: [UInt8]
    do { bytes = try MemoryText.bytes(of: memory, recorder: recorder) } catch {
      throw RigFault(.host, .hostFails, "the virtual recorder's memory can't be told: \(error)")
    }
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.unwritable(draft) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let fault = Self.unwritable(draft)
        Glibc.close(descriptor)
        unlink(draft)
        throw fault
      }
      written += count
    }
    guard Glibc.close(descriptor) == 0 else { throw Self.unwritable(draft) }
    guard rename(draft, file) == 0 else { throw Self.unwritable(file) }
  }

  private static func unwritable(_ path: String, code: Int32 = errno) -> RigFault {
    RigFault(
      .host, .diskFails,
      "the virtual recorder's memory can't be written: \(path): \(String(cString: strerror(code)))",
      errno: code)
  }
}
