/// A directory of mail (Bernstein, "Using maildir format", 1995): messages are files in `new` and
/// `cur`, and move from one to the other, with flags added to their names, when they are seen.
struct Maildir: Sendable {
  /// The directory that holds `new` and `cur`.
  var path: String

  /// A message as it lies on the disk now.
  struct Message: Hashable, Sendable {
    /// What stays the same of the file's name.
    var name: String
    /// Where the file is.
    var path: String
  }

  /// The directory of messages that nobody has seen.
  var new: String { path + "/new" }
  /// The directory of messages that somebody has seen.
  var cur: String { path + "/cur" }
  /// The directory of messages that are being written.
  var tmp: String { path + "/tmp" }

  /// Whether there is such a directory.
  func exists() throws(FileError) -> Bool {
    if try Files.isDirectory(new) { return true }
    return try Files.isDirectory(cur)
  }

  /// The messages, each once, by name.
  func messages() throws(FileError) -> [Message] {
    var byName: [String: Message] = [:]
    // Messages only ever move from `new` to `cur`: in this order, none is overlooked.
    for directory in [new, cur] {
      for file in try names(in: directory) {
        let name = Self.stableName(of: file)
        byName[name] = Message(name: name, path: directory + "/" + file)
      }
    }
    return byName.values.sorted { $0.name < $1.name }
  }

  private func names(in directory: String) throws(FileError) -> [String] {
    do throws(FileError) {
      return try Files.names(in: directory)
    } catch {
      // Some programs make only the directory that they need.
      if error.isMissing { return [] }
      throw error
    }
  }

  /// The part of a file name before the flags, which change when a message is read.
  private static func stableName(of file: String) -> String {
    String(file.prefix { $0 != ":" })
  }
}

extension Maildir.Message {
  /// When the message was delivered, in microseconds since 1970.
  ///
  /// Names begin with the second of the delivery and, after the first dot, carry the microsecond
  /// behind an `M`; a name of another form leaves the file's own time.
  func deliveredAt() throws(FileError) -> Int64 {
    let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let first = parts.first, (1...11).contains(first.count),
      first.allSatisfy({ $0.isASCII && $0.isNumber }), let seconds = Int64(first)
    else { return try Files.changedAt(path) }
    return seconds * 1_000_000 + Self.microseconds(in: parts[1])
  }

  /// The number behind the `M` of a name's middle part, such as 250 in `M000250P17Q3`.
  private static func microseconds(in part: Substring) -> Int64 {
    guard let mark = part.firstIndex(of: "M") else { return 0 }
    let digits = part[part.index(after: mark)...].prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits), number < 1_000_000 else { return 0 }
    return number
  }
}
