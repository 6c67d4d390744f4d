/// Finds what somebody who mistyped a name most likely meant.
public enum NearestName {
  /// The known name nearest to one that is not known; nil where none is near.
  ///
  /// Near means: up to one edit in three characters, and always one; case alone never counts. Of
  /// names equally near, the first.
  public static func to<Names: Sequence<String>>(_ name: String, among known: Names) -> String? {
    let wanted = Array(name.lowercased())
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in known {
      let letters = Array(candidate.lowercased())
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      // A whole replacement is no resemblance, however short the names.
      guard distance <= limit, distance < max(wanted.count, letters.count) else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// What to write instead of an unknown name: the nearest one, or else what there is.
  public static func remedy<Names: Sequence<String>>(
    for name: String, among known: Names, what: String
  ) -> String {
    let all = Array(known)
    if let nearest = to(name, among: all) { return "did you mean \"\(nearest)\"?" }
    if all.isEmpty { return "there are no \(what)" }
    return "the \(what) are \(all.joined(separator: ", "))"
  }

  /// Edits between two words: insertions, deletions, replacements, and swaps of neighbours
  /// (optimal string alignment).
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in 1...first.count {
      var row = [i]
      for j in 1...second.count {
        let replaced = last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1)
        var cost = min(last[j] + 1, row[j - 1] + 1, replaced)
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[second.count]
  }
}
