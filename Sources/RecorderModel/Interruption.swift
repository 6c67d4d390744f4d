public import Frames
import SourceYAML

/// A pop-up that may come unasked.
public struct Interruption: Sendable, Hashable {
  /// What it is known by, or sent away with.
  public enum Sign: Sendable, Hashable {
    /// An image or a label of the model, which says where it is.
    case member(GroupMember)
    /// Words on the screen.
    case words(String)
  }

  /// Where the words of a pop-up are looked for.
  public enum Place: Sendable, Hashable {
    /// A region of the model, which may hang on something.
    case region(String)
    /// A part of the screen.
    case rect(PixelRect)
  }

  /// Its name in reports.
  public var name: String
  /// What shows that it is there.
  public var seen: Sign
  /// What to click to send it away.
  public var dismiss: Sign
  /// Where words are looked for; nil means anywhere.
  public var place: Place?

  /// Creates an interruption.
  public init(name: String, seen: Sign, dismiss: Sign, in place: Place? = nil) {
    self.name = name
    self.seen = seen
    self.dismiss = dismiss
    self.place = place
  }
}

extension Interruption {
  private static let seen = FieldShape.required(
    "seen", signShape, "What shows that it is there.")
  private static let dismiss = FieldShape.required(
    "dismiss", signShape, "What to click to send it away.")
  private static let region = FieldShape(
    "in", .reference("region"), "Where their words are; anywhere if left out.")
  private static let near = FieldShape(
    "near", .scalar(.word(ScreenPart.allCases.map(\.rawValue))),
    "The third of the screen that their words are in, in place of in.")

  private static let signShape = Shape.forms(
    FormsShape(
      "what is seen of it", example: "the words on it, {label: …} or {image: …}",
      scalar: .scalar(.text), mapping: .reference("member")))

  /// How those of a model are written.
  static let field = FieldShape(
    "interruptions",
    .names(
      NamesShape(
        .object(
          ObjectShape(
            "an interruption", [seen, dismiss, region, near],
            rules: [.atMostOne(of: [region.name, near.name])])), what: "an interruption")),
    "Pop-ups that may come unasked."
  ).shown(
    by: """
      labels: {close: Close}
      interruptions:
        network: {seen: Network disconnected, dismiss: Dismiss, in: [896, 546, 360, 150]}
        disk-full: {seen: Disk full, dismiss: {label: close}}
      """)

  /// Reads one; nil where it is written wrongly.
  ///
  /// - Parameters:
  ///   - entry: its name and what is written of it.
  ///   - place: where its words are; nil for anywhere.
  ///   - member: reads an image or a label.
  init?(_ entry: YAMLNode.Entry, in place: Place?, member: (YAMLNode) -> GroupMember?) {
    func sign(_ field: FieldShape) -> Sign? {
      guard let node = entry.value[field] else { return nil }
      return node.text.map { .words($0) } ?? member(node).map { .member($0) }
    }
    guard let seen = sign(Self.seen), let dismiss = sign(Self.dismiss) else { return nil }
    self.init(name: entry.key, seen: seen, dismiss: dismiss, in: place)
  }

  /// What can't be meant: a place where nothing is looked for by its words, or words that are the name of
  /// something of the model.
  static func findings(in node: YAMLNode, of model: RecorderModel) -> [Finding] {
    let signs = [seen, dismiss].compactMap { node[$0] }
    var findings: [Finding] = signs.compactMap { sign in
      guard let text = sign.text else { return nil }
      let key = model.labels[text] != nil ? "label" : model.images[text] != nil ? "image" : nil
      return key.map { key in
        Finding(
          sign.location,
          "\"\(text)\" is read as words on the screen, and is what an entry of \(key)s is called",
          remedy: "write {\(key): \(text)}, or words in other letters: case does not count")
      }
    }
    if signs.allSatisfy({ $0.text == nil }),
      let place = node.entry(region.name) ?? node.entry(near.name)
    {
      findings.append(
        Finding(
          place.keyLocation, "\"\(place.key)\" means nothing here",
          remedy: "it goes with words; labels and images say themselves where they are"))
    }
    return findings
  }
}
