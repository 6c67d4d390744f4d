public import FrameVision
public import Frames

/// One question about a template in a picture.
public struct MatchQuestion: Sendable {
  /// Where it is looked for.
  public let picture: Frame
  /// The template at each scale to be tried.
  public let templates: [Template]
  /// Where the whole template must lie; nil for anywhere.
  public let region: PixelRect?
  /// Places that don't count.
  public let ignored: [PixelRect]
  /// Whether all places are wanted.
  public let all: Bool
  /// Which of several places is wanted, from 1 in reading order.
  public let index: Int?
  /// Other templates that may be in the picture, at each scale: they tell whether the whole picture
  /// is lighter or darker than they are, or one place is.
  public let beside: [Template]

  /// Creates a question.
  ///
  /// - Throws: when nothing of the region lies inside the picture.
  public init(
    picture: Frame, templates: [Template], region: PixelRect? = nil, ignored: [PixelRect] = [],
    all: Bool = false, index: Int? = nil, beside: [Template] = []
  ) throws(PartOutsidePicture) {
    try picture.require(region, called: "region")
    self.picture = picture
    self.templates = templates
    self.region = region
    self.ignored = ignored
    self.all = all
    self.index = index
    self.beside = beside
  }

  /// The answer, nothing remembered from one search to the next.
  public func answer() -> MatchAnswer {
    var best: MatchAnswer?
    for template in templates.map(\.unseen) {
      let references = beside.filter { $0.scale == template.scale }
      let frame = SearchableFrame(
        picture,
        consensus: PhotometricConsensus(references: references.map { PhotometricReference($0) }))
      let search = TemplateFinder().search(template, in: frame, region: region, ignoring: ignored)
      let answer = MatchAnswer(search, scale: template.scale, all: all, index: index)
      if answer.rank > best?.rank ?? -1 { best = answer }
      if answer.isMatched { break }
    }
    return best ?? MatchAnswer()
  }
}
