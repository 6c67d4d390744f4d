public import FrameVision
public import Frames

/// What a typist asks about a picture. The pictures are live and fresh.
public protocol KeyboardEyes: Sendable {
  /// The top left corner of the keyboard's anchor image; nil where the keyboard is not (surely)
  /// there.
  ///
  /// - Parameters:
  ///   - frame: the picture.
  ///   - ignored: the pointer's drawing, which may cover some of it.
  /// - Returns: the corner, in pixels of the frame.
  func anchor(in frame: Frame, ignoring ignored: [PixelRect]) async -> PixelPoint?

  /// Whether a page's image is seen; nil where the model has no image for it.
  ///
  /// - Parameters:
  ///   - page: the page's name.
  ///   - frame: the picture.
  ///   - keyboard: the whole keyboard as found.
  ///   - ignored: the pointer's drawing.
  /// - Returns: whether it is seen.
  func shows(page: String, in frame: Frame, keyboard: PixelRect, ignoring ignored: [PixelRect])
    async -> Bool?

  /// What is written in a part of a picture, made of the given characters only.
  func text(in box: PixelRect, of frame: Frame, alphabet: String) async -> String

  /// Whether a part of a picture shows a text, made of the given characters only.
  ///
  /// - Parameters:
  ///   - text: what may stand there.
  ///   - proof: what stands behind it, to be compared with.
  ///   - box: where.
  ///   - frame: the picture.
  ///   - alphabet: the only characters that may occur.
  /// - Returns: the answer; what stands behind the text is no part of it.
  func answer(
    to text: String, before proof: String, in box: PixelRect, of frame: Frame, alphabet: String
  ) async -> FieldTextAnswer

  /// How many dots a part of a picture shows; nil where it can't be told.
  func dots(in box: PixelRect, of frame: Frame) async -> Int?
}
