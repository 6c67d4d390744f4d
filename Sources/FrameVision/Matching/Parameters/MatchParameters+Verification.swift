extension MatchParameters {
  /// How far a picture may be moved and blurred, and by what that is told.
  public struct RegistrationBounds: Sendable, Hashable {
    /// The largest shift that is allowed for, each way.
    ///
    /// Unit: pixels, 0.5…1. Origin: measured.
    public var largestShift: Float = 0.75
    /// The weights of both neighbours that a filter may have: below nothing it sharpens.
    ///
    /// Unit: share, -0.25…0.5. Origin: measured.
    public var blurs: ClosedRange<Float> = -0.2...0.35
    /// A mean squared residual at edges that noise alone may leave: no better fit is looked for.
    ///
    /// Unit: squared levels, 4…100. Origin: measured.
    public var goodError: Float = 25
    /// The share of that error which another fit may leave to be taken instead.
    ///
    /// Unit: share, 0.5…1. Origin: measured.
    public var clearlyBetter: Float = 0.9
    /// How strongly the solution leans toward zero (ridge regression), a pixel.
    ///
    /// Unit: squared levels, 0.1…50. Origin: measured.
    public var ridge: Float = 4
    /// The fewest pixels at edges by which shift and blur can be told.
    ///
    /// Unit: pixels, 4…100. Origin: measured.
    public var fewestPixels = 12
    /// From which slope on there is an edge: the steps across and down together, over two pixels
    /// each.
    ///
    /// Unit: levels, 4…40. Origin: measured.
    public var edgeSlope: Float = 12
    /// A filter whose shift and blur are both smaller is not applied.
    ///
    /// Unit: pixels, 0…0.1. Origin: cost.
    public var negligible: Float = 0.02
    /// So many times eight pixels at edges tell shift and blur well enough.
    ///
    /// Unit: times eight pixels, 50…5000. Origin: cost.
    public var enoughEdges = 250
    /// About how many pixels are looked at for edges.
    ///
    /// Unit: pixels, 1000…1000000. Origin: cost.
    public var pixels = 8000
    /// The same in a large template, most rows of which show no edges.
    ///
    /// Unit: pixels, 1000…1000000. Origin: cost.
    public var largePixels = 60_000
    /// From which area on a template is large.
    ///
    /// Unit: pixels, 1000…1000000. Origin: cost.
    public var largeArea = 60_000
  }

  /// What noise and compression explain: the variance n² + (e · g)² + (k · G)² at each pixel.
  public struct NoiseModel: Sendable, Hashable {
    /// Noise below this is not believed: rounding alone makes some.
    ///
    /// Unit: levels, 0.5…4. Origin: measured.
    public var leastNoise: Float = 1.5
    /// How much larger noise is than the steps between neighbours tell: compression makes them
    /// alike.
    ///
    /// Unit: times, 1…2. Origin: measured.
    public var likeness: Float = 1.2
    /// The edge noise e that is believed where the picture was compressed.
    ///
    /// Unit: share of the gradient, 0.02…0.3. Origin: measured.
    public var edgeNoise: ClosedRange<Float> = 0.08...0.10
    /// The compression noise k that is believed there.
    ///
    /// Unit: share of the local RMS gradient, 0.01…0.4. Origin: measured.
    public var compressionNoise: ClosedRange<Float> = 0.06...0.14
    /// The compression noise of a picture that was never compressed, and below which it is one.
    ///
    /// Unit: share of the local RMS gradient, 0.001…0.05. Origin: measured.
    public var uncompressed: Float = 0.01
    /// The same of edge noise.
    ///
    /// Unit: share of the gradient, 0.004…0.08. Origin: measured.
    public var uncompressedEdge: Float = 0.04
    /// A gradient below this is flat ground.
    ///
    /// Unit: levels, 4…40. Origin: measured.
    public var flatGradient: Float = 12
    /// From which gradient on edge noise is measured.
    ///
    /// Unit: levels, 12…120. Origin: measured.
    public var edgeGradient: Float = 36
    /// From which local RMS gradient on compression noise is measured.
    ///
    /// Unit: levels, 4…60. Origin: measured.
    public var calmGradient: Float = 16
    /// How far the local RMS gradient of a reference reaches: blocks that it was compressed in,
    /// nobody knows.
    ///
    /// Unit: pixels, 2…16. Origin: measured.
    public var reach = 6
    /// How many variances of the noise a block's mean squared gradient has by noise alone: on average
    /// the squared range of nine normal values is 9.4 variances.
    ///
    /// Unit: variances, 9.4…20. Origin: statistics.
    public var gradientVariance: Float = 10.5
    /// About how many pixels tell what is usual.
    ///
    /// Unit: pixels, 500…100000. Origin: cost.
    public var sampledPixels = 6000
    /// So many windows on flat ground tell how residuals spread.
    ///
    /// Unit: windows, 10…1000. Origin: cost.
    public var enoughWindows = 100

    /// How much more noise, edge noise, may be left elsewhere in a picture than at a sure match.
    ///
    /// Unit: times, 1…3. Origin: measured.
    public var elsewhere: Float = 1.3
    /// How much noise besides.
    ///
    /// Unit: levels, 0…3. Origin: measured.
    public var moreNoiseElsewhere: Float = 0.5
    /// How much more compression noise.
    ///
    /// Unit: times, 1…3. Origin: measured.
    public var compressionElsewhere: Float = 1.5

    /// The variance that is explained of chroma though there is no noise.
    ///
    /// Unit: squared levels, 1…25. Origin: measured.
    public var chromaFloor: Float = 4
    /// How much of luma's noise chroma has.
    ///
    /// Unit: share of the variance, 0.25…1. Origin: measured.
    public var chromaNoise: Float = 0.5
    /// How much of a chroma edge subsampling may displace.
    ///
    /// Unit: share of the gradient, 0.05…0.5. Origin: measured.
    public var chromaEdgeNoise: Float = 0.2
    /// How much more chroma is compressed than luma.
    ///
    /// Unit: times, 1…4. Origin: measured.
    public var chromaCompression: Float = 1.6
    /// How much of the gradients in one plane of chroma a capture chain, which may mix colours
    /// before or after it compresses them, leaves in the other.
    ///
    /// Unit: share of the gradient, 0…1. Origin: measured.
    public var crosstalk: Float = 0.5
    /// How far the local RMS gradient of a reference's chroma reaches.
    ///
    /// Unit: samples, 2…16. Origin: measured.
    public var chromaReach = 4
    /// The same of a frame's: a block.
    ///
    /// Unit: samples, 2…16. Origin: measured.
    public var seenChromaReach = 6
    /// As ``gradientVariance``, of a frame's chroma.
    ///
    /// Unit: variances, 9.4…30. Origin: statistics.
    public var chromaGradientVariance: Float = 14
  }

  /// What noise that is cut off at black and white explains.
  public struct Clipping: Sendable, Hashable {
    /// The furthest that noise is believed to move an end of the scale.
    ///
    /// Unit: levels, 2…15. Origin: measured.
    public var furthest: Float = 7
    /// How far that is in terms of the noise seen: it was about twice as much before half of it was
    /// lost, and compression smooths it.
    ///
    /// Unit: deviations, 0.8…3. Origin: measured.
    public var deviations: Float = 1.5
    /// Noise below this moves nothing that matters.
    ///
    /// Unit: levels, 0.5…6. Origin: measured.
    public var leastNoise: Float = 2
    /// Levels so near an end of the scale are moved by noise.
    ///
    /// Unit: levels, 4…40. Origin: measured.
    public var reach: Float = 16
    /// Levels so near an end of the scale stand for it.
    ///
    /// Unit: levels, 1…16. Origin: measured.
    public var end: Float = 4
    /// Fewer pixels at an end of the scale tell nothing.
    ///
    /// Unit: pixels, 8…400. Origin: measured.
    public var fewestPixels = 30
    /// What lies further off than so many deviations and ``furthest`` is something else: four, of
    /// which one normal value in 16,000 is further off.
    ///
    /// Unit: deviations, 2…8. Origin: statistics.
    public var outlier: Float = 4
    /// Smaller shifts are none.
    ///
    /// Unit: levels, 0…2. Origin: convention.
    public var leastShift: Float = 0.5
  }

  /// The critical values of the statistics that are looked at window by window, for luma or for
  /// chroma.
  public struct CriticalValues: Sendable, Hashable {
    /// How many deviations of what is explained a box sum may reach.
    ///
    /// Unit: deviations, 2…20. Origin: measured, fit.
    public var boxSum: Float
    /// What is allowed to each pixel of a box besides.
    ///
    /// Unit: levels, 1…30. Origin: measured, fit.
    public var slack: Float
    /// How often the variance that is explained a window may show.
    ///
    /// Unit: times, 2…50. Origin: measured, fit.
    public var variance: Float
    /// How far a window's mean may lie off.
    ///
    /// Unit: levels, 2…20. Origin: measured, fit.
    public var mean: Float
    /// How much of the noise the mean of a window may carry besides: neighbours are alike.
    ///
    /// Unit: variances of the mean, 1…50. Origin: measured.
    public var noiseShare: Float = 16
    /// By how much the square of ``boxSum`` grows with each doubling of the samples beyond 4096: of
    /// many windows the worst lies further off by chance.
    ///
    /// Unit: share, 0…0.3. Origin: measured.
    public var boxSumCrowd: Float = 0.04
    /// The same of ``noiseShare``.
    ///
    /// Unit: share, 0…0.5. Origin: measured.
    public var noiseCrowd: Float = 0.12
  }

  /// From where on a residual contradicts.
  public struct ResidualLimits: Sendable, Hashable {
    /// The critical values of luma.
    public var luma = CriticalValues(boxSum: 5, slack: 9, variance: 13, mean: 7)
    /// The critical values of chroma.
    public var chroma = CriticalValues(boxSum: 8, slack: 6, variance: 8, mean: 8)
    /// How much of luma's noise the mean of a window may carry where it is cut off at black and
    /// white.
    ///
    /// Unit: share of the variance, 0…1. Origin: measured.
    public var meanNoise: Float = 0.25
    /// The share of the gradient energy that compression may make other than it is expected
    /// (*whole*).
    ///
    /// Unit: share, 0.01…0.3. Origin: measured, fit.
    public var lostShare = 0.07
    /// How much of the noise's variance is no such share.
    ///
    /// Unit: variances, 1…4. Origin: measured.
    public var usualNoise: Float = 1.5
    /// The variance that rounding here and there makes.
    ///
    /// Unit: squared levels, 0.1…4. Origin: measured.
    public var rounding: Float = 1
    /// The score from which a place is a match: the score of a normalised residual of 1.
    ///
    /// Unit: score, 0.3…0.7. Origin: convention.
    public var score = 0.5
  }

  /// How far the rim of a mask must be covered.
  public struct RimLimits: Sendable, Hashable {
    /// The least share that a shape covers of its rim, in the mean over a cell: half a pixel of
    /// shift leaves a half.
    ///
    /// Unit: share, 0.05…0.5. Origin: measured, fit.
    public var leastCoverage: Float = 0.25
    /// The same over all of a contour, where shifts cancel out, and blur leaves more.
    ///
    /// Unit: share, 0.1…0.6. Origin: measured, fit.
    public var leastContourCoverage: Float = 0.4
    /// How many samples a cell must have.
    ///
    /// Unit: samples, 2…64. Origin: measured.
    public var fewestSamples = 8
    /// How many samples of a contour must tell.
    ///
    /// Unit: samples, 8…256. Origin: measured.
    public var fewestContourSamples = 32
    /// How far shape and outside must lie apart to tell.
    ///
    /// Unit: levels, 10…80. Origin: measured.
    public var leastContrast: Float = 30
    /// How far a template's rim may lie from what is behind it to be no soft edge.
    ///
    /// Unit: levels, 2…30. Origin: measured.
    public var mostSoftness: Float = 8
    /// An end of a shape is so much longer than wide.
    ///
    /// Unit: times, 2…10. Origin: convention.
    public var slenderness = 3
    /// No end is wider.
    ///
    /// Unit: pixels, 8…256. Origin: convention.
    public var widestEnd = 64
    /// A shape goes on beyond an end where what is there differs by less.
    ///
    /// Unit: levels, 4…30. Origin: measured.
    public var leastDifference: Float = 12
  }

  /// When nothing can be said.
  public struct Doubts: Sendable, Hashable {
    /// The least share of the template that must be seen.
    ///
    /// Unit: share, 0.1…0.9. Origin: convention.
    public var leastVisible = 0.5
    /// Scaling leaves less of small parts than the picture's size has: nearer the limit than this a
    /// scaled place can't be told from one in which a small part differs.
    ///
    /// Unit: normalised residual, 0.3…1. Origin: measured.
    public var scaledResidual: Float = 0.7
    /// The largest area of a template whose shapes blur may run together.
    ///
    /// Unit: pixels, 144…4000. Origin: measured.
    public var smallArea = 700
    /// A blur that does.
    ///
    /// Unit: squared pixels of variance, 0.1…2. Origin: measured.
    public var strongBlur: Float = 0.5
    /// How much of the gradient energy, in units of its limit, is then no more than another shape
    /// may leave.
    ///
    /// Unit: normalised residual, 0.1…1. Origin: measured.
    public var vagueShape: Float = 0.5
    /// How far beyond the limit a poor picture of the template may lie.
    ///
    /// Unit: normalised residual, 1…5. Origin: measured.
    public var poorResidual: Float = 1.7
    /// Noise that makes a picture poor.
    ///
    /// Unit: levels, 3…15. Origin: measured.
    public var poorNoise: Float = 7
  }
}
