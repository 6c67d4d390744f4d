public import Frames

/// A reference picture ready to be found: planes at full chroma, a mask, and its coarser copies.
public struct Template: Sendable {
  /// The smallest width and height that can be found safely, in pixels.
  public static let smallestSide = MatchParameters.standard.preparation.smallestSide

  /// Width and height in pixels, at the scale at which it is looked for.
  public let size: PixelSize
  /// Why the reference can't be found safely, in a sentence without a final stop; nil when it can.
  public let weakness: String?

  /// The frame's size in terms of the picture that the reference was cut from.
  public let scale: Double
  /// The numbers by which it was prepared, and is searched for and judged.
  public let parameters: MatchParameters

  /// The whole reference as seen from the first pixel that is compared; in a scaled frame it begins
  /// between pixels.
  let place: PlaceInPixels
  /// The same reference where it begins elsewhere between the pixels of a scaled frame.
  var phases: [Template] = []
  let planes: FullPlanes
  /// One byte a pixel, 255 where the pixel counts; nil when all do.
  let mask: Plane?
  /// The edge of the mask; nil where all pixels count.
  let rim: MaskRim?
  /// The plane that it is looked for in: luma, unless only its colours stand out.
  let channel: TemplateChannel
  /// Correlation weights of the reference at full size, half size and so on.
  let levels: [TemplateLevel]
  /// 1 for pixels that are compared: those that count and have no neighbour that does not.
  let weights: [Float]
  /// How many pixels are compared when nothing is hidden.
  let visiblePixels: Int
  /// What a place must resemble to be worth a comparison.
  let blocks: TemplateBlocks
  /// The planes as frames of different transforms show them.
  private(set) var rendered: RenderedReferences
  /// Rows by which transforms are told apart.
  let transformRows: [Int]
  /// The colours from which a frame's transform is told.
  let photometricSamples: PhotometricSamples

  /// Prepares a whole picture.
  ///
  /// - Parameters:
  ///   - frame: the picture; its encoding is taken into account.
  ///   - mask: 0 where a pixel does not count, 128 and more where it does; nil when all count.
  ///   - parameters: the numbers by which it is searched for and judged.
  /// - Precondition: the mask has the picture's size, and the picture is not empty.
  public init(_ frame: Frame, mask: Plane? = nil, parameters: MatchParameters = .standard) {
    self.init(frame, cropping: frame.bounds, mask: mask, parameters: parameters)
  }

  /// Prepares a part of a picture.
  ///
  /// - Parameters:
  ///   - frame: the picture; its encoding is taken into account.
  ///   - rect: the part that is the reference.
  ///   - mask: 0 where a pixel does not count, 128 and more where it does; nil when all count.
  ///   - parameters: the numbers by which it is searched for and judged.
  /// - Precondition: the part lies inside the picture and is not empty, the mask has its size.
  public init(
    _ frame: Frame, cropping rect: PixelRect, mask: Plane? = nil,
    parameters: MatchParameters = .standard
  ) {
    precondition(!rect.isEmpty && frame.bounds.contains(rect), "a reference lies in its picture")
    precondition(mask == nil || mask?.size == rect.size, "a mask has its reference's size")
    self.init(
      FullPlanes(frame, cropping: rect), mask: mask.flatMap(Template.binary), scale: 1,
      place: PlaceInPixels(x: 0, y: 0, size: rect.size), parameters: parameters)
  }

  /// The same reference without what it keeps from earlier comparisons: it answers alike, as slowly
  /// as the first time.
  public var unseen: Template {
    var unseen = self
    unseen.rendered = rendered.emptied
    unseen.phases = phases.map(\.unseen)
    return unseen
  }

  /// The parts of the template that lie under places of a frame.
  ///
  /// - Parameters:
  ///   - places: the places.
  ///   - origin: where the template's top left corner lies.
  /// - Returns: the places that touch the template, as seen from its corner.
  func parts(under places: [PixelRect], at origin: PixelPoint) -> [PixelRect] {
    places.map { $0.offset(byX: -origin.x, y: -origin.y) }
      .filter { $0.intersects(PixelRect(size)) }
  }

  /// A place that may begin between pixels.
  struct PlaceInPixels: Sendable {
    var x: Double
    var y: Double
    var size: PixelSize

    /// The nearest whole pixels where the place is moved.
    func offset(byX dx: Double, y dy: Double) -> PixelRect {
      PixelRect(
        x: Int((x + dx).rounded()), y: Int((y + dy).rounded()), width: size.width,
        height: size.height)
    }
  }

  /// Prepares planes.
  ///
  /// - Parameters:
  ///   - planes: the planes at the scale at which they are looked for.
  ///   - mask: 255 where a pixel counts; nil when all do.
  ///   - scale: the frame's size in terms of the reference's picture.
  ///   - place: the whole reference at that scale, as seen from the planes' first pixel.
  ///   - parameters: the numbers by which it is searched for and judged.
  init(
    _ planes: FullPlanes, mask: Plane?, scale: Double, place: PlaceInPixels,
    parameters: MatchParameters
  ) {
    self.planes = planes
    self.mask = mask
    self.scale = scale
    self.place = place
    self.parameters = parameters
    let preparation = parameters.preparation
    size = planes.luma.size
    rim = mask.flatMap { MaskRim($0, parameters.rim) }
    channel = Template.channel(of: planes, mask: mask, preparation)
    levels = TemplateLevel.pyramid(of: planes[channel], mask: mask, parameters)
    blocks = TemplateBlocks(planes.luma, mask: mask, parameters.quickLook)
    let expected = ReferencePlanes(planes)
    transformRows = expected.edgeRows(
      atMost: max(preparation.fewestTransformRows, preparation.transformPixels / size.width),
      slopes: preparation.rowSlopes)
    // These with the two above and below.
    rendered = RenderedReferences(
      expected, rows: expected.rows(transformRows.flatMap { ($0 - 2)...($0 + 2) }),
      parameters)
    weights = Template.weights(size, mask)
    visiblePixels = weights.reduce(0) { $0 + Int($1) }
    photometricSamples = PhotometricSamples(planes, mask: mask, parameters)
    weakness = Template.weakness(of: planes, mask: mask, preparation)
  }

  /// Prepares a picture file's picture: what is less than half opaque does not count.
  ///
  /// - Parameters:
  ///   - image: the picture.
  ///   - parameters: the numbers by which it is searched for and judged.
  /// - Precondition: the picture is not empty.
  public init(_ image: RGBImage, parameters: MatchParameters = .standard) {
    self.init(
      Frame(image: image), mask: Template.opacity(of: image), parameters: parameters)
  }

  /// Why a picture file's picture can't be found safely, in a phrase; nil where it can. Says what
  /// ``weakness`` does, and costs much less than to prepare the picture.
  ///
  /// - Precondition: the picture is not empty.
  public static func weakness(of image: RGBImage) -> String? {
    let frame = Frame(image: image)
    return weakness(
      of: FullPlanes(frame, cropping: frame.bounds), mask: opacity(of: image).flatMap(binary),
      MatchParameters.standard.preparation)
  }

  private static func opacity(of image: RGBImage) -> Plane? {
    if image.isOpaque { return nil }
    let opacity = stride(from: 3, to: image.pixels.count, by: 4).map { image.pixels[$0] }
    return Plane(width: image.width, height: image.height, samples: opacity)
  }

  /// A mask of what counts, by 255; nil where all does.
  private static func binary(_ mask: Plane) -> Plane? {
    let samples: [UInt8] = mask.samples.map { $0 < 128 ? 0 : 255 }
    return samples.contains(0)
      ? Plane(width: mask.width, height: mask.height, samples: samples) : nil
  }

  private static func weights(_ size: PixelSize, _ mask: Plane?) -> [Float] {
    guard let mask else { return [Float](repeating: 1, count: size.area) }
    var weights = [Float](repeating: 0, count: size.area)
    for y in 0..<size.height {
      for x in 0..<size.width {
        let around = PixelRect(x: x - 1, y: y - 1, width: 3, height: 3)
          .intersection(PixelRect(size))
        let isInside = (around.y..<around.maxY).allSatisfy { ny in
          (around.x..<around.maxX).allSatisfy { mask[$0, ny] == 255 }
        }
        weights[y * size.width + x] = isInside ? 1 : 0
      }
    }
    return weights
  }

  private static func channel(
    of planes: FullPlanes, mask: Plane?, _ parameters: MatchParameters.Preparation
  ) -> TemplateChannel {
    let (luma, blue, red) = (
      planes.luma.spread(where: mask), planes.cb.spread(where: mask), planes.cr.spread(where: mask)
    )
    if luma >= parameters.searchedSpread || max(blue, red) < parameters.chromaAdvantage * luma {
      return .luma
    }
    return blue > red ? .blue : .red
  }

  private static func weakness(
    of planes: FullPlanes, mask: Plane?, _ parameters: MatchParameters.Preparation
  ) -> String? {
    let (size, smallestSide) = (planes.luma.size, parameters.smallestSide)
    if size.width < smallestSide || size.height < smallestSide {
      return "\(size) is smaller than \(smallestSide)x\(smallestSide)"
    }
    let counting = mask.map { $0.samples.reduce(into: 0) { $0 += $1 == 255 ? 1 : 0 } } ?? size.area
    if counting < smallestSide * smallestSide {
      return "only \(counting) pixels are not transparent"
    }
    let isFlat = [planes.luma, planes.cb, planes.cr].allSatisfy {
      $0.spread(where: mask) < parameters.leastSpread
    }
    if isFlat {
      return "it is flat: nothing in it can be told from other flat places"
    }
    if let shift = SelfSimilarity(planes, mask: mask, parameters).shift {
      return
        "it repeats itself: moved by \(shift.x),\(shift.y) it looks the same, so that its place "
        + "can't be told"
    }
    return nil
  }
}
