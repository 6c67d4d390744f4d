/// What stands for and against a letter of a line being one character rather than another that looks
/// like it: each part is positive for the first, and nil where it tells nothing.
struct LetterEvidence: Sendable, CustomStringConvertible {
  /// Which letter of the line it is.
  var index: Int
  /// The character that it should be, and the other.
  var (wanted, rival): (Character, Character)
  /// What readings of the whole line have there: how many more are for it than against.
  var lines: Double?
  /// What readings of the letter by itself say, by their confidence.
  var alone: Double?
  /// How much better its height on the line fits.
  var height: Double?
  /// What its width says of a zero and a capital O.
  var width: Double?
  /// Whether it looks like the others of the line that should be the same, and not like those that
  /// should be the rival.
  var likeness: Double?
  /// What a dot, or the want of one, and straight sides say.
  var shape: Double?

  /// Whether both are one shape, or nearly, in many fonts.
  private var isToldBySize: Bool {
    wanted.lowercased() == rival.lowercased()
      || Set([wanted, rival]).isSubset(of: ["0", "O", "o"])
  }

  private var parts: [Double] { [lines, alone, height, width, likeness, shape].compactMap { $0 } }

  /// All of it together.
  var sum: Double { parts.reduce(0, +) }

  /// Whether it is the one that it should be, the other, or nobody can tell.
  var verdict: FieldTextAnswer.Verdict {
    let isMeasured = [height, width, likeness, shape].contains { ($0 ?? 0) >= 2 }
    // Readings have no say in what only size tells; all others are outweighed by what is measured.
    if sum >= (isMeasured ? 1 : 2), isMeasured || !isToldBySize { return .same }
    let isSeen = [alone, height, width, likeness, shape].contains { ($0 ?? 0) <= -1 }
    if sum <= -3, (lines ?? 0) <= -2, isSeen { return .other }
    return .unclear
  }

  var description: String {
    func said(_ value: Double?) -> String { value.map { "\(($0 * 100).rounded() / 100)" } ?? "-" }
    return
      "letter \(index + 1), \(wanted) or \(rival): lines \(said(lines)), alone \(said(alone)), "
      + "height \(said(height)), width \(said(width)), likeness \(said(likeness)), "
      + "shape \(said(shape)): \(verdict)"
  }
}
