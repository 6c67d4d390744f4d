public import Bench
import Synchronization
import WholeFiles

/// The folder in which a virtual recorder survives the runs that are played on it.
///
/// One process at a time has it. It holds the recorder's state, which is replaced as a whole or not
/// at all, so that whoever is killed leaves what the recorder was just then; and the mailbox, where
/// no other is named.
public final class RecorderMemoryFolder: Sendable {
  /// The folder.
  public let path: String
  /// What the recorder was when the last run ended; nil of a recorder that is new.
  let found: RecorderMemory?
  private let recorder: String
  /// Held until the folder is given back; what is kept is kept one at a time.
  private let lock: Mutex<FileLock>

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
    do throws(WholeFile.Failure) { try WholeFile.makeFolder(path + "/usb") } catch {
      throw Self.unwritable(path + "/usb", error)
    }
    let lock = try Self.locked(path)
    found = try Self.read(path, of: recorder)
    self.lock = Mutex(lock)
  }

  /// Where the recorder's mail lies that no mailbox is named for.
  public var mailbox: String { path + "/mail" }

  /// The stick in the recorder's USB port, by its folder; whoever puts one there need not have the
  /// memory.
  public var stick: String { path + "/usb" }

  /// The bytes of the image on the stick, which a recorder takes with its next start; nil where none
  /// can be read.
  func stickImage() -> [UInt8]? {
    try? WholeFile.bytes(of: stick + "/update.img", limit: Self.longestImage)
  }

  private static let longestImage = 1 << 20

  /// Replaces what is kept. Nothing is kept any more once the folder was given back.
  func keep(_ memory: RecorderMemory) throws(RigFault) {
    let failure: RigFault? = lock.withLock { lock in
      guard lock.isHeld else { return nil }
      do throws(RigFault) {
        try write(memory)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Sees to it that what is kept has reached the disk, and gives the folder back.
  public func close() {
    lock.withLock { lock in
      guard lock.isHeld else { return }
      for path in [Self.file(in: path), path] { WholeFile.sync(path) }
      lock.release()
    }
  }

  deinit { close() }

  // MARK: The disk

  private static func file(in path: String) -> String { path + "/recorder.json" }

  private static func locked(_ path: String) throws(RigFault) -> FileLock {
    let file = path + "/lock"
    do throws(FileLock.Refusal) { return try FileLock(file) } catch {
      switch error {
      case .failed(let failure): throw unwritable(file, failure)
      case .taken:
        throw RigFault(
          .host, .deviceInUse,
          "the virtual recorder whose memory is \(path) is in use by another run")
      }
    }
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
      if error.isMissing { return nil }
      throw RigFault(
        .host, .memoryUnusable,
        "the virtual recorder's memory can't be read: \(file): \(error.reason)", errno: error.code)
    }
  }

  private func write(_ memory: RecorderMemory) throws(RigFault) {
    let file = Self.file(in: path)
    let bytes: [UInt8]
    do { bytes = try MemoryText.bytes(of: memory, recorder: recorder) } catch {
      throw RigFault(.host, .hostFails, "the virtual recorder's memory can't be told: \(error)")
    }
    do throws(WholeFile.Failure) {
      try WholeFile.replace(file, with: bytes, durably: false)
    } catch {
      throw Self.unwritable(file, error)
    }
  }

  private static func unwritable(_ path: String, _ failure: WholeFile.Failure) -> RigFault {
    RigFault(
      .host, .diskFails,
      "the virtual recorder's memory can't be written: \(path): \(failure.reason)",
      errno: failure.code)
  }
}
