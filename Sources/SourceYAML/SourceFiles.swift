import FoundationEssentials
import WholeFiles

/// Where the text of files comes from: the disk, or memory.
public struct SourceFiles: Sendable {
  /// Why a file gave no bytes.
  public struct Refusal: Error, Hashable, Sendable {
    /// The reason for people, such as `there is no such file`.
    public var reason: String

    /// Creates a refusal.
    public init(reason: String) {
      self.reason = reason
    }
  }

  /// The bytes of a file by its path.
  public var read: @Sendable (_ path: String) throws(Refusal) -> [UInt8]

  /// Creates a source of files.
  public init(read: @escaping @Sendable (_ path: String) throws(Refusal) -> [UInt8]) {
    self.read = read
  }

  /// The files on disk.
  public static let disk = SourceFiles { path throws(Refusal) in
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Refusal(reason: "there is no such file")
    }
    if isFolder { throw Refusal(reason: "this is a folder, not a file") }
    do throws(WholeFile.Failure) {
      return try WholeFile.bytes(of: path)
    } catch {
      throw Refusal(reason: "the file can't be read")
    }
  }

  /// Texts by path, for tests and embedded files.
  public static func memory(_ texts: [String: String]) -> SourceFiles {
    SourceFiles { path throws(Refusal) in
      guard let text = texts[path] else { throw Refusal(reason: "there is no such file") }
      return Array(text.utf8)
    }
  }

  /// The path of a file that another file names, beside that file, `.` and `..` resolved.
  public static func path(_ relative: String, beside file: String) -> String {
    if relative.hasPrefix("/") { return resolved(relative) }
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return resolved((folder + [Substring(relative)]).joined(separator: "/"))
  }

  private static func resolved(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
