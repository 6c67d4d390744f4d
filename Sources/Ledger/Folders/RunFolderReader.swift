import FoundationEssentials
import RunJournal
import WholeFiles

/// Finds run folders and reads what a ledger books of them.
public enum RunFolderReader {
  /// What a run folder tells.
  public enum Reading: Sendable, Hashable {
    /// A run, whole or killed.
    case run(LedgerEntry)
    /// What is left of a run whose folder was pruned.
    case pruned(Tombstone)
    /// A run that goes on.
    case goingOn
    /// Nothing that can be booked, for a reason.
    case unreadable(String)
  }

  /// The run folders at a path and below, by their absolute paths, in the order of their names; none
  /// inside of another.
  ///
  /// - Throws: when the path names no folder that can be read.
  public static func folders(below path: String) throws(LedgerError) -> [String] {
    let root = absolute(path)
    if isRunFolder(root) { return [root] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: root)
    } catch {
      throw LedgerError("\(path): no folder that can be read", isInput: true)
    }
    var found: [String] = []
    for name in names.sorted() {
      let folder = "\(root)/\(name)"
      // What can't be read below is nobody's run.
      if isFolder(folder) { found += (try? folders(below: folder)) ?? [] }
    }
    return found
  }

  /// Reads a run folder.
  ///
  /// - Parameters:
  ///   - folder: its absolute path.
  ///   - isOver: whether the run is known to go on no longer.
  /// - Returns: what it tells.
  public static func read(_ folder: String, isOver: Bool = false) -> Reading {
    let path = "\(folder)/\(JournalFormat.fileName)"
    do throws(WholeFile.Failure) {
      // Whether it goes on is asked first: a run that ends meanwhile is then read with its end.
      let isWriting = !isOver && JournalWriter.isWriting(path)
      let bytes = try WholeFile.bytes(of: path)
      do throws(JournalError) {
        let entry = try LedgerEntry(reading: bytes, folder: folder)
        return isWriting && !entry.hasEnded ? .goingOn : .run(entry)
      } catch {
        return isWriting ? .goingOn : .unreadable("\(path): \(error)")
      }
    } catch {
      guard error.isMissing else { return .unreadable("\(path): \(error.reason)") }
    }
    do throws(LedgerError) {
      return .pruned(try Tombstone(of: folder))
    } catch {
      return .unreadable("\(error)")
    }
  }

  private static func isRunFolder(_ path: String) -> Bool {
    [JournalFormat.fileName, Tombstone.fileName].contains { name in
      FileManager.default.fileExists(atPath: "\(path)/\(name)")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// A path as it is seen from everywhere.
  public static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    return URL(filePath: whole).standardizedFileURL.path
  }
}
