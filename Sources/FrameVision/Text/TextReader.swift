import Dispatch
public import Frames

/// Reads text in frames, with tesseract in this process.
///
/// Each reader has a recogniser and a thread of its own, so several may read at once, and the
/// cooperative thread pool never waits for one.
public actor TextReader {
  private let thread: SerialThread
  let recognizer: TextRecognizer
  private var memory = TextMemory()
  /// The candidates of the picture asked about last: questions come in bursts on one frame.
  private var lastDetection: Detection?
  /// The closer look, which the next pictures are spared where they show the same.
  private var closerLook = CloserLook()

  private struct Detection {
    var luma: Plane
    var area: PixelRect
    var candidates: [TextLineCandidate]

    func covers(_ area: PixelRect, of luma: Plane) -> Bool {
      self.area.contains(area) && self.luma.isSame(as: luma)
    }
  }

  /// The least confidence of a word that only the closer look found, when all is read: it finds
  /// much that is no text.
  private static let sureWord = 60.0

  /// Where the reader's work runs.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Opens a reader for English text.
  ///
  /// - Throws: ``TextReaderError/noLanguageData(language:)`` when tesseract finds none.
  public init() throws(TextReaderError) {
    recognizer = try TextRecognizer(language: "eng")
    thread = SerialThread(label: "gantry.text-reader")
  }

  /// Reads all lines of a part of a frame, in reading order.
  ///
  /// - Parameters:
  ///   - frame: the picture.
  ///   - region: where to read; nil for the whole frame. Words outside are left out.
  ///   - alphabet: the only characters that may occur, for values that must be exact such as
  ///     codes; nil for any.
  /// - Returns: the lines that were read; none where there is no text.
  public func lines(in frame: Frame, region: PixelRect? = nil, alphabet: String? = nil)
    async -> [TextLine]
  {
    let area = (region ?? frame.bounds).intersection(frame.bounds)
    func inside(_ line: TextLine) -> TextLine {
      TextLine(words: line.words.filter { area.insetBy(-3).contains($0.box) })
    }
    func cut(_ candidate: TextLineCandidate) -> TextLineCandidate {
      alphabet == nil ? candidate : candidate.cut(to: area, in: frame.luma)
    }
    let coarse = lineCandidates(in: frame.luma, area).map(cut)
    var (lines, large) = ([TextLine](), [TextLine]())
    for candidate in coarse.sorted(by: { $0.letterHeight > $1.letterHeight }) {
      let read = inside(line(at: candidate, in: frame.luma, alphabet: alphabet))
      let isLarge = candidate.letterHeight > TextLineDetector.tallestLetter
      let line = isLarge ? read.sure(from: Self.sureWord) : read
      // What is seen inside large letters is no text.
      if line.words.isEmpty || large.contains(where: { $0.encloses(line) }) { continue }
      lines.append(line)
      if isLarge { large.append(line) }
    }
    if alphabet != nil && !lines.isEmpty { return Self.inOrder(lines) }
    for candidate in fineLineCandidates(in: frame.luma, area).map(cut)
    where !coarse.contains(where: candidate.isAlike) {
      let read = line(at: candidate, in: frame.luma, alphabet: alphabet)
      let line = inside(read.sure(from: Self.sureWord))
      let rivals = lines.filter { line.overlaps($0) }
      if line.words.isEmpty || rivals.reduce(0, { $0 + $1.weight }) >= line.weight { continue }
      lines.removeAll(where: rivals.contains)
      lines.append(line)
    }
    return Self.inOrder(lines)
  }

  private static func inOrder(_ lines: [TextLine]) -> [TextLine] {
    lines.sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
  }

  /// Looks for a phrase.
  ///
  /// What a recogniser confuses is forgiven (`0` and `O`, `rn` and `m`) where the picture is so poor
  /// that readings of it differ, or both are one picture in the font; case and spaces always are;
  /// another word or number is not. A line that is the phrase and nothing else goes before a
  /// longer line that contains it; of several that are alike otherwise, those in the phrase's own
  /// case go first.
  ///
  /// - Parameters:
  ///   - phrase: one or more words on one line.
  ///   - frame: where to look.
  ///   - region: where the phrase must stand; nil for the whole frame.
  ///   - ignored: places of the frame whose text does not count.
  /// - Returns: whether the phrase is there, and where, or what stands there instead.
  public func find(
    _ phrase: String, in frame: Frame, region: PixelRect? = nil, ignoring ignored: [PixelRect] = []
  ) async -> TextFindAnswer {
    let area = (region ?? frame.bounds).intersection(frame.bounds)
    let matcher = PhraseMatcher(phrase)
    func places(in candidates: [TextLineCandidate]) -> [Place] {
      candidates.filter { candidate in
        candidate.canHold(letters: matcher.length)
          && !ignored.contains { $0.contains(candidate.box) }
      }.flatMap { candidate in
        let line = line(at: candidate, in: frame.luma, alphabet: nil)
        let isWhole = matcher.likeness(of: line.text) >= PhraseMatcher.limit
        return matcher.matches(in: line).map {
          Place(match: $0, isWhole: isWhole, candidate: candidate)
        }
      }.filter { place in
        area.insetBy(-3).contains(place.match.box)
          && !ignored.contains { $0.intersects(place.match.box) }
      }
    }
    let coarse = lineCandidates(in: frame.luma, area)
    let shape = PhraseShape(phrase)
    func judgedAll(_ places: [Place]) -> [Place] {
      places.map { judged($0, for: matcher, in: frame.luma) }
    }
    var seen = judgedAll(places(in: coarse.filter(shape.mayBeAll)))
    // Beside a line that is the phrase to the letter and nothing else, no other counts but one that
    // may be the same.
    if !seen.contains(where: { $0.isWhole && $0.match.likeness == 1 }) {
      seen += judgedAll(places(in: coarse.filter { !shape.mayBeAll(of: $0) }))
    }
    if let answer = Self.answer(seen, for: matcher) { return answer }
    seen += judgedAll(
      places(
        in: fineLineCandidates(in: frame.luma, area).filter { !coarse.contains(where: $0.isAlike) })
    )
    let confirmed = seen.filter {
      $0.match.likeness >= PhraseMatcher.limit
        && (secondReading(of: $0, for: matcher, in: frame.luma) != nil
          || isReadTwice($0, for: matcher, in: frame.luma))
    }
    if let answer = Self.answer(confirmed, for: matcher) { return answer }
    let again = seen.filter { !$0.isOther && matcher.isNearMiss($0.match.likeness) }
      .sorted { $0.match.likeness > $1.match.likeness }.prefix(Self.mostSecondReadings)
      .compactMap { secondReading(of: $0, for: matcher, in: frame.luma) }
      .map { judged($0, for: matcher, in: frame.luma) }
    return Self.answer(again, for: matcher) ?? .absent(nearest: Self.best(seen).first?.match)
  }

  private struct Place {
    var match: TextMatch
    /// Whether the line is the phrase and nothing else.
    var isWhole: Bool
    var candidate: TextLineCandidate
    /// Whether it was read to the letter, at least once.
    var isExact = false
    /// Whether another letter than the phrase's stands there.
    private(set) var isOther = false

    /// The place where another letter than the phrase's stands.
    var other: Place {
      var place = self
      (place.isOther, place.isExact) = (true, false)
      place.match.likeness = min(match.likeness, PhraseMatcher.other)
      return place
    }
  }

  /// The most places that are read again for one answer.
  private static let mostSecondReadings = 3

  /// A place with what becomes of letters that only look like the phrase's.
  ///
  /// Recognisers confuse letters that look alike, but in a good picture hardly ever: what every
  /// reading has otherwise is another letter. Where readings differ, or both letters are one picture
  /// in the font, nobody can tell, and it is forgiven.
  private func judged(_ place: Place, for matcher: PhraseMatcher, in luma: Plane) -> Place {
    if place.match.likeness < PhraseMatcher.limit { return place }
    var place = place
    place.isExact = matcher.isSame(as: place.match.heard)
    // Beside letters a recogniser knows which of both it is.
    if place.isExact && matcher.loneRounds.isEmpty { return place }
    let normalized = NormalizedTextLine(place.candidate, of: luma)
    let exchanges = matcher.exchanges(in: place.match.heard)
    let shapes =
      exchanges == nil
      ? nil
      : LetterShapes(
        normalized.picture, in: normalized.inPicture(place.match.box.insetBy(-1)),
        phrase: matcher.characters)
    func isRound(_ exchange: (at: Int, wanted: Character, read: Character)) -> Bool {
      Set([exchange.wanted, exchange.read]) == ["0", "o"]
    }
    let rounds = matcher.loneRounds + (exchanges ?? []).filter(isRound).map(\.at)
    let areRoundsRight = rounds.isEmpty ? nil : shapes?.areRoundsRight(at: rounds)
    if areRoundsRight == false { return place.other }
    if place.isExact { return place }
    let others =
      shapes == nil ? nil : exchanges?.filter { areRoundsRight != true || !isRound($0) }
    if let shapes, let others {
      let answers = others.map { shapes.answer(at: $0.at, read: $0.read) }
      if answers.contains(.other) { return place.other }
      place.isExact = answers.allSatisfy { $0 == .same }
      if answers.allSatisfy({ $0 != nil }) { return place }
    }
    let readings = [NormalizedTextLine.Drawing.large, .apart].compactMap {
      matcher.matches(in: line(at: place.candidate, in: luma, drawing: $0)).first
    }.filter { $0.likeness >= PhraseMatcher.limit }
    let same = readings.count { matcher.isSame(as: $0.heard) }
    place.isExact = same > 1
    if same > 0 || readings.isEmpty { return place }
    // Noise makes the same of a letter however it is drawn: each is read for itself.
    if let shapes, let others, place.candidate.isNoisy(in: luma),
      shapes.readAlone(others, by: recognizer)
    {
      return place
    }
    return place.other
  }

  /// A place that is the phrase but for a letter, read once more: larger, then with the letters
  /// moved apart. A letter misread for its neighbours or its size comes right then; another word
  /// stays one.
  private func secondReading(of place: Place, for matcher: PhraseMatcher, in luma: Plane) -> Place?
  {
    // One more reading is one more chance to be wrong: both must say the same.
    let lines = [NormalizedTextLine.Drawing.large, .apart].map {
      line(at: place.candidate, in: luma, drawing: $0)
    }
    let matches = lines.map { matcher.matches(in: $0).first }
    if let best = matches[0], let line = lines.first,
      matches.allSatisfy({ ($0?.likeness ?? 0) >= PhraseMatcher.limit })
    {
      var place = place
      (place.match.heard, place.match.likeness) = (best.heard, best.likeness)
      place.isWhole = matcher.likeness(of: line.text) >= PhraseMatcher.limit
      return place
    }
    return nil
  }

  /// Whether a place that was read to the letter is so again where it is drawn larger still: letters
  /// that stand on a picture, by an edge of theirs, come in pieces where they are moved apart.
  private func isReadTwice(_ place: Place, for matcher: PhraseMatcher, in luma: Plane) -> Bool {
    guard place.match.likeness == 1, matcher.length >= Self.longEnough else { return false }
    return [NormalizedTextLine.Drawing.large, .huge].contains {
      matcher.matches(in: line(at: place.candidate, in: luma, drawing: $0)).first?.likeness == 1
    }
  }

  /// How many letters a phrase has at least that nothing else is taken for by chance, twice.
  private static let longEnough = 5

  private static func best(_ places: [Place]) -> [Place] {
    places.sorted {
      ($1.match.likeness, $0.match.box.y, $0.match.box.x)
        < ($0.match.likeness, $1.match.box.y, $1.match.box.x)
    }
  }

  /// The answer where the phrase stands; nil where it does not.
  private static func answer(_ places: [Place], for matcher: PhraseMatcher) -> TextFindAnswer? {
    let alike = best(places).filter { $0.match.likeness >= PhraseMatcher.limit }
    // What was read exactly beats what is forgiven.
    let exact = alike.filter(\.isExact)
    let good = exact.isEmpty ? alike : exact
    let whole = good.filter(\.isWhole)
    let fitting = (whole.isEmpty ? good : whole).map(\.match)
    let inCase = fitting.filter { matcher.isInCase($0.heard) }
    let best = inCase.isEmpty ? fitting : inCase
    guard let first = best.first else { return nil }
    // A line may be seen twice, by its strokes and by its ground: it is one place all the same.
    guard let second = best.first(where: { !$0.isSamePlace(as: first) }) else {
      return .found(first)
    }
    return .ambiguous(first, second)
  }

  /// What stands behind an answer: every place that looks like a line of text, and what came of it.
  ///
  /// - Parameters:
  ///   - frame: the picture.
  ///   - region: where to read; nil for the whole frame.
  ///   - phrase: words that are looked for: what is too short for them is not read.
  ///   - alphabet: the only characters that may occur; nil for any.
  /// - Returns: the places, in reading order.
  public func candidates(
    in frame: Frame, region: PixelRect? = nil, phrase: String? = nil, alphabet: String? = nil
  ) async -> [TextCandidate] {
    let area = (region ?? frame.bounds).intersection(frame.bounds)
    let letters = phrase.map { PhraseMatcher($0).length } ?? 0
    let coarse = lineCandidates(in: frame.luma, area)
    let fine = fineLineCandidates(in: frame.luma, area).filter {
      !coarse.contains(where: $0.isAlike)
    }
    return (coarse + fine).map { candidate in
      guard candidate.canHold(letters: letters) else { return TextCandidate(box: candidate.box) }
      return TextCandidate(
        box: candidate.box, line: line(at: candidate, in: frame.luma, alphabet: alphabet),
        normalized: NormalizedTextLine(candidate, of: frame.luma).picture)
    }
  }

  // MARK: Spots and what they say

  func lineCandidates(in luma: Plane, _ area: PixelRect) -> [TextLineCandidate] {
    if let lastDetection, lastDetection.covers(area, of: luma) {
      return lastDetection.candidates.filter { $0.box.intersects(area) }
    }
    let candidates = TextLineDetector.candidates(in: luma, area)
    lastDetection = Detection(luma: luma, area: area, candidates: candidates)
    return candidates
  }

  private func fineLineCandidates(in luma: Plane, _ area: PixelRect) -> [TextLineCandidate] {
    closerLook.candidates(in: luma, area)
  }

  private func line(
    at candidate: TextLineCandidate, in luma: Plane, alphabet: String? = nil,
    drawing: NormalizedTextLine.Drawing = .usual
  ) -> TextLine {
    let manner = TextMemory.Manner(candidate, drawing: drawing, alphabet: alphabet)
    if let known = memory.line(at: candidate.box, in: luma, as: manner) { return known }
    var reading = read(NormalizedTextLine(candidate, of: luma, drawing: drawing), drawing, alphabet)
    if drawing == .usual {
      // Letters that run together at one size may stand apart at another.
      for other in [NormalizedTextLine.Drawing.large, .huge] where reading.unity != .unanimous {
        let again = read(NormalizedTextLine(candidate, of: luma, drawing: other), other, alphabet)
        if again.unity > reading.unity { reading = again }
      }
    }
    memory.keep(reading.line, at: candidate, in: luma, as: manner)
    return reading.line
  }

  /// How far the ways to read a line agree.
  private enum Unity: Comparable {
    /// They have hardly anything in common.
    case none
    /// They differ in some letters.
    case partial
    /// They say the same.
    case unanimous
  }

  /// What was read, in the frame.
  private struct Reading {
    var line: TextLine
    var unity = Unity.unanimous

    init(_ line: TextLine, on normalized: NormalizedTextLine) {
      self.line = TextLine(
        words: line.words.map {
          TextWord(text: $0.text, box: normalized.inFrame($0.box), confidence: $0.confidence)
        })
    }
  }

  private func read(
    _ normalized: NormalizedTextLine, _ drawing: NormalizedTextLine.Drawing, _ alphabet: String?
  )
    -> Reading
  {
    guard let alphabet else {
      let picture = drawing == .apart ? LetterReading(normalized.picture).apart : normalized.picture
      return Reading(recognizer.line(in: picture), on: normalized)
    }
    let letters = LetterReading(normalized.picture, by: recognizer, alphabet: alphabet)
    let line = recognizer.line(in: letters.normalized, alphabet: alphabet)
    if line.words.isEmpty, let sure = letters.sureLetters {
      // A recogniser of lines now and then sees none, whatever the picture's quality.
      let word = TextWord(text: sure.text, box: sure.box, confidence: sure.confidence)
      return Reading(TextLine(words: [word]), on: normalized)
    }
    if letters.say(line.letters) { return Reading(line, on: normalized) }
    let spelling = letters.reconciled(
      with: line.letters, recognizer.line(in: letters.apart, alphabet: alphabet).letters)
    var reading = Reading(spelling.map { line.spelled($0) } ?? line, on: normalized)
    reading.unity = spelling == nil ? .none : .partial
    return reading
  }
}

extension TextLineCandidate {
  /// Whether a number of letters finds room, by their usual widths: at least a third of the height
  /// of a capital each.
  func canHold(letters: Int) -> Bool {
    3 * box.width >= letters * letterHeight
  }
}

extension TextLineCandidate {
  /// Whether most pixels of the ground differ from those beside them, be it by a level.
  fileprivate func isNoisy(in luma: Plane) -> Bool {
    var (differing, all) = (0, 0)
    func isGround(_ level: UInt8) -> Bool { 5 * abs(Int(level) - ground) < contrast }
    for y in box.y..<box.maxY {
      for x in box.x..<box.maxX - 1 {
        let (level, next) = (luma[x, y], luma[x + 1, y])
        if !isGround(level) || !isGround(next) { continue }
        all += 1
        if level != next { differing += 1 }
      }
    }
    return 2 * differing > all
  }
}

extension TextMatch {
  /// Whether most of the smaller of two matches lies in the other.
  fileprivate func isSamePlace(as other: TextMatch) -> Bool {
    2 * box.intersection(other.box).size.area > min(box.size.area, other.box.size.area)
  }
}

extension Plane {
  /// Whether two planes share their bytes, which costs nothing to see.
  func isSame(as other: Plane) -> Bool {
    size == other.size
      && samples.withUnsafeBufferPointer { mine in
        other.samples.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress }
      }
  }
}

/// One thread's worth of serial work, for calls that block.
final class SerialThread: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
