import Foundation
import FrameVision
import Frames
import RunJournal

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
  func write(to folder: String) throws {
    let explanations = answer.search?.explanations(atMost: Self.mostPlaces) ?? []
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure.invalid("\(folder): can't be created")
    }
    do throws(PictureError) {
      try PNGCodec.write(overview(explanations), to: folder + "/places.png", effort: .fast)
      for (at, explanation) in explanations.enumerated() {
        try PNGCodec.write(
          sideBySide(explanation), to: folder + "/place-\(at + 1).png", effort: .fast)
      }
    } catch {
      throw CommandFailure.invalid("\(error)")
    }
    let lines = explanations.enumerated().map { at, explanation in
      let measures = explanation.measures.map {
        "\($0.name) \(JSONValue.decimal($0.excess, digits: 2))"
      }
      return "\(at + 1): at \(explanation.match.rect), score "
        + "\(JSONValue.decimal(explanation.match.score, digits: 3)), tone \(explanation.tone), noise "
        + "\(JSONValue.decimal(explanation.noise, digits: 1)), in units of the limit: "
        + measures.joined(separator: ", ") + "\n"
    }
    let text = ([answer.description + "\n"] + lines).joined()
    guard FileManager.default.createFile(atPath: folder + "/places.txt", contents: Data(text.utf8))
    else { throw CommandFailure.invalid("\(folder)/places.txt: can't be written") }
  }

  /// The whole picture with the places outlined: matches green, others red, what is ignored grey.
  private func overview(_ explanations: [TemplateExplanation]) -> RGBImage {
    var picture = RGBImage(question.picture)
    for box in question.ignored { picture.outline(box, RGBColor(red: 140, green: 140, blue: 140)) }
    if let region = question.region {
      picture.outline(region, RGBColor(red: 60, green: 120, blue: 255))
    }
    for explanation in explanations.reversed() {
      let isMatch = explanation.match.score >= TemplateFinder.limit
      picture.outline(
        explanation.match.rect.insetBy(-1),
        isMatch ? RGBColor(red: 0, green: 220, blue: 0) : RGBColor(red: 240, green: 0, blue: 0))
      if let differs = explanation.match.differs {
        picture.outline(differs, RGBColor(red: 255, green: 200, blue: 0))
      }
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
        picture.set(x, y, RGBColor(red: expected, green: expected, blue: expected))
        picture.set(x + step, y, RGBColor(red: seen, green: seen, blue: seen))
        picture.set(
          x + 2 * step, y,
          RGBColor(
            red: UInt8(min(255, 2 * heat)), green: UInt8(max(0, min(255, 2 * heat - 255))),
            blue: UInt8(max(0, min(255, 2 * heat - 255)))))
      }
    }
    return picture
  }
}

extension RGBImage {
  fileprivate mutating func set(_ x: Int, _ y: Int, _ color: RGBColor) {
    let at = 4 * (y * width + x)
    (pixels[at], pixels[at + 1], pixels[at + 2]) = (color.red, color.green, color.blue)
  }

  /// Outlines a rectangle, as far as it lies in the picture.
  fileprivate mutating func outline(_ box: PixelRect, _ color: RGBColor) {
    let part = box.intersection(PixelRect(size))
    for y in part.y..<part.maxY {
      for x in part.x..<part.maxX
      where x == box.x || x == box.maxX - 1 || y == box.y || y == box.maxY - 1 {
        set(x, y, color)
      }
    }
  }
}
