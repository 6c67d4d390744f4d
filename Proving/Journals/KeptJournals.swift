import FoundationEssentials

/// Two folders with what counts of the journals of the same runs.
struct KeptJournals {
  /// The folders.
  var folders: [String]

  /// The first line in which two journals of a run differ, as each has it; of runs whose journals
  /// are the same, the first line in which their traces do.
  func firstDifference(_ key: RunKey) -> [String] {
    let names = key.fileNames
    // What is kept begins with the journal's second line.
    return firstDifference(names.journal, "line", from: 2)
      ?? firstDifference(names.trace, "line of the trace", from: 1)
      ?? ["what differs was not kept on both sides"]
  }

  private func firstDifference(_ name: String, _ what: String, from first: Int) -> [String]? {
    let files = folders.compactMap { try? Data(contentsOf: URL(filePath: "\($0)/\(name)")) }
    guard files.count == 2, files[0] != files[1] else { return nil }
    let (before, after) = (Self.lines(files[0]), Self.lines(files[1]))
    let same = zip(before, after).prefix { $0 == $1 }.count
    let pair = [before, after].map { same < $0.count ? Self.shortened($0[same]) : "no such line" }
    return ["\(what) \(same + first):"] + pair.map { "  " + $0 }
  }

  private static func lines(_ file: Data) -> [Substring] {
    String(decoding: file, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func shortened(_ line: Substring) -> String {
    line.count > 400 ? line.prefix(400) + "…" : String(line)
  }
}
