public import Frames

/// A text as a screen drew it once, to be found again wherever it may have gone.
///
/// What must not be missed is asked for here, not what must be right: any place that resembles the
/// text counts, dimmed, fading or with something over a part of it.
public struct DrawnText: Sendable {
  private let template: Template

  /// The correlation from which a place counts. Another text of as many letters in the same font
  /// reaches about as much.
  private static let least: Float = 0.5
  /// The contrast of the faintest text, in levels.
  private static let faintest = 12
  /// How far around the letters the picture is taken, in pixels.
  private static let margin = 4

  /// Takes the text in a field; nil where nothing is drawn there.
  ///
  /// - Parameters:
  ///   - field: the inside of the field.
  ///   - frame: a picture in which it shows the text.
  public init?(in field: PixelRect, of frame: Frame) {
    let field = field.intersection(frame.bounds)
    guard let drawn = Self.letters(in: frame.luma.cropped(to: field)) else { return nil }
    var box = drawn.offset(byX: field.x, y: field.y).insetBy(-Self.margin)
    let short = (
      x: max(0, Template.smallestSide - box.width), y: max(0, Template.smallestSide - box.height)
    )
    box = PixelRect(
      x: box.x - short.x / 2, y: box.y - short.y / 2, width: box.width + short.x,
      height: box.height + short.y
    ).intersection(frame.bounds)
    template = Template(frame, cropping: box)
  }

  /// Every place of a frame, or of a part of it, that may show the text.
  public func places(in frame: SearchableFrame, region: PixelRect? = nil) -> [PixelRect] {
    let area = (region ?? frame.frame.bounds).intersection(frame.frame.bounds)
    return CandidateSearch(template: template, frame: frame, area: area, ignored: []).found()
      .candidates.filter { $0.score >= Self.least }
      .map {
        PixelRect(x: $0.x, y: $0.y, width: template.size.width, height: template.size.height)
      }
  }

  /// The box of what differs from the field's ground.
  private static func letters(in luma: Plane) -> PixelRect? {
    var counts = [Int](repeating: 0, count: 256)
    for sample in luma.samples { counts[Int(sample)] += 1 }
    guard let ground = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return nil }
    let contrast = luma.samples.reduce(0) { max($0, abs(Int($1) - ground)) }
    if contrast < faintest { return nil }
    let least = max(faintest, contrast / 3)
    var (left, top, right, bottom) = (luma.width, luma.height, 0, 0)
    for y in 0..<luma.height {
      for x in 0..<luma.width where abs(Int(luma[x, y]) - ground) >= least {
        (left, right) = (min(left, x), max(right, x + 1))
        (top, bottom) = (min(top, y), max(bottom, y + 1))
      }
    }
    return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
  }
}
