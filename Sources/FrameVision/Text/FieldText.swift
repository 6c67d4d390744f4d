public import Frames

/// Whether a field shows a text.
public struct FieldTextAnswer: Sendable, Hashable {
  /// What came of looking.
  public enum Verdict: Sendable, Hashable {
    /// It shows the text.
    case same
    /// It shows another one: independent ways of looking say so.
    case other
    /// Nobody can tell: ways of looking contradict each other, or say too little.
    case unclear
  }

  /// What came of looking.
  public var verdict: Verdict
  /// What was read, without blanks.
  public var read: String
  /// A character that may be another one.
  public struct Doubt: Sendable, Hashable {
    /// The one that should be there.
    public var wanted: Character
    /// The other.
    public var rival: Character

    /// Creates a doubt.
    public init(wanted: Character, rival: Character) {
      (self.wanted, self.rival) = (wanted, rival)
    }
  }

  /// Which characters nobody can tell from which others; beside both of each, somebody could.
  public var doubts: [Doubt] = []
  /// What was weighed, in words; empty where reading was enough.
  public var evidence: [String]

  /// Creates an answer.
  public init(_ verdict: Verdict, read: String, evidence: [String] = []) {
    (self.verdict, self.read, self.evidence) = (verdict, read, evidence)
  }
}

extension TextReader {
  /// Whether a part of a frame shows a text.
  ///
  /// A free reading takes letters of one shape for each other, whatever the picture's quality. Here
  /// the text is known, so that each letter is tried against those that look like it: by readings of
  /// the line and of the letter alone, by its height and width among the others, by whether it looks
  /// like the same characters elsewhere in the line. What these contradict each other about is
  /// unclear, and no evidence against anybody.
  ///
  /// - Parameters:
  ///   - text: what may stand there; blanks do not count.
  ///   - proof: what stands behind it and is no part of it: characters to compare its own with.
  ///   - frame: the picture, without a caret if possible.
  ///   - region: where, such as a field; nothing else is written there.
  ///   - alphabet: the only characters that may occur.
  /// - Returns: the answer.
  public func answer(
    to text: String, before proof: String = "", in frame: Frame, region: PixelRect, alphabet: String
  ) async -> FieldTextAnswer {
    let letters = text.count { !$0.isWhitespace }
    let wanted = (text + proof).filter { !$0.isWhitespace }
    let area = region.intersection(frame.bounds)
    // A line may be seen twice, by its strokes and by its ground, or at two sizes.
    let candidates = lineCandidates(in: frame.luma, area).map { $0.cut(to: area, in: frame.luma) }
      .sorted { $0.box.size.area > $1.box.size.area }
      .reduce(into: [TextLineCandidate]()) { kept, candidate in
        let isSeen = kept.contains {
          2 * $0.box.intersection(candidate.box).size.area > candidate.box.size.area
        }
        if !isSeen { kept.append(candidate) }
      }
    if candidates.count == 1, let candidate = candidates.first, !wanted.isEmpty,
      let trial = LetterTrial(
        candidate, of: frame.luma, wanted: Array(wanted), alphabet: alphabet, by: recognizer)
    {
      let evidence = trial.evidence(first: letters)
      let verdicts = evidence.map(\.verdict)
      var answer = FieldTextAnswer(
        verdicts.contains(.other) ? .other : verdicts.contains(.unclear) ? .unclear : .same,
        read: trial.read, evidence: evidence.map(\.description))
      for doubt in evidence where doubt.verdict == .unclear && alphabet.contains(doubt.rival) {
        answer.doubts.append(FieldTextAnswer.Doubt(wanted: doubt.wanted, rival: doubt.rival))
      }
      return answer
    }
    let read = await lines(in: frame, region: area, alphabet: alphabet)
    let alone = read.map(\.letters).joined()
    // Letters that touch, or are more or fewer than wanted, are told by readings alone: by several.
    let others =
      candidates.count == 1
      ? [NormalizedTextLine.Drawing.large, .huge].map { drawing in
        candidates.map {
          recognizer.line(
            in: NormalizedTextLine($0, of: frame.luma, drawing: drawing).picture, alphabet: alphabet
          ).letters
        }.joined()
      } : [alone]
    let all = [alone] + others
    if all.allSatisfy({ $0 == wanted }) { return FieldTextAnswer(.same, read: alone) }
    let isOther = all.allSatisfy { FieldReading.differs($0, from: wanted) }
    return FieldTextAnswer(isOther ? .other : .unclear, read: alone, evidence: all)
  }
}

/// What a free reading says of a text.
enum FieldReading {
  /// Whether what was read is another text by more than characters that look alike, or that may
  /// touch, or a caret behind it, or something before it.
  static func differs(_ read: String, from wanted: String) -> Bool {
    func folded(_ text: String) -> [Character] {
      Array(text.replacing("W", with: "VV").replacing("w", with: "vv").replacing("m", with: "rn"))
    }
    let (read, wanted) = (folded(read), folded(wanted))
    if abs(read.count - wanted.count) > 1 { return true }
    func isAlike(_ read: [Character]) -> Bool {
      read.count == wanted.count
        && zip(read, wanted).allSatisfy { $0 == $1 || LookAlikes.areAlike($0, $1) }
    }
    if isAlike(read) { return false }
    if read.count == wanted.count + 1, isAlike(Array(read.dropLast())) {
      return !"|lI1".contains(read.last ?? " ")
    }
    // No key puts anything before what was typed: that is a part of the field's edge, read as a letter.
    if read.count == wanted.count + 1, isAlike(Array(read.dropFirst())) { return false }
    return true
  }
}
