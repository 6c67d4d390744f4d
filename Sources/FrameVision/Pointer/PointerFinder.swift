public import Frames

/// A pointer seen in a frame.
public struct PointerSighting: Sendable, Hashable {
  /// The top left corner of the drawing's box; outside the frame where the pointer hangs over an
  /// edge.
  public var origin: PixelPoint
  /// The box of the drawing.
  public var box: PixelRect
  /// The mean difference from the learnt drawing, in luma levels.
  public var residual: Double
  /// The same for the next best place that is clear of this one, infinite where none was near.
  public var rivalResidual: Double
  /// Whether the place counts as the pointer whatever else there is.
  public var isSure: Bool
  /// Whether the place looks like the pointer over some ground, though perhaps over no usual one.
  public var isLikely: Bool { residual <= PointerFinder.likely }

  /// Whether no other place looked nearly as much like the pointer.
  public var isUnique: Bool { rivalResidual > residual * 1.5 + 3 }
}

/// Finds a pointer of known appearance in frames.
public struct PointerFinder: Sendable {
  /// The range, in luma levels, of the mean difference up to which a place counts as the pointer
  /// whatever else there is.
  private static let sure = 7.0...likely
  /// The largest mean difference that a pointer shows where its edges let a usual ground through.
  static let likely = 16.0
  /// The largest that counts where no other place comes near: edges let the ground through, and
  /// grounds differ.
  private static let possible = 27.0

  /// What is looked for.
  public private(set) var appearance: PointerAppearance

  /// Origins that looked like the pointer and did not move with it; no place within two pixels of
  /// one is taken for the pointer.
  public var decoys: [PixelPoint] = []

  /// The mean difference that the pointer has shown lately.
  private var usual: Double

  /// Creates a finder.
  public init(_ appearance: PointerAppearance) {
    self.appearance = appearance
    usual = appearance.noise
  }

  /// The mean difference up to which a place counts as the pointer whatever else there is: twice
  /// the usual and a little.
  private var sure: Double {
    min(Self.sure.upperBound, max(Self.sure.lowerBound, 2 * usual + 3))
  }

  /// Takes in how the pointer showed at a place where it surely is: pixels that let the ground
  /// through come to count no more.
  public mutating func confirm(_ sighting: PointerSighting, in frame: Frame) {
    guard sighting.isUnique, sighting.residual <= sure else { return }
    usual += 0.2 * (sighting.residual - usual)
    appearance.compare(with: frame.luma, at: sighting.origin)
  }

  /// Looks for the pointer around a place.
  ///
  /// - Parameters:
  ///   - frame: where to look.
  ///   - origin: where the drawing's box is expected.
  ///   - radius: how far from there to look, in pixels.
  /// - Returns: the best place; nil where none is alike enough.
  public func find(in frame: Frame, near origin: PixelPoint, radius: Int) -> PointerSighting? {
    find(in: frame.luma, near: origin, radius: radius)
  }

  /// Looks for the pointer around a place of a plane of luma; see ``find(in:near:radius:)-(Frame,_,_)``.
  public func find(in luma: Plane, near origin: PixelPoint, radius: Int) -> PointerSighting? {
    search(
      luma, xs: (origin.x - radius)...(origin.x + radius),
      ys: (origin.y - radius)...(origin.y + radius))
  }

  /// Looks for the pointer close to a place, and takes only what needs no comparison with places
  /// farther off: cheaper than a wide look.
  ///
  /// - Parameters:
  ///   - frame: where to look.
  ///   - origin: where the drawing's box is expected.
  ///   - radius: how far from there to look, in pixels.
  /// - Returns: the best place; nil where none is surely the pointer.
  public func findSurely(in frame: Frame, near origin: PixelPoint, radius: Int)
    -> PointerSighting?
  {
    guard let seen = find(in: frame, near: origin, radius: radius), seen.isSure
    else { return nil }
    // At the rim of the window the best place may lie beyond it.
    let isInside =
      abs(seen.origin.x - origin.x) < radius && abs(seen.origin.y - origin.y) < radius
    return isInside ? seen : nil
  }

  /// Whether a picture shows around a place what is as much like the pointer as something else was,
  /// but for noise.
  ///
  /// - Parameters:
  ///   - sighting: what was seen, in another picture.
  ///   - frame: where to look.
  ///   - radius: how far from there to look, in pixels.
  /// - Returns: whether it does.
  public func isAsAlike(_ sighting: PointerSighting, in frame: Frame, radius: Int) -> Bool {
    let (x, y) = (sighting.origin.x, sighting.origin.y)
    let least = PointerScan(appearance, over: frame.luma, limit: Self.possible)
      .candidates(xs: (x - radius)...(x + radius), ys: (y - radius)...(y + radius))
      .map(\.residual).min()
    return least.map { $0 <= max(sure, Self.noiseRatio * sighting.residual + Self.noise) } ?? false
  }

  /// By how much the mean difference at one place changes from picture to picture: a share of it, and
  /// luma levels.
  private static let (noiseRatio, noise) = (1.25, 2.0)

  /// Looks for the pointer around a place, where at least three quarters of its box are in the picture
  /// along either axis: at an edge, half of a drawing may look like the whole of another place's.
  ///
  /// - Parameters:
  ///   - frame: where to look.
  ///   - origin: where the drawing's box is expected.
  ///   - radius: how far from there to look, in pixels.
  /// - Returns: the best place; nil where none is surely the pointer.
  public func findNearlyWhole(in frame: Frame, near origin: PixelPoint, radius: Int)
    -> PointerSighting?
  {
    let (width, height) = (appearance.size.width, appearance.size.height)
    let (left, top) = (max(-width / 4, origin.x - radius), max(-height / 4, origin.y - radius))
    let farRight = min(frame.size.width - width * 3 / 4, origin.x + radius)
    let farBottom = min(frame.size.height - height * 3 / 4, origin.y + radius)
    guard left <= farRight, top <= farBottom else { return nil }
    let seen = search(frame.luma, xs: left...farRight, ys: top...farBottom)
    return seen.flatMap { $0.isSure ? $0 : nil }
  }

  /// Looks for the pointer in the whole frame, also hanging over the edges.
  public func find(in frame: Frame) -> PointerSighting? { find(in: frame.luma) }

  /// Looks for the pointer in a whole plane of luma, also hanging over the edges.
  public func find(in luma: Plane) -> PointerSighting? {
    let (width, height) = (appearance.size.width, appearance.size.height)
    return search(
      luma, xs: (-width / 2)...(luma.width - width / 2),
      ys: (-height / 2)...(luma.height - height / 2))
  }

  private func search(_ luma: Plane, xs: ClosedRange<Int>, ys: ClosedRange<Int>)
    -> PointerSighting?
  {
    guard !appearance.samples.isEmpty else { return nil }
    let candidates = PointerScan(appearance, over: luma, limit: Self.possible)
      .candidates(xs: xs, ys: ys)
      .filter { candidate in !decoys.contains { $0.distance(to: candidate.origin) <= 2 } }
    guard let best = candidates.min(by: { $0.residual < $1.residual }) else { return nil }
    let clear = max(3, max(appearance.size.width, appearance.size.height) / 2)
    let rival = candidates.lazy.filter {
      abs($0.origin.x - best.origin.x) > clear || abs($0.origin.y - best.origin.y) > clear
    }.map(\.residual).min()
    let rivalResidual = rival ?? .infinity
    guard best.residual <= sure || rivalResidual > best.residual * 1.4 else { return nil }
    return PointerSighting(
      origin: best.origin,
      box: PixelRect(
        x: best.origin.x, y: best.origin.y, width: appearance.size.width,
        height: appearance.size.height),
      residual: best.residual, rivalResidual: rivalResidual, isSure: best.residual <= sure)
  }
}
