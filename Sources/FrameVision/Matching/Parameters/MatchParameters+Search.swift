extension MatchParameters {
  /// How a template is prepared: what it must have to be found, its coarser scales, and the samples
  /// that stand for it.
  public struct Preparation: Sendable, Hashable {
    /// The smallest width and height of a template that can be found safely.
    ///
    /// Unit: pixels, 6…32. Origin: measured.
    public var smallestSide = 12
    /// The least spread of a plane's levels; where no plane has it a template is flat.
    ///
    /// Unit: levels of deviation, 1…10. Origin: measured.
    public var leastSpread = 3.0
    /// The spread of luma from which luma is searched whatever chroma shows.
    ///
    /// Unit: levels of deviation, 2…20. Origin: measured.
    public var searchedSpread = 6.0
    /// How many times luma's spread that of chroma must be for chroma to be searched.
    ///
    /// Unit: times, 1…5. Origin: measured.
    public var chromaAdvantage = 2.0

    /// The most scales of a template, the full size with them.
    ///
    /// Unit: scales, 4…12. Origin: cost.
    public var mostLevels = 9
    /// The fewest pixels of a scale that count.
    ///
    /// Unit: pixels, 9…64. Origin: measured.
    public var fewestLevelPixels = 20
    /// The least spread of a scale, or of the samples that stand for one: with less it would fit
    /// anywhere.
    ///
    /// Unit: levels of deviation, 1…10. Origin: measured.
    public var leastLevelSpread: Float = 3
    /// Scales of more pixels are never correlated with every place.
    ///
    /// Unit: pixels, 1024…65536. Origin: cost.
    public var largestScanned = 4096
    /// A template of which a mask leaves a smaller share is looked for by a few samples.
    ///
    /// Unit: share, 0.1…0.9. Origin: measured.
    public var sparseShare = 0.5
    /// The share of its pixels that a scale must keep of a masked shape.
    ///
    /// Unit: share, 0.1…0.9. Origin: measured.
    public var leastShapeShare: Float = 0.4

    /// About how many pixels are looked at to compare places with each other.
    ///
    /// Unit: pixels, 1000…100000. Origin: cost.
    public var comparedPixels = 6000
    /// The largest step from row to row at which that is done.
    ///
    /// Unit: rows, 1…8. Origin: cost.
    public var mostRowStep = 3
    /// The share of the gradient energy that the rows of a step must have, were all like them.
    ///
    /// Unit: share, 0.5…2. Origin: measured.
    public var rowEnergy = 0.8...1.25

    /// How many samples stand for a sparse template at coarse scales.
    ///
    /// Unit: samples, 32…500. Origin: cost.
    public var coarseTaps = 256
    /// The same at full size, where there are more places.
    ///
    /// Unit: samples, 20…500. Origin: cost.
    public var fullSizeTaps = 72
    /// The same where a few places are compared.
    ///
    /// Unit: samples, 256…8192. Origin: cost.
    public var comparedTaps = 2048
    /// From fewer samples no place can be told.
    ///
    /// Unit: samples, 9…64. Origin: measured.
    public var fewestTaps = 20

    /// The fewest rows by which transforms are told apart.
    ///
    /// Unit: rows, 2…20. Origin: cost.
    public var fewestTransformRows = 6
    /// About how many pixels these rows have.
    ///
    /// Unit: pixels, 500…20000. Origin: cost.
    public var transformPixels = 2000
    /// From which slope on a pixel counts where such rows are chosen, and up to which it counts
    /// more.
    ///
    /// Unit: levels, 4…255. Origin: measured.
    public var rowSlopes: ClosedRange<Float> = 12...60

    /// A template that looks like itself moved by fewer pixels is not refused: that hardly matters.
    ///
    /// Unit: pixels, 1…12. Origin: measured.
    public var leastRepetition = 4
    /// The share of its width or height by which it is moved at most: most of it still overlaps.
    ///
    /// Unit: share, 0.1…0.9. Origin: convention.
    public var mostRepetition = 0.3
    /// Levels that differ by no more look the same.
    ///
    /// Unit: levels, 2…30. Origin: measured.
    public var sameLevels = 10
    /// How many pixels of a masked shape that lie on open ones when it is moved tell its place: the
    /// second number, or an eighth of a small shape's, but never fewer than the first.
    ///
    /// Unit: pixels, 4…1000. Origin: measured.
    public var openPixels = 24...144
  }

  /// How candidates are found, from coarse to fine.
  public struct Search: Sendable, Hashable {
    /// How many peaks go on from the coarsest scale.
    ///
    /// Unit: places, 8…1000. Origin: cost.
    public var mostPeaks = 96
    /// The same where so few pixels tell places apart that words look alike.
    ///
    /// Unit: places, 8…4000. Origin: cost.
    public var mostVaguePeaks = 384
    /// How many places go on from each scale after the coarsest.
    ///
    /// Unit: places, 4…1000. Origin: cost.
    public var mostRefined = 48
    /// How many candidates there are at most.
    ///
    /// Unit: places, 4…1000. Origin: cost.
    public var mostCandidates = 40
    /// How many places go on that are far below the best.
    ///
    /// Unit: places, 1…100. Origin: cost.
    public var mostOutsiders = 12
    /// The same where the best is about surely the template.
    ///
    /// Unit: places, 1…100. Origin: cost.
    public var fewestOutsiders = 4
    /// From which correlation on the best is that.
    ///
    /// Unit: correlation, 0.5…1. Origin: measured.
    public var sureCorrelation: Float = 0.9
    /// Correlations below this are no candidates.
    ///
    /// Unit: correlation, 0…0.5. Origin: measured.
    public var leastCorrelation: Float = 0.25
    /// How far below the best a place may lie at a scale and still go on.
    ///
    /// Unit: correlation, 0.1…1. Origin: measured.
    public var slack: Float = 0.3
    /// The same at the coarsest scale, where a place may lie a quarter of a block beside its best.
    ///
    /// Unit: correlation, 0.1…1. Origin: measured.
    public var coarseSlack: Float = 0.45
    /// How far below the best a place is about as good.
    ///
    /// Unit: correlation, 0.01…0.3. Origin: measured.
    public var nearlyBest: Float = 0.1

    /// The fewest pixels of a scale by which places can be told from each other.
    ///
    /// Unit: pixels, 16…256. Origin: measured.
    public var fewestPixels = 64
    /// The same where no scale has as many.
    ///
    /// Unit: pixels, 9…256. Origin: measured.
    public var fewestPixelsAtAll = 25
    /// The same where a mask leaves little of a template.
    ///
    /// Unit: pixels, 16…512. Origin: measured.
    public var fewestSparsePixels = 128
    /// The multiplications that one scan of a scale may take; finer scales are surer.
    ///
    /// Unit: multiplications, 1000000…1000000000. Origin: cost.
    public var effort = 40_000_000
    /// The same where a mask leaves little: thin shapes all but vanish at coarse scales.
    ///
    /// Unit: multiplications, 1000000…10000000000. Origin: cost.
    public var sparseEffort = 450_000_000
    /// What costs less is done though a coarser scale would do.
    ///
    /// Unit: multiplications, 0…100000000. Origin: cost.
    public var littleEffort = 3_000_000
    /// The multiplications that may be spent on places of a scale of which a part is hidden.
    ///
    /// Unit: multiplications, 1000000…1000000000. Origin: cost.
    public var hiddenEffort = 30_000_000
    /// So few places are looked at one by one, without coarser scales.
    ///
    /// Unit: places, 1…1000. Origin: cost.
    public var fewPlaces = 100
    /// So many of the best places are looked for two pixels around instead of one: fine lines fit
    /// nowhere but exactly there.
    ///
    /// Unit: places, 0…100. Origin: cost.
    public var closelyRefined = 16
    /// The least share of the pixels by which a place can be told when the others are hidden. Where
    /// less is seen all count: a place that looks alike is one where too little can be seen to say.
    ///
    /// Unit: share, 0.1…0.9. Origin: measured.
    public var leastSeen: Float = 0.4

    /// After so many places that resemble the template and are not it, no further one is compared.
    ///
    /// Unit: places, 2…100. Origin: cost.
    public var failures = 8...40
    /// How many pixels may be compared in vain: the smaller a template the more resembles it.
    ///
    /// Unit: pixels, 1000…1000000. Origin: cost.
    public var failedPixels = 32_768
    /// What lies so near a match is the match, seen a little beside.
    ///
    /// Unit: pixels, 0…5. Origin: convention.
    public var besideMatch = 2
    /// From which score on a match is the measure of the picture elsewhere.
    ///
    /// Unit: score, 0.5…1. Origin: measured.
    public var sureScore = 0.6
    /// From which score on that is asked of other places.
    ///
    /// Unit: score, 0.1…0.5. Origin: measured.
    public var doubtfulScore = 0.35
    /// How far below the best these must lie.
    ///
    /// Unit: score, 0…0.5. Origin: measured.
    public var clearlyLess = 0.1

    /// The correlation from which a place may show a drawn text. Another text of as many letters in
    /// the same font reaches about as much.
    ///
    /// Unit: correlation, 0.2…0.9. Origin: measured.
    public var textCorrelation: Float = 0.5
    /// The contrast of the faintest drawn text. By ``standard`` alone.
    ///
    /// Unit: levels, 4…40. Origin: measured.
    public var faintestText = 12
  }

  /// What tells other places apart before everything is measured, and how much is measured at all.
  public struct QuickLook: Sendable, Hashable {
    /// What noise, compression and the transforms of the list may add to the mean of a block of
    /// four by four pixels.
    ///
    /// Unit: levels, 30…200. Origin: measured.
    public var margin = 56
    /// The same where the transform is known.
    ///
    /// Unit: levels, 10…100. Origin: measured.
    public var transformedMargin = 22
    /// The same where the transform depends on colours that are not known here.
    ///
    /// Unit: levels, 10…100. Origin: measured.
    public var mixedMargin = 40
    /// The part of the range of levels around a block by which a shift or a blur moves its mean:
    /// one by this.
    ///
    /// Unit: one part in so many, 1…8. Origin: measured.
    public var rangePart = 3
    /// So many blocks out of bounds, and a place shows something else.
    ///
    /// Unit: blocks, 1…10. Origin: measured.
    public var outliers = 2
    /// One row of blocks in so many is looked at for a frame's range of levels. By ``standard``
    /// alone.
    ///
    /// Unit: rows, 1…32. Origin: cost.
    public var rangeRowStep = 8
    /// One block in so many may be darker or lighter than that range. By ``standard`` alone.
    ///
    /// Unit: one part in so many, 100…100000. Origin: measured.
    public var rangeOutliers = 1500

    /// From which variance on, in units of its limit, a place shows something else: that of true
    /// ones stays below 0.5 under every transform that is likely.
    ///
    /// Unit: normalised residual, 1…10. Origin: measured.
    public var otherVariance: Float = 1.5
    /// The same where no shift and blur are fitted: that of true ones stays below 2.6.
    ///
    /// Unit: normalised residual, 2.6…20. Origin: measured.
    public var otherVarianceUnfitted: Float = 3
    /// The same for means: a transform that is wrong by forty levels comes to 33.
    ///
    /// Unit: normalised residual, 33…200. Origin: measured.
    public var otherMean: Float = 40
    /// How far the worst residual may go for another transform to be tried, and for chroma to be
    /// looked at besides luma.
    ///
    /// Unit: normalised residual, 1…50. Origin: cost.
    public var nearlyAlike: Float = 8
    /// How many transforms are tried at a place.
    ///
    /// Unit: transforms, 1…20. Origin: cost.
    public var mostTransforms = 6
    /// The share of the likeliest transform's squared residual at edges that another may leave to
    /// be tried before it.
    ///
    /// Unit: share, 0.5…1. Origin: measured.
    public var clearlyBetter: Float = 0.9
  }
}
