import FrameVision
import Frames

/// Two things at the foot of a screen that are of no interest but for their colours: as the other
/// references of a model do, they tell whether a whole picture is lighter, or one place in it.
enum ToneMarks {
  private static func places(on size: PixelSize) -> [PixelRect] {
    [8, size.width - 100].map { PixelRect(x: $0, y: size.height - 36, width: 92, height: 32) }
  }

  /// Draws them.
  static func draw(on canvas: Canvas) {
    for (at, place) in places(on: canvas.size).enumerated() {
      canvas.fill(place, Ink(84, 112, 150))
      canvas.fill(
        PixelRect(x: place.x + 4 + 50 * at, y: place.y + 4, width: 30, height: 24),
        Ink(196, 150, 70))
      canvas.text(
        ["Zone", "Door"][at], Double(place.x + 42 - 32 * at), Double(place.y + 8), .white,
        size: 12)
    }
  }

  /// What they tell.
  ///
  /// - Parameter screen: the screen as it was drawn, with the marks on it.
  /// - Returns: a consensus that may look for them.
  static func consensus(of screen: Frame) -> PhotometricConsensus {
    PhotometricConsensus(references: references(of: screen))
  }

  /// The marks themselves.
  static func references(of screen: Frame) -> [PhotometricReference] {
    places(on: screen.size).map { PhotometricReference(Template(screen, cropping: $0)) }
  }
}

extension TemplateFinder {
  /// Looks for a template in a frame of a screen with marks.
  func find(_ template: Template, in frame: Frame, marksOf screen: Canvas) -> FindAnswer {
    find(
      template,
      in: SearchableFrame(frame, consensus: ToneMarks.consensus(of: screen.frame())))
  }
}
