public import Frames

/// Finds templates in frames.
public struct TemplateFinder: Sendable {
  /// The score from which a place is a match.
  public static let limit = MatchParameters.standard.limits.score

  /// Creates a finder.
  public init() {}

  /// Looks for a template that should be there once.
  ///
  /// - Parameters:
  ///   - template: what to look for.
  ///   - frame: where to look.
  ///   - region: where the whole template must lie; nil for anywhere in the frame.
  ///   - ignored: places of the frame that don't count, such as the pointer.
  /// - Returns: whether it is there, and where, or what is there instead.
  public func find(
    _ template: Template, in frame: SearchableFrame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> FindAnswer {
    search(template, in: frame, region: region, ignoring: ignored).answer
  }

  /// Looks for a template in a frame that is searched only once.
  public func find(
    _ template: Template, in frame: Frame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> FindAnswer {
    find(template, in: SearchableFrame(frame), region: region, ignoring: ignored)
  }

  /// All places where a template is, in reading order.
  public func findAll(
    _ template: Template, in frame: SearchableFrame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> [TemplateMatch] {
    search(template, in: frame, region: region, ignoring: ignored).matches
  }

  /// Looks for a template and keeps what was looked at.
  ///
  /// - Parameters: as for ``find(_:in:region:ignoring:)-(Template,SearchableFrame,_,_)``.
  public func search(
    _ template: Template, in frame: SearchableFrame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> TemplateSearch {
    TemplateSearch(template, in: frame, region: region, ignoring: ignored)
  }
}
