import Frames
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Something that can be looked for in one picture.
struct Sign: Hashable, Sendable {
  /// What it is.
  enum Kind: Hashable, Sendable {
    /// A reference image of the model.
    case image(String)
    /// Words, and what they are called in reports.
    case words(Value, called: String)
    /// What the model says is never shown.
    case never(String)
  }

  /// What it is.
  var kind: Kind
  /// Where it must lie; nil means anywhere, or where ``hangs`` says.
  var region: PixelRect?
  /// What goes with something else, and it with it; nil where it does not.
  var hangs: HangingRegion?
  /// Which of several that look the same; nil where there is one.
  var choice: Target.Choice?
  /// Where a click on words goes, from their top left corner; nil means their middle.
  var click: PixelPoint?

  /// What reports call it.
  var name: String {
    switch kind {
    case .image(let name): name
    case .words(_, let called): called
    case .never(let name): name
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

  /// The place as journals tell of it; nil for a mere point.
  var candidate: Judgement.Candidate? {
    box.map { Judgement.Candidate(name: sign?.name ?? "", box: $0, score: score ?? 1) }
  }
}

extension GroupMember {
  /// What to look for.
  ///
  /// - Parameter location: where it is asked for.
  /// - Returns: the kind of a target.
  func kind(at location: SourceLocation) -> Target.Kind {
    switch self {
    case .image(let name): .image(ValueText(constant: name, at: location))
    case .label(let key): .label(ValueText(constant: key, at: location))
    }
  }
}
