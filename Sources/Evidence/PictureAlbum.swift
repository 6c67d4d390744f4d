import FoundationEssentials
import Frames
import MarkupText
import RunJournal

/// The pictures of a report, each loaded once however often it is shown.
///
/// They stand as SVG images in definitions at the top; every place that shows one refers to it and
/// draws outlines of its own over it.
struct PictureAlbum {
  /// A picture that is there.
  struct Entry {
    var number: Int
    var size: PixelSize
    var bytes: [UInt8]
  }

  /// The pictures by file.
  private(set) var entries: [String: Entry] = [:]
  /// The files that the journal names and the folder lacks, in order.
  private(set) var missing: [String] = []
  /// The pictures as the page loads them, in order.
  private(set) var views: [AlbumView] = []

  /// How many bytes the pictures of a page may have that holds them itself: a third more as text, it
  /// can be sent by most mail.
  private static let mostEmbedded = 7_000_000

  /// Gathers the pictures that a journal names.
  ///
  /// - Parameters:
  ///   - journal: the run.
  ///   - isEmbedded: whether the page holds them itself, or shows those of the run folder.
  ///   - most: how many bytes those may have that it holds itself.
  ///   - picture: the bytes of a picture by its name inside the run folder; nil when it is missing.
  init(
    _ journal: Journal, isEmbedded: Bool, atMost most: Int = mostEmbedded,
    picture: (String) -> [UInt8]?
  ) {
    var mediaTypes: [String: String] = [:]
    var files: [String] = []
    for kept in journal.pictures where entries[kept.file] == nil && !missing.contains(kept.file) {
      guard let bytes = picture(kept.file), let header = PictureHeader(bytes) else {
        missing.append(kept.file)
        continue
      }
      files.append(kept.file)
      mediaTypes[kept.file] = header.mediaType
      entries[kept.file] = Entry(number: files.count, size: header.size, bytes: bytes)
    }
    let smaller = isEmbedded ? smaller(journal, atMost: most) : [:]
    for file in files {
      guard let entry = entries[file], let mediaType = mediaTypes[file] else { continue }
      views.append(
        AlbumView(
          number: entry.number, width: entry.size.width, height: entry.size.height,
          data: isEmbedded ? Self.address(of: smaller[file] ?? entry.bytes, mediaType) : file))
    }
  }

  /// Pictures at half their size, as many as it takes for all to have so many bytes at most: first
  /// those from before steps that passed, then what else such steps show, then those from before others.
  /// What decided a step that did not pass stays as it is.
  private func smaller(_ journal: Journal, atMost most: Int) -> [String: [UInt8]] {
    var total = entries.values.reduce(0) { $0 + $1.bytes.count }
    if total <= most { return [:] }
    let passed = journal.passedSteps
    func isOfPassed(_ kept: KeptPicture) -> Bool { kept.step.map(passed.contains) ?? false }
    let shown = journal.pictures.filter { $0.role != .template }
    // A picture may be what one step ended with and the next began with.
    let needed = Set(shown.filter { !isOfPassed($0) && $0.role != .before }.map(\.file))
    let frames = shown.filter { !needed.contains($0.file) }
    let expendable =
      frames.filter { isOfPassed($0) && $0.role == .before }
      + frames.filter { isOfPassed($0) && $0.role != .before }
      + frames.filter { !isOfPassed($0) && $0.role == .before }
    var smaller: [String: [UInt8]] = [:]
    for kept in expendable where total > most && smaller[kept.file] == nil {
      guard let bytes = entries[kept.file]?.bytes, let half = Self.halved(bytes) else { continue }
      smaller[kept.file] = half
      total -= bytes.count - half.count
    }
    return smaller
  }

  /// A picture at half its size; nil where it can't be read, or gets no smaller.
  private static func halved(_ bytes: [UInt8]) -> [UInt8]? {
    guard let frame = try? JPEGCodec.decode(bytes) else { return nil }
    let size = PixelSize(width: frame.size.width / 4 * 2, height: frame.size.height / 4 * 2)
    guard let half = try? JPEGCodec.encode(frame.reduced(to: size), quality: 80) else { return nil }
    return half.count < bytes.count ? half : nil
  }

  /// An address that holds the picture itself.
  static func address(of bytes: [UInt8], _ mediaType: String) -> String {
    "data:\(mediaType);base64,\(Data(bytes).base64EncodedString())"
  }

  /// A picture with its outlines; a click makes it as wide as the page.
  ///
  /// - Parameters:
  ///   - picture: which one, and what to outline.
  ///   - nearest: one more place to outline, dashed: what came near to what was looked for.
  ///   - isLarge: whether it starts as wide as the page.
  /// - Returns: what a figure shows.
  func figure(_ picture: KeptPicture, nearest: PixelRect?, isLarge: Bool) -> FigureView {
    guard let entry = entries[picture.file] else {
      return FigureView(
        figureKind: "lost", caption: "\(Markup.printable(picture.file)) is missing", lost: true)
    }
    // Outlines scale with the picture, so that they stay visible in small ones.
    let width = max(2, entry.size.width / 320)
    let near = picture.role == .template ? nil : nearest
    var outlines = picture.blanked.map { Self.outline($0, "blanked", width) }
    outlines += picture.boxes.map { Self.outline($0.insetBy(-width), "box", width) }
    if let near { outlines.append(Self.outline(near.insetBy(-width), "nearest", width)) }
    return FigureView(
      figureKind: picture.role.rawValue + (entry.size.width < 400 ? " small" : ""),
      caption: Self.caption(picture, hasNearest: near != nil),
      file: Markup.printable(picture.file), number: entry.number, width: entry.size.width,
      height: entry.size.height, open: isLarge, outlines: outlines)
  }

  private static func outline(_ box: PixelRect, _ kind: String, _ width: Int) -> OutlineView {
    OutlineView(
      outline: kind, x: box.x, y: box.y, w: max(0, box.width), h: max(0, box.height),
      stroke: width)
  }

  private static func caption(_ picture: KeptPicture, hasNearest: Bool) -> String {
    var words: String
    switch picture.role {
    case .before: words = "before"
    case .deciding: words = "what decided"
    case .last: words = "last seen"
    case .template: words = "looked for" + (picture.name.map { ": \(Markup.printable($0))" } ?? "")
    case .captured: words = "captured"
    }
    if let frame = picture.frame { words += ", frame \(frame)" }
    if hasNearest { words += ", nearest dashed" }
    if !picture.blanked.isEmpty { words += ", parts blanked" }
    return words
  }
}

extension Journal {
  /// The pictures that were kept, in order.
  fileprivate var pictures: [KeptPicture] {
    entries.compactMap { entry in
      if case .pictureKept(let kept) = entry.event { kept } else { nil }
    }
  }

  /// The numbers of the steps that passed.
  fileprivate var passedSteps: Set<Int> {
    Set(
      entries.compactMap { entry in
        if case .stepEnded(let end) = entry.event, end.outcome == .passed { end.step } else { nil }
      })
  }
}
