public import Frames

/// A place in a frame that was compared with a template.
public struct TemplateMatch: Hashable, Sendable {
  /// Where the template lies; its size is the template's.
  public var rect: PixelRect
  /// How alike the worst part is, the same for every template: `1 / (1 + e)`, where `e` is the
  /// worst normalised residual: of luma or chroma in any window, or of luma in all that stands out
  /// together, in units of what a capture chain can explain there (noise and compression as they
  /// are measured at the place, edges more than flats). Thus 1 when nothing differs,
  /// ``TemplateFinder/limit`` when it differs as much as a capture chain can explain, 0 when
  /// nothing is alike.
  public var score: Double
  /// The part of the frame that differs most, when it decided the score.
  public var differs: PixelRect?
  /// The share of the template's pixels that was ignored, 0…1.
  public var hidden = 0.0
  /// How that part differs, such as `colour`; nil when nothing does.
  public var difference: String?

  /// Creates a match.
  public init(
    rect: PixelRect, score: Double, differs: PixelRect? = nil, difference: String? = nil
  ) {
    self.rect = rect
    self.score = score
    self.differs = differs
    self.difference = difference
  }
}

/// What came of looking for a template.
public enum FindAnswer: Hashable, Sendable {
  /// It is there, in one place only.
  case matched(TemplateMatch)
  /// It is not there; the place that resembles it most, if any does.
  case absent(nearest: TemplateMatch?)
  /// It is there more than once: the best two places.
  case ambiguous(TemplateMatch, TemplateMatch)
  /// The picture is too poor, or too much is hidden, to tell; the best place and the reason, in a
  /// sentence without a final stop.
  case unclear(TemplateMatch, reason: String)

  /// The place, if the template is there once.
  public var match: TemplateMatch? {
    if case .matched(let match) = self { match } else { nil }
  }

  /// The best place looked at, whatever the answer.
  public var best: TemplateMatch? {
    switch self {
    case .matched(let match), .ambiguous(let match, _), .unclear(let match, _): match
    case .absent(let nearest): nearest
    }
  }
}
