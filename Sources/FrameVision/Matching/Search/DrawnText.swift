public import Frames

/// A text as a screen drew it once, to be found again wherever it may have gone.
///
/// What must not be missed is asked for here, not what must be right: any place that resembles the
/// text counts, dimmed, fading or with something over a part of it.
public struct DrawnText: Sendable {
  private let template: Template

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

  /// Whether a box of a frame may show a part of the text.
  public func mayBeSeen(in box: PixelRect, of frame: SearchableFrame) -> Bool {
    let around = PixelRect(
      x: box.x - template.size.width, y: box.y - template.size.height,
      width: box.width + 2 * template.size.width, height: box.height + 2 * template.size.height)
    return places(in: frame, region: around).contains { $0.intersects(box) }
  }

  /// Every place of a frame, or of a part of it, that may show the text.
  public func places(in frame: SearchableFrame, region: PixelRect? = nil) -> [PixelRect] {
    let area = (region ?? frame.frame.bounds).intersection(frame.frame.bounds)
    return CandidateSearch(template: template, frame: frame, area: area, ignored: []).found()
      .candidates.filter { $0.score >= template.parameters.search.textCorrelation }
      .map {
        PixelRect(x: $0.x, y: $0.y, width: template.size.width, height: template.size.height)
      }
  }

  /// The box of what differs from the field's ground.
  private static func letters(in luma: Plane) -> PixelRect? {
    var counts = [Int](repeating: 0, count: 256)
    for sample in luma.samples { counts[Int(sample)] += 1 }
    guard let ground = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return nil }
    let faintest = MatchParameters.standard.search.faintestText
    let contrast = luma.samples.reduce(0) { max($0, abs(Int($1) - ground)) }
    if contrast < faintest { return nil }
    let least = max(faintest, contrast / 3)
    func isDrawn(_ x: Int, _ y: Int) -> Bool { abs(Int(luma[x, y]) - ground) >= least }
    let (columns, rows) = (0..<luma.width, 0..<luma.height)
    // A line all along is an edge of the field, not a letter's.
    let inRow = rows.map { y in columns.count { isDrawn($0, y) } }
    let inColumn = columns.map { x in rows.count { isDrawn(x, $0) } }
    let drawnRows = rows.filter { inRow[$0] > 0 && 4 * inRow[$0] < 3 * luma.width }
    let drawnColumns = columns.filter { x in
      4 * inColumn[x] < 3 * luma.height && drawnRows.contains { isDrawn(x, $0) }
    }
    guard let top = drawnRows.first, let bottom = drawnRows.last, let left = drawnColumns.first,
      let right = drawnColumns.last
    else { return nil }
    return PixelRect(x: left, y: top, width: right + 1 - left, height: bottom + 1 - top)
  }
}
