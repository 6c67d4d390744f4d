import FrameVision
import Frames
import RecorderModel

/// What stands in a text field.
enum FieldContent {
  /// Nothing, or the words that stand there while nothing was typed.
  case nothing
  /// Something.
  case something
  /// Words where what is typed shows as dots: words that stand there while nothing was typed, or a
  /// password that is shown. Nobody can tell which, nor are they told.
  case words

  /// Whether something was typed; nil where nobody can tell.
  var isFilled: Bool? {
    switch self {
    case .nothing: false
    case .something: true
    case .words: nil
    }
  }
}

extension TargetFinder {
  /// How many letters and digits make words of what stands in a field, rather than specks.
  private static let fewestLetters = 3

  /// What stands in a text field.
  ///
  /// - Parameters:
  ///   - field: where it is.
  ///   - description: what the model says of it.
  ///   - look: the picture.
  /// - Returns: what stands there.
  func content(
    of field: TextField, described description: FieldDescription, on look: Look
  ) async -> FieldContent {
    let dots = look.frame.dotCount(in: field.box)
    if dots == 0 { return .nothing }
    if description.display == .dots, dots != nil { return .something }
    let inside = field.box.intersection(look.frame.bounds)
    if let placeholder = description.placeholder,
      case .found = await reader.find(placeholder, in: look.frame, region: inside, ignoring: [])
    {
      return .nothing
    }
    guard description.display == .dots else { return .something }
    let letters = await reader.lines(in: look.frame, region: inside, alphabet: nil)
      .flatMap(\.words).flatMap(\.text).count { $0.isLetter || $0.isNumber }
    return letters < Self.fewestLetters ? .something : .words
  }
}
