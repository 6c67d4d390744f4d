import Dispatch
public import Frames

/// Reads text in frames, with tesseract in this process.
///
/// Each reader has a recogniser and a thread of its own, so several may read at once, and the
/// cooperative thread pool never waits for one.
public actor TextReader {
  private let thread: SerialThread
  private let recognizer: TextRecognizer
  private var memory = TextMemory()
  /// The spots of the picture asked about last: questions come in bursts on one frame.
  private var lastSpots: (luma: Plane, area: PixelRect, spots: [TextSpot])?

  /// How far outside a region a line may begin and still be seen whole, in pixels.
  private static let reach = 16

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
    return spots(in: frame.luma, area).compactMap { spot in
      let line = line(at: spot, in: frame.luma, alphabet: alphabet)
      let words = line.words.filter { area.insetBy(-3).contains($0.box) }
      return words.isEmpty ? nil : TextLine(words: words)
    }
  }

  /// Looks for a phrase.
  ///
  /// What a recogniser confuses is forgiven (`0` and `O`, `rn` and `m`, case, a missing space),
  /// another word or number is not. A line that is the phrase and nothing else goes before a
  /// longer line that contains it.
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
    var places: [(match: TextMatch, isWhole: Bool)] = []
    for spot in spots(in: frame.luma, area)
    where spot.canHold(letters: matcher.length)
      && !ignored.contains(where: { $0.contains(spot.box) })
    {
      let line = line(at: spot, in: frame.luma, alphabet: nil)
      let isWhole = matcher.likeness(of: line.text) >= PhraseMatcher.limit
      places += matcher.matches(in: line).map { ($0, isWhole) }
    }
    places = places.filter { place in
      area.insetBy(-3).contains(place.match.box)
        && !ignored.contains { $0.intersects(place.match.box) }
    }
    return Self.answer(places)
  }

  private static func answer(_ places: [(match: TextMatch, isWhole: Bool)]) -> TextFindAnswer {
    let sorted = places.map(\.match).sorted {
      ($1.likeness, $0.box.y, $0.box.x) < ($0.likeness, $1.box.y, $1.box.x)
    }
    let good = sorted.filter { $0.likeness >= PhraseMatcher.limit }
    if good.isEmpty { return .absent(nearest: sorted.first) }
    let whole = good.filter { match in places.contains { $0.isWhole && $0.match == match } }
    let best = whole.isEmpty ? good : whole
    return best.count > 1 ? .ambiguous(best[0], best[1]) : .found(best[0])
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
    return spots(in: frame.luma, area).map { spot in
      guard spot.canHold(letters: letters) else { return TextCandidate(box: spot.box) }
      return TextCandidate(
        box: spot.box, line: line(at: spot, in: frame.luma, alphabet: alphabet),
        strip: TextStrip(spot, of: frame.luma).picture)
    }
  }

  // MARK: Spots and what they say

  private func spots(in luma: Plane, _ area: PixelRect) -> [TextSpot] {
    if area.isEmpty { return [] }
    if let last = lastSpots, last.area.contains(area), last.luma.isSame(as: luma) {
      return last.spots.filter { $0.box.intersects(area) }
    }
    let around = area.insetBy(-Self.reach).intersection(PixelRect(luma.size))
    let part = around == PixelRect(luma.size) ? luma : luma.cropped(to: around)
    let spots = TextSpotter.spots(in: part).map { spot in
      var spot = spot
      spot.box = spot.box.offset(byX: around.x, y: around.y)
      return spot
    }
    lastSpots = (luma, area, spots)
    return spots.filter { $0.box.intersects(area) }
  }

  private func line(at spot: TextSpot, in luma: Plane, alphabet: String?) -> TextLine {
    if let known = memory.line(at: spot.box, in: luma, alphabet: alphabet) { return known }
    let strip = TextStrip(spot, of: luma)
    let read: TextLine
    if let alphabet {
      let letters = LetterReading(strip.picture, by: recognizer, alphabet: alphabet)
      let line = recognizer.line(in: letters.strip, alphabet: alphabet)
      read = line.spelled(
        letters.reconciled(with: line.letters) {
          recognizer.line(in: letters.apart, alphabet: alphabet).letters
        })
    } else {
      read = recognizer.line(in: strip.picture)
    }
    let line = TextLine(
      words: read.words.map {
        TextWord(text: $0.text, box: strip.inFrame($0.box), confidence: $0.confidence)
      })
    memory.keep(line, at: spot.box, in: luma, alphabet: alphabet)
    return line
  }
}

extension TextSpot {
  /// Whether a number of letters finds room, by their usual widths: at least a third of the height
  /// of a capital each.
  func canHold(letters: Int) -> Bool {
    3 * box.width >= letters * letterHeight
  }
}

extension Plane {
  /// Whether two planes share their bytes, which costs nothing to see.
  fileprivate func isSame(as other: Plane) -> Bool {
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
