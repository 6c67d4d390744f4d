import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal
import Synchronization

/// What of a picture must be black in a film.
struct FilmVeil: Sendable, Equatable {
  /// Places that may show a secret.
  var boxes: [PixelRect] = []
  /// What was typed, as the screen drew it.
  var typed = TypedDrawings()
  /// Whether the keyboard is black, wherever it is.
  var findsKeyboard = false
  /// Whether a step is played that handles a secret.
  var isSensitive = false

  /// Whether a picture may show a secret.
  var mayShowSecret: Bool { !boxes.isEmpty || typed.mayBeSeen || findsKeyboard || isSensitive }

  /// What must be black by either of two.
  func joined(with other: FilmVeil) -> FilmVeil {
    FilmVeil(
      boxes: boxes + other.boxes.filter { !boxes.contains($0) },
      typed: typed.mayBeSeen ? typed : other.typed,
      findsKeyboard: findsKeyboard || other.findsKeyboard,
      isSensitive: isSensitive || other.isSensitive)
  }
}

/// Films what a screen shows, whoever looks at it: the runner or the hands. A screen for whose pictures
/// several may wait is filmed all the time.
///
/// What kept pictures have black, a film has, too. Looking for the keyboard takes time, and is done where
/// nobody waits for it; by eyes that remember nothing of the run's, so that a run with a film is the
/// same as one without.
final class FilmCamera: Sendable {
  /// How long the place of a keyboard stays black that is not seen there any more: something may lie
  /// over a part of it.
  private static let keyboardStays = Duration.seconds(2)

  /// What is asked of one who waits for a picture all the time.
  private struct State {
    var veil = FilmVeil()
    /// What was black before, and the last picture that was filmed then.
    var before: (veil: FilmVeil, until: MonotonicInstant)?
    var lastFilmed = MonotonicInstant.zero
    var following: Task<Void, Never>?
  }

  /// How long what was black stays so in pictures that come by themselves: they may be older than what
  /// has been done since.
  private static let veilStays = Duration.seconds(1)
  /// How long a picture is waited for at a time, and how long nobody asks where there is none.
  private static let (patience, pause) = (Duration.seconds(1), Duration.milliseconds(200))

  private let film: any RunFilm
  private let model: RecorderModel
  private let noInput: NoInputPicture?
  private let shelf: ReferenceShelf
  private let photometry: PhotometricConsensus
  private let state = Mutex(State())
  private let keyboard = Mutex<(place: PixelRect, seenAt: MonotonicInstant)?>(nil)

  init(
    _ film: any RunFilm, of model: RecorderModel, shelf: ReferenceShelf,
    noInput: NoInputPicture? = nil, calibration: CaptureCalibration? = nil
  ) {
    self.film = film
    self.shelf = shelf
    self.model = model
    self.noInput = noInput
    photometry = shelf.photometry(calibration)
  }

  /// Says what must be black from now on.
  func draw(_ veil: FilmVeil) {
    state.withLock { state in
      if state.veil != veil { state.before = (state.veil, state.lastFilmed) }
      state.veil = veil
    }
  }

  /// Films what a screen answered to somebody who looked.
  func saw(_ reading: ScreenReading) async {
    let isFollowing = state.withLock { $0.following != nil }
    if !isFollowing { await take(reading, under: state.withLock { $0.veil }) }
  }

  /// Films all that a screen shows from now on, whoever looks at it.
  func follow(_ screen: any SharedScreen, on clock: any BenchClock) {
    let fitted = FittedScreen(screen, to: model.screen)
    let task = Task.detached { [self] in
      var last = await clock.now()
      while !Task.isCancelled {
        let end = await clock.now().advanced(by: Self.patience)
        // What fails is for whoever looks for a reason to tell.
        guard let reading = try? await fitted.reading(after: last, by: end) else { return }
        last = max(last, reading.instant)
        await take(reading, under: veil(at: reading.instant))
        if reading.frame == nil { try? await clock.sleep(until: last.advanced(by: Self.pause)) }
      }
    }
    state.withLock { $0.following = task }
  }

  /// Films nothing any more.
  func stop() async {
    let task = state.withLock { $0.following }
    task?.cancel()
    await task?.value
  }

  /// What must be black in a picture that came by itself.
  private func veil(at instant: MonotonicInstant) -> FilmVeil {
    state.withLock { state in
      state.lastFilmed = max(state.lastFilmed, instant)
      guard let before = state.before,
        before.until.duration(to: instant) <= Self.veilStays
      else { return state.veil }
      return state.veil.joined(with: before.veil)
    }
  }

  private func take(_ reading: ScreenReading, under veil: FilmVeil) async {
    switch reading {
    case .noPicture(let signal, let instant):
      await film.take(FilmShot(at: instant, .nothing("signal \(signal.rawValue)")))
    case .picture(let frame):
      await film.take(
        FilmShot(
          at: frame.capturedAt, .picture(frame) { [self] in blanks(of: frame, under: veil) }))
    }
  }

  /// What must be black in a picture; nil where that may miss a secret.
  private func blanks(of frame: Frame, under veil: FilmVeil) -> [PixelRect]? {
    guard veil.mayShowSecret else { return [] }
    guard frame.size == model.screen, !veil.typed.hasUnseen,
      frame.condition(noInput: noInput) != .garbled
    else { return nil }
    let searchable = SearchableFrame(frame, consensus: photometry)
    var blanks = veil.boxes + veil.typed.places(in: searchable)
    if veil.findsKeyboard, let place = keyboardPlace(in: searchable) { blanks.append(place) }
    return veil.isSensitive && blanks.isEmpty ? nil : blanks
  }

  /// Where the keyboard is, or was a moment ago.
  private func keyboardPlace(in frame: SearchableFrame) -> PixelRect? {
    guard let description = model.keyboard,
      let template = try? shelf.template(description.anchor)
    else { return nil }
    let answer = TemplateFinder().find(
      template, in: frame, region: model.images[description.anchor]?.region)
    let instant = frame.frame.capturedAt
    return keyboard.withLock { keyboard in
      if let match = answer.match {
        keyboard = (
          description.bounds.offset(byX: match.rect.x, y: match.rect.y).veiled, instant
        )
      } else if let known = keyboard,
        known.seenAt.duration(to: instant) > Self.keyboardStays
      {
        keyboard = nil
      }
      return keyboard?.place
    }
  }
}
