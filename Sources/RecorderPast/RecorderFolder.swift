import OrderedJSON
import Synchronization
import WholeFiles

/// The folder in which records lie, for its owner alone: of each recorder its record (`ID.json`), the
/// book of changes (`ID.changes`, a line of JSON each, without secrets) and a lock.
///
/// Whoever may read the folder may read the passwords of all recorders in it.
public struct RecorderFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// Names a folder; it is made when the first record is kept.
  public init(path: String) {
    self.path = path
  }

  /// The record of a recorder as it stands there now, with the holds that were asked for since; of one
  /// that nothing is known of where there is none. Somebody else may be changing it.
  public func read(_ id: String) throws(RecordError) -> RecorderRecord {
    var record = try readAlone(id)
    record.take(try askedHolds(of: id))
    return record
  }

  /// The record without what was asked for since.
  private func readAlone(_ id: String) throws(RecordError) -> RecorderRecord {
    let file = file(of: id)
    let bytes: [UInt8]
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: file, limit: Self.mostBytes)
    } catch {
      if error.isMissing { return RecorderRecord(id: id) }
      throw RecordError("\(file) can't be read: \(error.reason)", errno: error.code)
    }
    guard bytes.count <= Self.mostBytes else {
      throw RecordError("\(file) is no record of a recorder: it is too long")
    }
    do {
      let record = try RecorderRecord(JSONValue(parsing: bytes))
      guard record.id == id else {
        throw RecordError("it is the record of \(record.id)")
      }
      return record
    } catch {
      throw RecordError(
        "\(file) can't be understood: \(error); put it aside, and tell the password with gantry "
          + "recorder")
    }
  }

  /// Takes a recorder in hand: nobody else can change its record until the answer is given up.
  ///
  /// - Parameters:
  ///   - id: the recorder.
  ///   - holder: who takes it, for those who find it taken.
  /// - Returns: the record, to be changed.
  /// - Throws: when somebody else has it, or the record can't be read.
  public func take(_ id: String, for holder: String) throws(RecordError) -> RecorderFile {
    let lock = try lock(
      "\(path)/\(Self.name(of: id)).lock", of: "the recorder \(id)", holder: holder)
    let file = RecorderFile(try readAlone(id), in: self, lock: lock)
    try absorbAskedHolds(into: file, of: id)
    return file
  }

  /// Writes a line into a recorder's book of changes.
  func book(_ entry: RecordEntry, of id: String) throws(RecordError) {
    let file = changes(of: id)
    do throws(WholeFile.Failure) {
      try WholeFile.append(Array("\(entry.json)\n".utf8), to: file)
    } catch {
      throw RecordError("\(file) can't be written: \(error.reason)", errno: error.code)
    }
  }

  /// Locks something in the folder, which is made where there is none.
  ///
  /// - Parameters:
  ///   - file: the lock's file.
  ///   - name: what is locked, for those who find it taken.
  ///   - holder: who takes it.
  ///   - waits: whether to wait for whoever has it.
  /// - Returns: the lock.
  /// - Throws: when somebody else has it, or it can't be made.
  func lock(
    _ file: String, of name: String, holder: String = "", waits: Bool = false
  ) throws(RecordError) -> FileLock {
    do throws(WholeFile.Failure) {
      try WholeFile.makeFolder(path)
    } catch {
      throw RecordError("the folder \(path) can't be made: \(error.reason)", errno: error.code)
    }
    do throws(FileLock.Refusal) {
      return try FileLock(file, holder: holder, waits: waits)
    } catch {
      switch error {
      case .taken(let other):
        throw RecordError("\(name) is in the hands of \(other)", isInUse: true)
      case .failed(let failure):
        throw RecordError("\(file): \(failure.reason)", errno: failure.code)
      }
    }
  }

  /// A record longer than this is none.
  private static let mostBytes = 1 << 20

  /// The file of a recorder's record.
  public func file(of id: String) -> String { "\(path)/\(Self.name(of: id)).json" }

  /// The file of a recorder's book of changes.
  public func changes(of id: String) -> String { "\(path)/\(Self.name(of: id)).changes" }

  /// An identifier as a file's name.
  static func name(of id: String) -> String {
    String(
      id.map {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "_"
      })
  }
}

/// The record of a recorder that this process has in hand until it is given up.
public final class RecorderFile: RecorderPast {
  private let folder: RecorderFolder
  private let state: Mutex<RecorderRecord>
  private let lock: FileLock

  fileprivate init(_ record: RecorderRecord, in folder: RecorderFolder, lock: FileLock) {
    self.folder = folder
    self.lock = lock
    state = Mutex(record)
  }

  /// What is believed now.
  public var record: RecorderRecord { state.withLock { $0 } }

  /// What somebody has asked for since. What can't be read is no reason to let the recorder go.
  public var askedHold: Hold? {
    let id = state.withLock { $0.id }
    return (try? folder.askedHolds(of: id))?.first
  }

  /// Changes what is believed and books the change.
  public func update(
    _ entry: RecordEntry, _ change: (inout RecorderRecord) -> Void
  ) throws(RecordError) {
    var failure: RecordError?
    state.withLock { record in
      var next = record
      change(&next)
      let file = folder.file(of: next.id)
      do throws(WholeFile.Failure) {
        try WholeFile.append(
          Array("\(entry.json)\n".utf8), to: folder.changes(of: next.id))
        try WholeFile.replace(file, with: Array(next.json.indented.utf8))
        record = next
      } catch {
        failure = RecordError("\(file) can't be written: \(error.reason)", errno: error.code)
      }
    }
    if let failure { throw failure }
  }
}

extension RecordEntry {
  /// As it stands in the book of changes.
  var json: JSONValue {
    .object([
      .init("at", .decimal(at, digits: 3)), .init("who", .string(who)),
      .init("why", .string(why)),
    ])
  }
}
