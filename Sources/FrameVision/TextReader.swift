import Dispatch
public import Frames

/// Reads text in frames, with tesseract in this process.
///
/// Each reader has a recogniser and a thread of its own, so several may read at once, and the
/// cooperative thread pool never waits for one.
public actor TextReader {
  private let thread: SerialThread
  private let recognizer: TextRecognizer

  /// Where the reader's work runs.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Opens a reader for English text.
  ///
  /// - Throws: ``TextReaderError/noLanguageData(language:)`` when tesseract finds none.
  public init() throws(TextReaderError) {
    recognizer = try TextRecognizer(language: "eng")
    thread = SerialThread(label: "gantry.text-reader")
  }

  /// Reads all lines of a part of a frame, top to bottom.
  ///
  /// - Parameters:
  ///   - frame: the picture.
  ///   - region: where to read; nil for the whole frame.
  ///   - alphabet: the only characters that may occur, for values that must be exact such as
  ///     codes; nil for any.
  /// - Returns: the lines that were read; none where there is no text.
  public func lines(in frame: Frame, region: PixelRect? = nil, alphabet: String? = nil)
    async -> [TextLine]
  {
    let area = (region ?? frame.bounds).intersection(frame.bounds)
    if area.isEmpty { return [] }
    let luma = frame.luma.cropped(to: area)
    return recognizer.lines(in: luma, alphabet: alphabet).map { line in
      TextLine(
        words: line.words.map { word in
          TextWord(
            text: word.text, box: word.box.offset(byX: area.x, y: area.y),
            confidence: word.confidence)
        })
    }
  }

  /// Looks for a phrase.
  ///
  /// What a recogniser confuses is forgiven (`0` and `O`, `rn` and `m`, case, a missing space),
  /// another word or number is not.
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
    let lines = await lines(in: frame, region: region)
    let matches = lines.flatMap { PhraseMatcher(phrase).matches(in: $0) }
      .filter { match in !ignored.contains { $0.intersects(match.box) } }
      .sorted { ($1.likeness, $0.box.y, $0.box.x) < ($0.likeness, $1.box.y, $1.box.x) }
    let good = matches.filter { $0.likeness >= PhraseMatcher.limit }
    guard let best = good.first else { return .absent(nearest: matches.first) }
    if good.count > 1, good[1].likeness == best.likeness { return .ambiguous(best, good[1]) }
    return .found(best)
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
