import CPixels
import Frames

/// A few samples that stand for a template of which a mask leaves little: a frame of a
/// window, a ring, two bars.
///
/// Coarse scales lose thin shapes, and at fine ones every place would cost as much as there are
/// pixels. A few samples, half of them spread evenly and half where levels change most, tell places
/// apart about as well, by normalised correlation over those samples alone (as template matching
/// with a mask does over all, Padfield 2012). Of those where levels change, as many lie on edges
/// across as on edges down: along a bar only its ends tell where it is.
struct TemplateTaps: Sendable {
  private let taps: [PixelsTap]
  private let bias: Float
  private let norm: Float

  /// How many samples are looked at.
  var count: Int { taps.count }

  /// Chooses samples; nil where nothing would tell places apart.
  ///
  /// - Parameters:
  ///   - weights: level less mean where a pixel counts, row after row.
  ///   - mask: 1 where it does, 0 elsewhere.
  ///   - width: pixels a row.
  ///   - most: how many there may be.
  ///   - parameters: how few are too few.
  init?(
    _ weights: [Int16], mask: [Int16], width: Int, atMost most: Int,
    _ parameters: MatchParameters.Preparation
  ) {
    let counting = weights.indices.filter { mask[$0] == 1 }
    /// How far a pixel's level lies from that of a neighbour that counts.
    func change(_ place: Int, to neighbour: Int) -> Int {
      mask[neighbour] == 1 ? abs(Int(weights[place]) - Int(weights[neighbour])) : 0
    }
    func mostChanging(_ change: (Int) -> Int) -> [Int] {
      counting.map { (place: $0, change: change($0)) }.filter { $0.change > 0 }
        .sorted { ($1.change, $0.place) < ($0.change, $1.place) }
        .prefix(4 * most).map(\.place).sorted()
    }
    let across = mostChanging { ($0 + 1) % width == 0 ? 0 : change($0, to: $0 + 1) }
    let down = mostChanging { $0 + width >= mask.count ? 0 : change($0, to: $0 + width) }
    let chosen = Set(Self.spread(counting, most / 2)).union(Self.spread(across, most / 4))
      .union(Self.spread(down, most / 4)).sorted()
    guard chosen.count >= parameters.fewestTaps else { return nil }
    let mean = Float(chosen.reduce(0) { $0 + Int(weights[$1]) }) / Float(chosen.count)
    // What is left of the mean after rounding is the bias.
    let rounded = Int16(mean.rounded())
    taps = chosen.map {
      PixelsTap(x: Int16($0 % width), y: Int16($0 / width), weight: weights[$0] - rounded)
    }
    let bias = mean - Float(rounded)
    self.bias = bias
    norm = taps.reduce(Float(0)) { sum, tap in
      sum + (Float(tap.weight) - bias) * (Float(tap.weight) - bias)
    }.squareRoot()
    if norm < parameters.leastLevelSpread * Float(taps.count).squareRoot() { return nil }
  }

  /// Some of many, evenly; the strides differ, lest they fall in step with rows.
  private static func spread(_ places: [Int], _ most: Int) -> [Int] {
    if places.count <= most { return places }
    return (0..<most).map { at in
      // The fraction of a golden section: no two strides in a row are the same.
      let jitter = (Double(at) * 0.618_034).truncatingRemainder(dividingBy: 1)
      return places[Int((Double(at) + jitter) * Double(places.count) / Double(most))]
    }
  }

  /// The normalised correlation with a place of a plane, −1…1.
  func correlation(with plane: Plane, _ x: Int, _ y: Int) -> Float {
    var score: Float = 0
    scan(
      plane, from: PixelPoint(x: x, y: y), columns: 1, rows: 1, into: &score, columnStep: 1,
      rowStep: 1)
    return score
  }

  /// Correlates with places of a plane; as ``TemplateLevel/scan(_:from:columns:rows:into:columnStep:rowStep:)``.
  func scan(
    _ plane: Plane, from: PixelPoint, columns: Int, rows: Int,
    into scores: UnsafeMutablePointer<Float>, columnStep: Int, rowStep: Int
  ) {
    plane.samples.withUnsafeBufferPointer { samples in
      guard let samples = samples.baseAddress else { return }
      pixels_correlate_taps(
        taps, Int32(taps.count), bias, norm, samples + (from.y * plane.width + from.x),
        plane.width, Int32(columns), Int32(rows), scores, columnStep, rowStep)
    }
  }
}
