import FrameVision
import Frames
import MatchCases
import OrderedJSON

/// Pictures that show how the answer to a question came about: where was looked, and for each
/// place what was expected, what was seen, and how much differs.
struct MatchPictures {
  private let question: MatchQuestion
  private let answer: MatchAnswer

  /// So many places are shown.
  private static let mostPlaces = 8
  /// Small templates are enlarged to about this width.
  private static let usualWidth = 320
  private static let gap = 4

  init(_ question: MatchQuestion, _ answer: MatchAnswer) {
    self.question = question
    self.answer = answer
  }

  /// Writes `places.png`, `place-1.png` and so on, and `places.txt` with the measures.
  func write(to folder: ExplainFolder) throws {
    let explanations = answer.search?.explanations(atMost: Self.mostPlaces) ?? []
    try folder.write(overview(explanations), as: "places.png")
    for (at, explanation) in explanations.enumerated() {
      try folder.write(sideBySide(explanation), as: "place-\(at + 1).png")
    }
    let lines = explanations.enumerated().map { at, explanation in
      let measures = explanation.measures.map {
        "\($0.name) \(JSONValue.decimal($0.normalizedResidual, digits: 2))"
      }
      return "\(at + 1): at \(explanation.match.rect), score "
        + "\(JSONValue.decimal(explanation.match.score, digits: 3)), tone \(explanation.transform), noise "
        + "\(JSONValue.decimal(explanation.noise, digits: 1)), in units of the limit: "
        + measures.joined(separator: ", ")
    }
    try folder.write([answer.words] + lines, as: "places.txt")
  }

  /// The whole picture with the places outlined, and what differs most there.
  private func overview(_ explanations: [TemplateExplanation]) -> RGBImage {
    var picture = RGBImage(question.picture)
    for box in question.ignored { picture.tint(box, .passedOver, share: 0.5) }
    if let region = question.region { picture.outline(region, .passedOver) }
    for explanation in explanations.reversed() {
      let isMatch = explanation.match.score >= TemplateFinder.limit
      picture.outline(explanation.match.rect, isMatch ? .answer : .considered)
      if let differs = explanation.match.differs { picture.outline(differs, .alarm) }
    }
    return picture
  }

  /// What was expected, what was seen, and the differences from black over red to white.
  private func sideBySide(_ explanation: TemplateExplanation) -> RGBImage {
    let size = explanation.expected.size
    let zoom = max(1, min(8, Self.usualWidth / size.width))
    let step = size.width * zoom + Self.gap
    var picture = RGBImage(
      size: PixelSize(width: 3 * step - Self.gap, height: size.height * zoom),
      filledWith: RGBColor(red: 128, green: 128, blue: 128))
    for y in 0..<(size.height * zoom) {
      for x in 0..<(size.width * zoom) {
        let (expected, seen) = (
          explanation.expected[x / zoom, y / zoom], explanation.seen[x / zoom, y / zoom]
        )
        let heat = Int(explanation.differences[x / zoom, y / zoom])
        picture[x, y] = RGBColor(red: expected, green: expected, blue: expected)
        picture[x + step, y] = RGBColor(red: seen, green: seen, blue: seen)
        let white = UInt8(max(0, min(255, 2 * heat - 255)))
        picture[x + 2 * step, y] = RGBColor(
          red: UInt8(min(255, 2 * heat)), green: white, blue: white)
      }
    }
    return picture
  }
}
