import FrameVision
import Frames

/// One live picture that was looked at, with what looking at it needs.
final class Look {
  /// The picture.
  let frame: Frame
  /// The picture, ready to be searched.
  let searchable: SearchableFrame
  /// What the picture is, apart from what it shows.
  lazy var condition = frame.condition(noInput: noInput)
  private let noInput: NoInputPicture?

  /// Takes a picture.
  ///
  /// - Parameters:
  ///   - frame: the picture.
  ///   - noInput: what the grabber shows when it has no input, where that is known.
  ///   - photometry: what is known of the photometric transform of the device's pictures.
  init(_ frame: Frame, noInput: NoInputPicture?, photometry: PhotometricConsensus) {
    self.frame = frame
    self.noInput = noInput
    searchable = SearchableFrame(frame, consensus: photometry)
  }
}

/// What a glance at a screen met.
enum Glance {
  /// A live picture.
  case picture(Look)
  /// No picture.
  case nothing(at: MonotonicInstant)

  /// The picture, if there is one.
  var look: Look? { if case .picture(let look) = self { look } else { nil } }

  /// When it was captured or observed.
  var instant: MonotonicInstant {
    switch self {
    case .picture(let look): look.frame.capturedAt
    case .nothing(let instant): instant
    }
  }
}
