import Frames
import RunJournal
import Scenario

/// Something that can be looked for in one picture.
struct Sign: Hashable, Sendable {
  /// What it is.
  enum Kind: Hashable, Sendable {
    /// A reference image of the model.
    case image(String)
    /// Words, and what they are called in reports.
    case words(Value, called: String)
  }

  /// What it is.
  var kind: Kind
  /// Where it must lie; nil means anywhere.
  var region: PixelRect?

  /// What reports call it.
  var name: String {
    switch kind {
    case .image(let name): name
    case .words(_, let called): called
    }
  }
}

/// A place in a picture that a target was found at.
struct Place: Sendable {
  /// Where to click.
  var point: PixelPoint
  /// What it was found by; nil for a mere point.
  var box: PixelRect?
  /// How alike the found thing is, 0…1; nil for a mere point.
  var score: Double?
  /// What was found, to be looked for once more; nil for a mere point.
  var sign: Sign?
  /// The part that a click must go to; nil where any distance counts.
  var area: PixelRect?
}

/// What came of looking for something in one picture.
enum Search {
  /// It is there; several places where any one of several things was looked for.
  case here([Place])
  /// It is not there.
  case absent(Absence)
  /// One and the same thing is in two places.
  case ambiguous(String, PixelRect, PixelRect)

  /// What was seen instead of something.
  struct Absence {
    /// What resembles it most.
    var nearest: Judgement.Candidate?
    /// What resembles it most, in words; nil where nothing does.
    var words: String?
    /// How alike the nearest place is to a reference image, 0…1; nil for words.
    var template: Double?
    /// Why it can't be told, where the picture is too poor.
    var unclear: String?
  }
}
