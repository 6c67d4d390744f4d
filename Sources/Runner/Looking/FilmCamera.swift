import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal
import Synchronization

/// What of a picture must be black in a film.
struct FilmVeil: Sendable {
  /// Places that may show a secret.
  var boxes: [PixelRect] = []
  /// Whether the keyboard is black, wherever it is.
  var findsKeyboard = false
  /// Whether a step is played that handles a secret.
  var isSensitive = false

  /// Whether a picture may show a secret.
  var mayShowSecret: Bool { !boxes.isEmpty || findsKeyboard || isSensitive }
}

/// Films what a screen shows, whoever looks at it: the runner or the hands.
///
/// What kept pictures have black, a film has, too. Looking for the keyboard takes time, and is done where
/// nobody waits for it; by eyes that remember nothing of the run's, so that a run with a film is the
/// same as one without.
final class FilmCamera: Sendable {
  /// How long the place of a keyboard stays black that is not seen there any more: something may lie
  /// over a part of it.
  private static let keyboardStays = Duration.seconds(2)

  private let film: any RunFilm
  private let model: RecorderModel
  private let noInput: NoInputPicture?
  private let shelf: ReferenceShelf
  private let photometry: PhotometricConsensus
  private let present = Mutex(FilmVeil())
  private let keyboard = Mutex<(place: PixelRect, seenAt: MonotonicInstant)?>(nil)

  init(_ film: any RunFilm, request: RunRequest, shelf: ReferenceShelf) {
    self.film = film
    self.shelf = shelf
    model = request.model
    noInput = request.noInput
    photometry = shelf.photometry(request.calibration)
  }

  /// What must be black from now on.
  var veil: FilmVeil {
    get { present.withLock { $0 } }
    set { present.withLock { $0 = newValue } }
  }

  /// Films what a screen answered.
  func saw(_ reading: ScreenReading) async {
    switch reading {
    case .noPicture(let state, let instant):
      await film.take(FilmShot(at: instant, .nothing("signal \(state.rawValue)")))
    case .picture(let frame):
      let veil = veil
      await film.take(
        FilmShot(
          at: frame.capturedAt, .picture(frame) { [self] in blanks(of: frame, under: veil) }))
    }
  }

  /// What must be black in a picture; nil where that may miss a secret.
  private func blanks(of frame: Frame, under veil: FilmVeil) -> [PixelRect]? {
    guard veil.mayShowSecret else { return [] }
    guard frame.size == model.screen, frame.condition(noInput: noInput) != .garbled else {
      return nil
    }
    var blanks = veil.boxes
    if veil.findsKeyboard, let place = keyboardPlace(in: frame) { blanks.append(place) }
    return veil.isSensitive && blanks.isEmpty ? nil : blanks
  }

  /// Where the keyboard is, or was a moment ago.
  private func keyboardPlace(in frame: Frame) -> PixelRect? {
    guard let description = model.keyboard,
      let template = try? shelf.template(description.anchor)
    else { return nil }
    let answer = TemplateFinder().find(
      template, in: SearchableFrame(frame, consensus: photometry),
      region: model.images[description.anchor]?.region)
    return keyboard.withLock { keyboard in
      if let match = answer.match {
        keyboard = (
          description.bounds.offset(byX: match.rect.x, y: match.rect.y).veiled, frame.capturedAt
        )
      } else if let known = keyboard,
        known.seenAt.duration(to: frame.capturedAt) > Self.keyboardStays
      {
        keyboard = nil
      }
      return keyboard?.place
    }
  }
}
