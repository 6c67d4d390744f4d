import Frames
import MarkupText
import OrderedJSON
public import RunJournal

/// The folder of one run: its journal, its pictures, and what is made from them.
///
/// ```
/// runs/2026-03-01T101500Z-password-reset-seed1/
///   journal.jsonl
///   pictures/001-step01-before.jpg …
///   report.html
///   junit.xml
///   video.mp4, video.json
/// ```
public actor RunFolder: JournalSink {
  /// The names of the files inside a run folder.
  public enum FileName {
    /// The journal.
    public static let journal = JournalFormat.fileName
    /// The folder of the pictures.
    public static let pictures = "pictures"
    /// What a person reads.
    public static let report = "report.html"
    /// What a build server reads.
    public static let junit = "junit.xml"
    /// The film.
    public static let film = "video.mp4"
    /// What is known of the film.
    public static let filmRecord = "video.json"
    /// Where the last good run of the same kind lies.
    public static let lastGood = "last-good.txt"
  }

  /// The folder, as the user would name it.
  public nonisolated let path: String

  private nonisolated let journal: RunJournalFile
  private var pictureCount = 0
  private var keptFrame: KeptFrame?
  private var keptReferences: [RGBImage: String] = [:]

  /// The frame kept last: steps often share one, which is then stored once.
  private struct KeptFrame {
    var number: Int
    var capturedAt: MonotonicInstant
    var blanked: [PixelRect]
    var file: String
  }

  /// How much of a frame JPEG keeps: enough to read the smallest print.
  private static let quality = 85

  /// Creates a new folder with an empty journal.
  ///
  /// - Parameters:
  ///   - parent: the folder of all runs, created with those above it where it is missing.
  ///   - name: what to call the run; a number is added where there is one of that name.
  /// - Throws: when a folder or the journal can't be created.
  public init(in parent: String, name: String) throws(EvidenceError) {
    try EvidenceFiles.makeFolders(parent)
    let start = (parent == "/" ? "/" : parent + "/") + name.fileName
    var path = start
    var count = 1
    while try !EvidenceFiles.makeNewFolder(path) {
      count += 1
      path = "\(start)-\(count)"
    }
    try EvidenceFiles.makeFolders("\(path)/\(FileName.pictures)")
    do throws(JournalError) {
      journal = try RunJournalFile("\(path)/\(FileName.journal)")
    } catch {
      throw EvidenceError(error.reason)
    }
    self.path = path
  }

  /// Writes a line of the journal.
  public func append(_ entry: JournalEntry) throws(JournalSinkError) {
    _ = try record(entry)
  }

  /// Writes a line of the journal.
  ///
  /// - Returns: the entry as a reader of the journal gets it, secrets taken out.
  /// - Throws: when it can't be written.
  public func record(_ entry: JournalEntry) throws(JournalSinkError) -> JournalEntry {
    try journal.record(entry)
  }

  /// Closes the journal of a run that hangs: its end is written, and nothing after it.
  ///
  /// - Parameters:
  ///   - start: the first line, for a run that has not even written that.
  ///   - reason: why it is closed.
  ///   - cause: the same by its code.
  ///   - wallSeconds: how long the run took.
  /// - Returns: the end that the run has now: its own, if it had come so far.
  public nonisolated func close(
    hanging start: RunStart, reason: String, cause: CauseRecord, wallSeconds: Double
  ) -> RunEnd {
    journal.close(start, reason: reason, cause: cause, wallSeconds: wallSeconds)
  }

  /// Stores a picture: frames as JPEG, references as PNG.
  public func keep(_ picture: PictureToKeep) throws(JournalSinkError) -> String {
    do {
      switch picture.content {
      case .frame(let frame): return try keep(frame, for: picture)
      case .reference(let image): return try keep(image, for: picture)
      }
    } catch {
      throw JournalSinkError("\(error)")
    }
  }

  /// Remembers a secret that must not be written from now on.
  public func conceal(_ secret: String) {
    journal.conceal(secret, escaped: [Markup.escaped(secret)])
  }

  private func keep(_ frame: Frame, for picture: PictureToKeep) throws -> String {
    if picture.name == nil, let keptFrame, keptFrame.number == frame.number,
      keptFrame.capturedAt == frame.capturedAt, keptFrame.blanked == picture.blanked
    {
      return keptFrame.file
    }
    let bytes = try JPEGCodec.encode(frame.blanking(picture.blanked), quality: Self.quality)
    let file = try store(bytes, for: picture, ending: "jpg")
    keptFrame = KeptFrame(
      number: frame.number, capturedAt: frame.capturedAt, blanked: picture.blanked, file: file)
    return file
  }

  private func keep(_ image: RGBImage, for picture: PictureToKeep) throws -> String {
    let image = image.blanking(picture.blanked)
    if let file = keptReferences[image] { return file }
    let file = try store(PNGCodec.encode(image, effort: .fast), for: picture, ending: "png")
    keptReferences[image] = file
    return file
  }

  private func store(
    _ bytes: [UInt8], for picture: PictureToKeep, ending: String
  ) throws(EvidenceError) -> String {
    pictureCount += 1
    var parts = [
      padded(pictureCount, to: 3), picture.step.map { "step" + padded($0, to: 2) } ?? "run",
      picture.role.rawValue,
    ]
    if let name = picture.name { parts.append(journal.redacted(name).fileName) }
    let file = "\(FileName.pictures)/\(parts.joined(separator: "-")).\(ending)"
    try EvidenceFiles.write(bytes, to: "\(path)/\(file)")
    return file
  }

  private func padded(_ number: Int, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension String {
  /// The text as a part of a file name: letters, digits, `.`, `_`, `+` and `-`, at most 80 of them.
  fileprivate var fileName: String {
    let safe = map { character in
      character.isASCII && (character.isLetter || character.isNumber || "._+-".contains(character))
        ? character : "-"
    }
    let trimmed = safe.drop { $0 == "." || $0 == "-" }.prefix(80)
    return trimmed.isEmpty ? "unnamed" : String(trimmed)
  }
}
