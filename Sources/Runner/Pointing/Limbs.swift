import Bench
import FrameVision
import Frames
import Hands

/// A hand on a mouse that sees where its pointer is.
protocol Hand: Sendable {
  /// The pointer's drawing as last seen; nil when unknown.
  var pointerBox: PixelRect? { get async }

  /// Whether it knows what the pointer looks like, and how far a report moves it.
  var hasLearnt: Bool { get async }

  /// Brings the pointer to a point and returns where it was seen; what stands there in an earlier
  /// picture is not the pointer.
  @discardableResult
  func move(
    to target: PixelPoint, inside box: PixelRect?, unlike earlier: Frame?,
    by deadline: MonotonicInstant
  ) async throws(HandError) -> PixelPoint

  /// Moves to a point and clicks there.
  @discardableResult
  func click(
    at target: PixelPoint, inside box: PixelRect?, button: MouseButtons, count: Int,
    unlike earlier: Frame?, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord

  /// Presses the left button at one point and releases it at another.
  @discardableResult
  func drag(from start: PixelPoint, to end: PixelPoint, by deadline: MonotonicInstant)
    async throws(HandError) -> ClickRecord

  /// Moves to a point and turns the wheel there.
  @discardableResult
  func scroll(
    at target: PixelPoint, inside box: PixelRect?, detents: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord

  /// Moves the pointer off rectangles that are to be judged.
  func park(awayFrom rects: [PixelRect], by deadline: MonotonicInstant) async throws(HandError)

  /// Moves the mouse a little and says what the pointer did.
  func answer(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer

  /// How far from the place that it points at the pointer is drawn; nil where it is drawn there, or
  /// nobody can tell.
  func misplacement(by deadline: MonotonicInstant) async throws(HandError) -> PixelPoint?

  /// Where the pointer is in a picture taken after a click at a point; nil where it is not surely
  /// seen.
  func standing(in frame: Frame, near point: PixelPoint) async -> PixelPoint?

  /// Brings the pointer into a corner, where it is known to be.
  func home(by deadline: MonotonicInstant) async throws(HandError)

  /// Forgets where the pointer is.
  func forgetPosition() async

  /// Releases all buttons.
  func releaseAll(by deadline: MonotonicInstant) async throws(HandError)
}

extension MousePilot: Hand {}

/// Someone who types on an on-screen keyboard.
protocol Typist: Sendable {
  /// Whether every character can be typed.
  func canType(_ text: String) -> Bool

  /// Types into the field that has the keyboard's attention, and checks what it shows.
  func type(_ request: TypingRequest, by deadline: MonotonicInstant) async throws(HandError)
    -> TypingResult
}

extension KeyboardTypist: Typist {}

/// Someone who reads what stands in a picture.
protocol WordReader: Sendable {
  /// The lines of a part of a frame.
  func lines(in frame: Frame, region: PixelRect?, alphabet: String?) async -> [TextLine]

  /// Whether a part of a frame shows a text.
  func answer(
    to text: String, before proof: String, in frame: Frame, region: PixelRect, alphabet: String
  ) async -> FieldTextAnswer

  /// Looks for a phrase.
  func find(_ phrase: String, in frame: Frame, region: PixelRect?, ignoring ignored: [PixelRect])
    async -> TextFindAnswer
}

extension TextReader: WordReader {}
