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

  /// Gathers the pictures that a journal names.
  ///
  /// - Parameters:
  ///   - journal: the run.
  ///   - isEmbedded: whether the page holds them itself, or shows those of the run folder.
  ///   - picture: the bytes of a picture by its name inside the run folder; nil when it is missing.
  init(_ journal: Journal, isEmbedded: Bool, picture: (String) -> [UInt8]?) {
    for entry in journal.entries {
      guard case .pictureKept(let kept) = entry.event, entries[kept.file] == nil,
        !missing.contains(kept.file)
      else { continue }
      guard let bytes = picture(kept.file), let header = PictureHeader(bytes) else {
        missing.append(kept.file)
        continue
      }
      let number = entries.count + 1
      entries[kept.file] = Entry(number: number, size: header.size, bytes: bytes)
      views.append(
        AlbumView(
          number: number, width: header.size.width, height: header.size.height,
          data: isEmbedded ? Self.address(of: bytes, header.mediaType) : kept.file))
    }
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
