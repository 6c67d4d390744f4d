import CPixels
import Frames
import Synchronization

/// A template in one tone, with what comparisons take from it alone, each part made when it is first
/// asked for.
final class TonedTemplate: Sendable {
  let width: Int
  let height: Int
  /// Luma in the tone.
  let luma: [Float]

  private let planes: ExpectedPlanes
  private let tone: Tone

  /// What stands out in a plane.
  struct Standout: Sendable {
    /// The range of levels around each sample.
    let relief: [Float]
    /// The same as it is within reach of compression.
    let around: [Float]

    fileprivate init(_ relief: [Float], _ map: ReliefMap, reach: Int) {
      self.relief = relief
      around = map.rootMeanSquares(relief, reach: reach)
    }

    /// What stands out in luma.
    init(ofLight levels: [Float], width: Int, height: Int) {
      let map = ReliefMap(width: width, height: height)
      self.init(map.relief(of: levels), map, reach: 6)
    }
  }

  /// Two planes of chroma, blue and red differences, in squares of two by two pixels on a frame's
  /// grid.
  struct Tint: Sendable {
    /// The levels expected.
    let cb: [Float]
    let cr: [Float]
    private let size: PixelSize
    /// Where the first square begins in the template.
    fileprivate let start: PixelPoint

    /// How much of what stands out in one plane of chroma a capture chain, which may mix colours
    /// before or after it compresses them, leaves in the other.
    static let crosstalk: Float = 0.5

    /// - Parameters:
    ///   - planes: the template's chroma.
    ///   - width: pixels a row.
    ///   - start: where the first square begins.
    ///   - size: how many squares there are.
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

    /// What stands out in each plane, where the other one's share is counted in.
    fileprivate var standouts: (cb: Standout, cr: Standout) {
      let map = ReliefMap(width: size.width, height: size.height)
      let (blue, red) = (map.relief(of: cb), map.relief(of: cr))
      return (
        Standout(blue.raised(to: Self.crosstalk, of: red), map, reach: 4),
        Standout(red.raised(to: Self.crosstalk, of: blue), map, reach: 4)
      )
    }
  }

  private struct Parts {
    var light: Standout?
    var edges: Warp.Edges?
    /// Chroma in the tone.
    var chroma: (cb: [Float], cr: [Float])?
    var tints: [PixelPoint: Tint] = [:]
    var tintStandouts: [PixelPoint: (cb: Standout, cr: Standout)] = [:]
  }

  private let parts: Mutex<Parts>

  init(_ planes: ExpectedPlanes, tone: Tone) {
    (width, height) = (planes.width, planes.height)
    (self.planes, self.tone) = (planes, tone)
    if tone.mixesColors {
      let mixed = tone.applied(to: planes.luma, planes.cb, planes.cr)
      luma = mixed.luma
      parts = Mutex(Parts(chroma: (mixed.cb, mixed.cr)))
    } else {
      // Most places differ in luma already; their chroma is never asked for.
      luma = planes.luma(in: tone)
      parts = Mutex(Parts())
    }
  }

  /// What stands out in luma.
  var light: Standout {
    parts.withLock { parts in
      if let made = parts.light { return made }
      let made = Standout(ofLight: luma, width: width, height: height)
      parts.light = made
      return made
    }
  }

  /// Where luma has edges by which shift and blur are told.
  var edges: Warp.Edges {
    parts.withLock { parts in
      if let made = parts.edges { return made }
      let made = Warp.Edges(
        in: luma, width: width, rows: .init(first: 1, step: Self.warpStep(width * height)))
      parts.edges = made
      return made
    }
  }

  /// About how many pixels are looked at to measure shift and blur.
  private static let warpPixels = 8000
  /// In large templates most rows show nothing that shift and blur can be told from.
  private static let largeWarpPixels = 60_000
  private static let largeArea = 60_000

  private static func warpStep(_ area: Int) -> Int {
    max(1, area / (area < largeArea ? warpPixels : largeWarpPixels))
  }

  /// Chroma in the whole squares of a grid.
  ///
  /// - Parameters:
  ///   - start: where the first square begins, 0 or 1 each way.
  ///   - size: how many squares there are.
  /// - Returns: means over the squares.
  func tint(from start: PixelPoint, size: PixelSize) -> Tint {
    parts.withLock { parts in
      if let made = parts.tints[start] { return made }
      let chroma = parts.chroma ?? planes.chroma(in: tone)
      parts.chroma = chroma
      let made = Tint(chroma, width: width, from: start, size: size)
      parts.tints[start] = made
      return made
    }
  }

  /// What stands out in chroma.
  func standouts(of tint: Tint) -> (cb: Standout, cr: Standout) {
    parts.withLock { parts in
      if let made = parts.tintStandouts[tint.start] { return made }
      let made = tint.standouts
      parts.tintStandouts[tint.start] = made
      return made
    }
  }
}

/// A template in the tones in which it was compared last: from frame to frame a display and a
/// grabber show the same, and most of what a comparison needs depends on nothing else.
final class TonedTemplates: Sendable {
  /// How many tones are kept, and how many pixels at most in all of them.
  private static let mostTones = 6
  private static let mostPixels = 200_000
  /// How many tones of some rows are kept.
  private static let mostRows = 8

  private let planes: ExpectedPlanes
  private let rows: ExpectedPlanes
  private let keptTemplates: KeptByTone<TonedTemplate>
  private let keptRows = KeptByTone<Rows>(atMost: mostRows)

  /// - Parameters:
  ///   - planes: the template without any mistake in its tone.
  ///   - rows: the rows of it by which tones are told apart.
  init(_ planes: ExpectedPlanes, rows: ExpectedPlanes) {
    self.planes = planes
    self.rows = rows
    keptTemplates = KeptByTone(
      atMost: min(Self.mostTones, Self.mostPixels / max(1, planes.width * planes.height)))
  }

  /// The same template in no tone yet.
  var emptied: TonedTemplates { TonedTemplates(planes, rows: rows) }

  /// The template in a tone.
  func template(in tone: Tone) -> TonedTemplate {
    keptTemplates.value(for: tone) { TonedTemplate(planes, tone: tone) }
  }

  /// Luma of the rows by which tones are told apart, and where it has edges.
  struct Rows: Sendable {
    let luma: [Float]
    let edges: Warp.Edges
  }

  /// The rows by which tones are told apart, in a tone.
  func rows(in tone: Tone) -> Rows {
    keptRows.value(for: tone) {
      let luma = rows.luma(in: tone)
      // Each comes with the two above and below.
      let edges = Warp.Edges(in: luma, width: rows.width, rows: .init(first: 2, step: 5))
      return Rows(luma: luma, edges: edges)
    }
  }
}

/// What was made for a few tones, those asked for last.
private final class KeptByTone<Value: Sendable>: Sendable {
  private let most: Int
  /// What was asked for last comes first.
  private let kept = Mutex<[(tone: Tone, value: Value)]>([])

  init(atMost most: Int) { self.most = most }

  /// What is kept for a tone; made, without holding up others, where nothing is.
  func value(for tone: Tone, make: () -> Value) -> Value {
    let known = kept.withLock { kept -> Value? in
      guard let at = kept.firstIndex(where: { $0.tone == tone }) else { return nil }
      if at > 0 { kept.insert(kept.remove(at: at), at: 0) }
      return kept[0].value
    }
    if let known { return known }
    let made = make()
    kept.withLock { kept in
      kept.insert((tone, made), at: 0)
      if kept.count > most { kept.removeLast(kept.count - most) }
    }
    return made
  }
}
