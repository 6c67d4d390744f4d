import FrameVision
import Frames
import RecorderModel

/// What stands in text fields.
extension TargetFinder {
  /// Whether something was typed into a text field, by what stands in it.
  ///
  /// Words where what is typed shows as dots may stand there while nothing is typed, or be a password
  /// that is shown.
  ///
  /// - Parameters:
  ///   - field: where it is.
  ///   - description: what the model says of it.
  ///   - look: the picture.
  /// - Returns: nil where nobody can tell.
  func isFilled(
    _ field: TextField, described description: FieldDescription, on look: Look
  ) async -> Bool? {
    switch await FieldContent.seen(in: field.box, of: description, on: look.frame, by: reader) {
    case .nothing, .placeholder: false
    case .dots, .text, .marks: true
    case .words: nil
    }
  }
}

/// What stands in a text field.
enum FieldContent: Hashable {
  /// Nothing but perhaps a caret.
  case nothing
  /// The words that the model says stand in it while nothing is typed.
  case placeholder
  /// So many dots.
  case dots(Int)
  /// What is typed, in a field that shows it.
  case text
  /// Marks that are no words, and no dots that can be counted, in a field that shows dots.
  case marks
  /// Words, in a field that shows dots.
  case words

  /// How many letters and digits make words of what stands in a field, rather than specks.
  private static let fewestLetters = 3

  /// What stands in the box of a field.
  static func seen(
    in box: PixelRect, of description: FieldDescription, on frame: Frame, by reader: any WordReader
  ) async -> FieldContent {
    let dots = frame.dotCount(in: box)
    if dots == 0 { return .nothing }
    if description.display == .dots, let dots { return .dots(dots) }
    let inside = box.intersection(frame.bounds)
    if let placeholder = description.placeholder,
      case .found = await reader.find(placeholder, in: frame, region: inside, ignoring: [])
    {
      return .placeholder
    }
    guard description.display == .dots else { return .text }
    let letters = await reader.lines(in: frame, region: inside, alphabet: nil)
      .flatMap(\.words).flatMap(\.text).count { $0.isLetter || $0.isNumber }
    return letters < fewestLetters ? .marks : .words
  }
}
