import FrameVision
import Frames
import RecorderModel

/// What stands in text fields.
extension TargetFinder {
  /// How many letters and digits make words of what stands in a field, rather than specks.
  private static let fewestLetters = 3

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
    let dots = look.frame.dotCount(in: field.box)
    if dots == 0 { return false }
    if description.display == .dots, dots != nil { return true }
    let inside = field.box.intersection(look.frame.bounds)
    if let placeholder = description.placeholder,
      case .found = await reader.find(placeholder, in: look.frame, region: inside, ignoring: [])
    {
      return false
    }
    guard description.display == .dots else { return true }
    let letters = await reader.lines(in: look.frame, region: inside, alphabet: nil)
      .flatMap(\.words).flatMap(\.text).count { $0.isLetter || $0.isNumber }
    return letters < Self.fewestLetters ? true : nil
  }
}
