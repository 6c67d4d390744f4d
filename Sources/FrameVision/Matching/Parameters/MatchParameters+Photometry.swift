extension MatchParameters {
  /// How the photometric transform of a frame is told.
  public struct Photometry: Sendable, Hashable {
    /// How many levels a display or grabber may add or take at most. By ``standard`` alone.
    ///
    /// Unit: levels, 0…40. Origin: measured.
    public var mostBrightness = 20
    /// From one such transform to the next. By ``standard`` alone.
    ///
    /// Unit: levels, 1…4. Origin: cost.
    public var brightnessStep = 2
    /// What may be left of the contrast. By ``standard`` alone.
    ///
    /// Unit: hundredths, 70…99. Origin: measured.
    public var contrasts = 90...98
    /// From one such transform to the next. By ``standard`` alone.
    ///
    /// Unit: hundredths, 1…4. Origin: cost.
    public var contrastStep = 2
    /// The exponents of light. By ``standard`` alone.
    ///
    /// Unit: hundredths, 70…140. Origin: measured.
    public var gammas = 90...115
    /// How far a frame's darkest and lightest levels may lie out of a transform's bounds. By
    /// ``standard`` alone.
    ///
    /// Unit: levels, 1…16. Origin: measured.
    public var rangeMargin: Float = 5

    /// How many flat colours of a template are asked.
    ///
    /// Unit: colours, 2…64. Origin: cost.
    public var mostColors = 12
    /// How many pixels of each colour are looked at.
    ///
    /// Unit: pixels, 20…2000. Origin: cost.
    public var mostPlaces = 200
    /// A flat colour is one that one flat pixel in so many has.
    ///
    /// Unit: one part in so many, 20…2000. Origin: measured.
    public var smallestColor = 200
    /// A colour that fewer pixels have than one in so many stands for no part of the template.
    ///
    /// Unit: one part in so many, 50…2000. Origin: measured.
    public var smallestPart = 400
    /// The fewest pixels of either.
    ///
    /// Unit: pixels, 1…32. Origin: measured.
    public var fewestPixels = 4
    /// The range of levels around a pixel up to which it is flat, even where fewer than a third are
    /// calmer.
    ///
    /// Unit: levels, 2…30. Origin: measured.
    public var flatRange = 10
    /// Transforms that move no colour of the template further apart in luma, or twice as far in
    /// chroma, are as good as one.
    ///
    /// Unit: levels, 0.5…6. Origin: measured.
    public var alike: Float = 2.5
    /// How much worse than the best a transform may explain the flat colours and still be the one.
    ///
    /// Unit: levels, 0.2…6. Origin: measured.
    public var slack: Float = 1.5
    /// How much worse than the best of its kind one may be and still be as good.
    ///
    /// Unit: levels, 0…2. Origin: measured.
    public var tie: Float = 0.25
    /// How much better than no transform one must be: what is as likely without a mistake is none.
    ///
    /// Unit: levels, 0…2. Origin: convention.
    public var mistakeCost: Float = 0.3
    /// How far off one colour counts at most.
    ///
    /// Unit: levels, 10…255. Origin: measured.
    public var mostCost: Float = 40
    /// How much a level of chroma counts beside one of luma.
    ///
    /// Unit: share, 0.1…1. Origin: measured.
    public var chromaWeight: Float = 0.5
    /// How well a transform that is not the known one must explain a place's flat colours to be
    /// asked about.
    ///
    /// Unit: levels, 1…15. Origin: measured.
    public var littleCost: Float = 5

    /// How far a transform that makes up for no tint moves colours.
    ///
    /// Unit: levels, 1…10. Origin: measured.
    public var littleMove: Float = 5
    /// A move that noise and compression don't make.
    ///
    /// Unit: levels, 2…10. Origin: measured.
    public var clearMove: Float = 5
    /// What a tint covers at least: a control's face of 24 by 12 pixels, less what letters on it
    /// cover.
    ///
    /// Unit: pixels, 50…288. Origin: convention.
    public var smallestFace = 200
    /// The square root of the pixels that a colour must have for its move to tell.
    ///
    /// Unit: pixels to the power of one half, 3…30. Origin: measured.
    public var largeColor: Float = 10
    /// How far black and white may lie from where a mistake of range has them.
    ///
    /// Unit: levels, 0.5…6. Origin: measured.
    public var rangeError: Float = 2
    /// From which area on a template holds several controls, which are not tinted together.
    ///
    /// Unit: pixels, 20000…1000000. Origin: convention.
    public var largeArea = 100_000
    /// How wide and high such a template must be.
    ///
    /// Unit: pixels, 48…400. Origin: convention.
    public var largeSide = 96

    /// How far from the transform under which a template was seen others may move its colours and
    /// explain it as well.
    ///
    /// Unit: levels, 1…15. Origin: measured.
    public var likeness: Float = 6
    /// How far a frame's transform is uncertain.
    ///
    /// Unit: levels, 0.5…5. Origin: measured.
    public var uncertainty: Float = 2
    /// How many templates are remembered. By ``standard`` alone.
    ///
    /// Unit: templates, 2…100. Origin: cost.
    public var mostObservations = 12
    /// How many of them must need a transform. By ``standard`` alone.
    ///
    /// Unit: templates, 2…10. Origin: convention.
    public var fewestObservations = 2
    /// How often all references are looked for at most, unless nothing can be said before. By
    /// ``standard`` alone.
    ///
    /// Unit: seconds, 0…60. Origin: cost.
    public var pause = 1.0
  }
}
