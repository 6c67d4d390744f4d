import Frames
import MarkupText
import RunJournal

/// A thing that two runs tell, each in its own words.
struct ComparedRow {
  var what: String
  var first: String
  var second: String

  init(what: String, first: String, second: String) {
    (self.what, self.first, self.second) = (what, first, second)
  }

  init(_ difference: RunComparison.Difference) {
    self.init(
      what: difference.what, first: Markup.printable(difference.first ?? "–"),
      second: Markup.printable(difference.second ?? "–"))
  }
}

/// The pictures of a step in two runs, and what differs between them.
struct ComparedPictures {
  /// How large pictures are at most.
  private static let largest = PixelSize(width: 640, height: 360)

  var pictureWords: String
  var w: Int
  var h: Int
  var firstData: String
  var secondData: String
  var heatData: String

  /// Creates a view; nil where the pictures don't differ visibly, or one can't be read.
  init?(_ step: RunComparison.Step, picture: (_ file: String, _ isFirst: Bool) -> [UInt8]?) {
    guard let change = step.picture, change.isVisible,
      let one = step.first?.picture.flatMap({ picture($0, true) }),
      let other = step.second?.picture.flatMap({ picture($0, false) }),
      let first = Self.small(one), let second = Self.small(other),
      let difference = PictureDifference(seen: second.luma, expected: first.luma),
      let firstBytes = try? JPEGCodec.encode(first, quality: 80),
      let secondBytes = try? JPEGCodec.encode(second, quality: 80),
      let heat = try? JPEGCodec.encode(difference.heat, quality: 80)
    else { return nil }
    pictureWords = "\(change.percent) of the pixels differ visibly"
    (w, h) = (first.size.width, first.size.height)
    firstData = PictureAlbum.address(of: firstBytes, "image/jpeg")
    secondData = PictureAlbum.address(of: secondBytes, "image/jpeg")
    heatData = PictureAlbum.address(of: heat, "image/jpeg")
  }

  private static func small(_ bytes: [UInt8]) -> Frame? {
    guard let frame = try? JPEGCodec.decode(bytes) else { return nil }
    if frame.size.width <= largest.width { return frame }
    let height = max(1, frame.size.height * largest.width / frame.size.width)
    return frame.reduced(to: PixelSize(width: largest.width, height: height))
  }
}

/// A step as two runs played it.
struct ComparedStep {
  var stepTone: String
  var isOpen: Bool
  var differsWords: String
  var path: String
  var times: String
  var rows: [ComparedRow]
  var pictures: [ComparedPictures]

  /// Creates a view.
  ///
  /// - Parameters:
  ///   - step: the step.
  ///   - picture: the bytes of a kept picture of the first run or the second.
  init(
    _ step: RunComparison.Step, picture: (_ file: String, _ isFirst: Bool) -> [UInt8]?
  ) {
    func outcome(_ side: RunComparison.Side?) -> String {
      side.map { $0.outcome?.rawValue ?? "not ended" } ?? "not played"
    }
    func time(_ side: RunComparison.Side?) -> String {
      side?.seconds.map(ReportText.seconds) ?? "–"
    }
    stepTone = step.outcomeDiffers ? "failed" : step.differs ? "errored" : "passed"
    isOpen = step.differs
    differsWords = step.differs ? "≠\u{2002}\(step.words)" : "=\u{2002}alike"
    path = Markup.printable(step.path)
    times = "\(time(step.first)) · \(time(step.second))"
    rows =
      [
        ComparedRow(what: "outcome", first: outcome(step.first), second: outcome(step.second)),
        ComparedRow(what: "took", first: time(step.first), second: time(step.second)),
      ] + step.texts.map(ComparedRow.init)
    pictures = ComparedPictures(step, picture: picture).map { [$0] } ?? []
  }
}
