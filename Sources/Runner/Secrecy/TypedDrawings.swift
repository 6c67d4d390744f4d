import FrameVision
import Frames

/// Secrets that were typed into fields which show their characters, as the screen drew them: what is
/// black wherever it goes.
struct TypedDrawings: Sendable, Equatable {
  private var drawings: [DrawnText] = []
  /// Whether what was typed may stand on the screen and was not seen when it was.
  private(set) var hasUnseen = false

  /// Whether anything of it may be seen.
  var mayBeSeen: Bool { hasUnseen || !drawings.isEmpty }

  /// Takes in what a field shows.
  ///
  /// - Parameters:
  ///   - frame: a picture in which it does; nil where there was none.
  ///   - field: the inside of the field.
  mutating func add(_ frame: Frame?, of field: PixelRect) {
    guard let frame, frame.bounds.contains(field) else {
      hasUnseen = true
      return
    }
    if let drawing = DrawnText(in: field, of: frame) { drawings.append(drawing) }
  }

  /// Whether it may be seen in a part of a picture.
  func mayBeSeen(in box: PixelRect, of frame: SearchableFrame) -> Bool {
    drawings.contains { $0.mayBeSeen(in: box.veiled, of: frame) }
  }

  /// Where it may be seen in a picture.
  func places(in frame: SearchableFrame) -> [PixelRect] {
    drawings.flatMap { $0.places(in: frame).map(\.veiled) }
  }

  /// Until all of it is forgotten, drawings are only added: as many are the same ones.
  static func == (one: TypedDrawings, other: TypedDrawings) -> Bool {
    one.hasUnseen == other.hasUnseen && one.drawings.count == other.drawings.count
  }
}
