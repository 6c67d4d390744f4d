import FoundationEssentials
import Frames
import RunJournal

/// The pictures of a report, each embedded once however often it is shown.
///
/// They stand as SVG images in definitions at the top; every place that shows one refers to it and
/// draws outlines of its own over it.
struct PictureAlbum {
  /// The embedded pictures by file.
  private var entries: [String: Entry] = [:]
  /// The files that the journal names and the folder lacks, in order.
  private(set) var missing: [String] = []
  /// The definitions, as HTML.
  private(set) var definitions = ""

  private struct Entry {
    var number: Int
    var size: PixelSize
  }

  init(_ journal: Journal, picture: (String) -> [UInt8]?) {
    var images = ""
    for entry in journal.entries {
      guard case .pictureKept(let kept) = entry.event, entries[kept.file] == nil,
        !missing.contains(kept.file)
      else { continue }
      guard let bytes = picture(kept.file), let header = PictureHeader(bytes) else {
        missing.append(kept.file)
        continue
      }
      let number = entries.count + 1
      entries[kept.file] = Entry(number: number, size: header.size)
      images += "<image id=\"picture-\(number)\" width=\"\(header.size.width)\""
      images += " height=\"\(header.size.height)\" href=\"data:\(header.mediaType);base64,"
      images += "\(Data(bytes).base64EncodedString())\"/>\n"
    }
    guard !images.isEmpty else { return }
    definitions =
      "<svg class=\"album\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n"
      + "\(images)</defs></svg>\n"
  }

  /// A picture with its outlines; a click makes it as wide as the page.
  ///
  /// - Parameters:
  ///   - picture: which one, and what to outline.
  ///   - nearest: one more place to outline, dashed: what came near to what was looked for.
  ///   - isLarge: whether it starts as wide as the page.
  /// - Returns: a figure, as HTML.
  func figure(_ picture: KeptPicture, nearest: PixelRect?, isLarge: Bool) -> String {
    guard let entry = entries[picture.file] else {
      return "<figure class=\"lost\">\(Markup.escaped(picture.file)) is missing</figure>\n"
    }
    var shapes = "<use href=\"#picture-\(entry.number)\"/>"
    // Outlines scale with the picture, so that they stay visible in small ones.
    let width = max(2, entry.size.width / 320)
    for box in picture.blanked { shapes += outline(box, "blanked", width) }
    for box in picture.boxes { shapes += outline(box.insetBy(-width), "box", width) }
    if let nearest, picture.role != .template {
      shapes += outline(nearest.insetBy(-width), "nearest", width)
    }
    let caption = Self.caption(picture, hasNearest: nearest != nil && picture.role != .template)
    let isSmall = entry.size.width < 400
    let (w, h) = (entry.size.width, entry.size.height)
    return """
      <figure class="\(picture.role.rawValue)\(isSmall ? " small" : "")">
      <details\(isLarge ? " open" : "")><summary title="\(Markup.escaped(picture.file))">\
      <svg viewBox="0 0 \(w) \(h)" style="--natural: \(w)px" role="img" \
      aria-label="\(Markup.escaped(caption))">\(shapes)</svg></summary></details>
      <figcaption>\(Markup.escaped(caption))</figcaption>
      </figure>

      """
  }

  private func outline(_ box: PixelRect, _ kind: String, _ width: Int) -> String {
    "<rect class=\"\(kind)\" x=\"\(box.x)\" y=\"\(box.y)\" width=\"\(max(0, box.width))\""
      + " height=\"\(max(0, box.height))\" stroke-width=\"\(width)\"/>"
  }

  private static func caption(_ picture: KeptPicture, hasNearest: Bool) -> String {
    var words: String
    switch picture.role {
    case .before: words = "before"
    case .deciding: words = "what decided"
    case .last: words = "last seen"
    case .template: words = "looked for"
    case .captured: words = "captured"
    }
    if let frame = picture.frame { words += ", frame \(frame)" }
    if hasNearest { words += ", nearest dashed" }
    if !picture.blanked.isEmpty { words += ", parts blanked" }
    return words
  }
}
