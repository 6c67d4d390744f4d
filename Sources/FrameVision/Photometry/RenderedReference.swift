import CPixels
import Frames
import Synchronization

/// A template as one photometric transform renders it, with what comparisons take from it alone,
/// each part made when it is first asked for.
final class RenderedReference: Sendable {
  let width: Int
  let height: Int
  /// Luma under the transform.
  let luma: [Float]

  private let planes: ReferencePlanes
  private let transform: PhotometricTransform
  private let parameters: MatchParameters

  /// The gradients of a plane.
  struct GradientEnergy: Sendable {
    /// The morphological gradient at each sample.
    let gradient: [Float]
    /// The local RMS gradient, within reach of compression.
    let rms: [Float]

    fileprivate init(_ gradient: [Float], _ map: GradientMap, reach: Int) {
      self.gradient = gradient
      rms = map.rootMeanSquares(gradient, reach: reach)
    }

    /// The gradients of luma.
    init(ofLuma levels: [Float], width: Int, height: Int, reach: Int) {
      let map = GradientMap(width: width, height: height)
      self.init(map.gradient(of: levels), map, reach: reach)
    }
  }

  /// Two planes of chroma, blue and red differences, on a frame's grid: a sample for two by two
  /// pixels.
  struct Chroma: Sendable {
    /// The levels expected.
    let cb: [Float]
    let cr: [Float]
    private let size: PixelSize
    /// Where the first sample begins in the template.
    fileprivate let start: PixelPoint

    /// - Parameters:
    ///   - planes: the template's chroma.
    ///   - width: pixels a row.
    ///   - start: where the first sample begins.
    ///   - size: how many samples there are.
    fileprivate init(
      _ planes: (cb: [Float], cr: [Float]), width: Int, from start: PixelPoint, size: PixelSize
    ) {
      func means(_ plane: [Float]) -> [Float] {
        plane.withUnsafeBufferPointer { plane in
          .made(size.area) { means in
            guard let first = plane.baseAddress?.advanced(by: start.y * width + start.x)
            else { return }
            pixels_halve_levels(first, width, Int32(size.width), Int32(size.height), means)
          }
        }
      }
      (cb, cr) = (means(planes.cb), means(planes.cr))
      (self.size, self.start) = (size, start)
    }

    /// The gradients of each plane, where the other one's share is counted in.
    fileprivate func gradientEnergies(_ model: MatchParameters.NoiseModel) -> (
      cb: GradientEnergy, cr: GradientEnergy
    ) {
      let (share, reach) = (model.crosstalk, model.chromaReach)
      let map = GradientMap(width: size.width, height: size.height)
      let (cbGradient, crGradient) = (map.gradient(of: cb), map.gradient(of: cr))
      return (
        GradientEnergy(cbGradient.raised(to: share, of: crGradient), map, reach: reach),
        GradientEnergy(crGradient.raised(to: share, of: cbGradient), map, reach: reach)
      )
    }
  }

  private struct Parts {
    var lumaEnergy: GradientEnergy?
    var edges: Registration.Edges?
    /// Chroma under the transform.
    var chroma: (cb: [Float], cr: [Float])?
    var chromas: [PixelPoint: Chroma] = [:]
    var chromaEnergies: [PixelPoint: (cb: GradientEnergy, cr: GradientEnergy)] = [:]
  }

  private let parts: Mutex<Parts>

  init(
    _ planes: ReferencePlanes, transform: PhotometricTransform, _ parameters: MatchParameters
  ) {
    self.parameters = parameters
    (width, height) = (planes.width, planes.height)
    (self.planes, self.transform) = (planes, transform)
    if transform.mixesColors {
      let mixed = transform.applied(to: planes.luma, planes.cb, planes.cr)
      luma = mixed.luma
      parts = Mutex(Parts(chroma: (mixed.cb, mixed.cr)))
    } else {
      // Most places differ in luma already; their chroma is never asked for.
      luma = planes.luma(under: transform)
      parts = Mutex(Parts())
    }
  }

  /// The gradients of luma.
  var lumaEnergy: GradientEnergy {
    parts.withLock { parts in
      if let made = parts.lumaEnergy { return made }
      let made = GradientEnergy(
        ofLuma: luma, width: width, height: height, reach: parameters.noise.reach)
      parts.lumaEnergy = made
      return made
    }
  }

  /// Where luma has edges by which shift and blur are told.
  var edges: Registration.Edges {
    parts.withLock { parts in
      if let made = parts.edges { return made }
      let made = Registration.Edges(
        in: luma, width: width, rows: .init(first: 1, step: registrationStep),
        parameters.registration)
      parts.edges = made
      return made
    }
  }

  /// The step from row to row at which shift and blur are measured.
  private var registrationStep: Int {
    let (area, bounds) = (width * height, parameters.registration)
    return max(1, area / (area < bounds.largeArea ? bounds.pixels : bounds.largePixels))
  }

  /// Chroma in the whole samples of a grid.
  ///
  /// - Parameters:
  ///   - start: where the first sample begins, 0 or 1 each way.
  ///   - size: how many samples there are.
  /// - Returns: means over two by two pixels.
  func chroma(from start: PixelPoint, size: PixelSize) -> Chroma {
    parts.withLock { parts in
      if let made = parts.chromas[start] { return made }
      let chroma = parts.chroma ?? planes.chroma(under: transform)
      parts.chroma = chroma
      let made = Chroma(chroma, width: width, from: start, size: size)
      parts.chromas[start] = made
      return made
    }
  }

  /// The gradients of chroma.
  func gradientEnergies(of chroma: Chroma) -> (cb: GradientEnergy, cr: GradientEnergy) {
    parts.withLock { parts in
      if let made = parts.chromaEnergies[chroma.start] { return made }
      let made = chroma.gradientEnergies(parameters.noise)
      parts.chromaEnergies[chroma.start] = made
      return made
    }
  }
}

/// A template under the transforms under which it was compared last: from frame to frame a display
/// and a grabber show the same, and most of what a comparison needs depends on nothing else.
final class RenderedReferences: Sendable {
  /// How many transforms are kept, and how many pixels at most in all of them.
  private static let mostTransforms = 6
  private static let mostPixels = 200_000
  /// How many transforms of some rows are kept.
  private static let mostRows = 8

  private let planes: ReferencePlanes
  private let rows: ReferencePlanes
  private let parameters: MatchParameters
  private let keptReferences: KeptByTransform<RenderedReference>
  private let keptRows = KeptByTransform<Rows>(atMost: mostRows)

  /// - Parameters:
  ///   - planes: the template without any mistake in its transform.
  ///   - rows: the rows of it by which transforms are told apart.
  ///   - parameters: the numbers by which it is compared.
  init(_ planes: ReferencePlanes, rows: ReferencePlanes, _ parameters: MatchParameters) {
    self.planes = planes
    self.parameters = parameters
    self.rows = rows
    keptReferences = KeptByTransform(
      atMost: min(Self.mostTransforms, Self.mostPixels / max(1, planes.width * planes.height)))
  }

  /// The same template under no transform yet.
  var emptied: RenderedReferences { RenderedReferences(planes, rows: rows, parameters) }

  /// The template under a transform.
  func reference(under transform: PhotometricTransform) -> RenderedReference {
    keptReferences.value(for: transform) {
      RenderedReference(planes, transform: transform, parameters)
    }
  }

  /// Luma of the rows by which transforms are told apart, and where it has edges.
  struct Rows: Sendable {
    let luma: [Float]
    let edges: Registration.Edges
  }

  /// The rows by which transforms are told apart, under a transform.
  func rows(under transform: PhotometricTransform) -> Rows {
    keptRows.value(for: transform) {
      let luma = rows.luma(under: transform)
      // Each comes with the two above and below.
      let edges = Registration.Edges(
        in: luma, width: rows.width, rows: .init(first: 2, step: 5), parameters.registration)
      return Rows(luma: luma, edges: edges)
    }
  }
}

/// What was made for a few transforms, those asked for last.
private final class KeptByTransform<Value: Sendable>: Sendable {
  private let most: Int
  /// What was asked for last comes first.
  private let kept = Mutex<[(transform: PhotometricTransform, value: Value)]>([])

  init(atMost most: Int) { self.most = most }

  /// What is kept for a transform; made, without holding up others, where nothing is.
  func value(for transform: PhotometricTransform, make: () -> Value) -> Value {
    let known = kept.withLock { kept -> Value? in
      guard let at = kept.firstIndex(where: { $0.transform == transform }) else { return nil }
      if at > 0 { kept.insert(kept.remove(at: at), at: 0) }
      return kept[0].value
    }
    if let known { return known }
    let made = make()
    kept.withLock { kept in
      kept.insert((transform, made), at: 0)
      if kept.count > most { kept.removeLast(kept.count - most) }
    }
    return made
  }
}
