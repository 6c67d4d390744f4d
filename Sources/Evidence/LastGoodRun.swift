import Glibc

/// The last good run of the same kind, of which a run's folder keeps where it lies.
///
/// A folder beside it is kept by a way from one to the other, so that both may move together.
enum LastGoodRun {
  /// Writes down where it lies.
  ///
  /// - Parameters:
  ///   - other: its folder.
  ///   - folder: the run folder that keeps it.
  /// - Throws: when it can't be written.
  static func keep(_ other: String, in folder: String) throws(EvidenceError) {
    try EvidenceFiles.write("\(way(to: other, from: folder))\n".utf8, to: file(of: folder))
  }

  /// Where it lies, as it is written down; nil where none is known.
  static func kept(in folder: String) -> String? {
    guard let bytes = try? EvidenceFiles.read(file(of: folder)) else { return nil }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first
    return line.map(String.init)
  }

  /// The folder that a way leads to from a run folder.
  static func folder(at way: String, from folder: String) -> String {
    way.hasPrefix("/") ? way : "\(folder)/\(way)"
  }

  private static func file(of folder: String) -> String {
    "\(folder)/\(RunFolder.FileName.lastGood)"
  }

  private static func way(to other: String, from folder: String) -> String {
    guard let there = absolute(other), let here = absolute(folder) else { return other }
    let (named, own) = (parted(there), parted(here))
    return named.above == own.above ? "../\(named.name)" : there
  }

  private static func absolute(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  private static func parted(_ path: String) -> (above: Substring, name: Substring) {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    return (path[..<slash], path[slash...].dropFirst())
  }
}
