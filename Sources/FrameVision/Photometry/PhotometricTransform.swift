import CPixels
import Frames

/// A colour as luma and chroma in JPEG's encoding.
struct YCbCr: Hashable, Sendable {
  var y: Float
  var cb: Float
  var cr: Float
}

/// The darkest and the lightest levels of areas of a frame.
struct LevelRange: Hashable, Sendable {
  var low: Float
  var high: Float
}

/// A photometric transform: one mistake that displays and grabbers make in how numbers stand for
/// light.
///
/// A frame has one, which is told from all templates that are seen in it (``PhotometricConsensus``),
/// not from the place that is judged. It is chosen from this closed list and never fitted freely:
/// either would explain away a button that is tinted because it has the focus.
struct PhotometricTransform: Hashable, Sendable {
  /// The mistakes that occur, each with how far it goes.
  enum Mistake: Hashable, Sendable {
    /// None.
    case none
    /// Levels added.
    case brightness(Int)
    /// Hundredths of the contrast left, around black or around middle grey.
    case contrast(Int, aroundGrey: Bool)
    /// Hundredths of the exponent.
    case gamma(Int)
    /// Full range taken for limited: darks and lights are cut.
    case expanded
    /// Limited range taken for full: black is grey.
    case compressed
    /// BT.601 taken for BT.709.
    case matrix601As709
    /// BT.709 taken for BT.601.
    case matrix709As601
  }

  /// What goes wrong.
  let mistake: Mistake
  /// Whether the mistake is made on red, green and blue rather than on luma; of colours mixed up,
  /// whether they pass through red, green and blue.
  private let isOnPrimaries: Bool
  /// What becomes of each level of luma, or of each primary.
  private let curve: [Float]
  /// What becomes of chroma's distance from grey where the mistake is made on luma.
  private let saturation: Float

  private init(
    _ mistake: Mistake, onPrimaries: Bool, saturation: Float = 1, curve: (Float) -> Float
  ) {
    self.mistake = mistake
    isOnPrimaries = onPrimaries
    self.saturation = saturation
    self.curve = (0...255).map { max(0, min(255, curve(Float($0)))) }
    levels = self.curve.map { UInt8($0.rounded()) }
  }

  /// No mistake.
  static let none = PhotometricTransform(.none, onPrimaries: false) { $0 }

  /// What it is called where calibrations keep it: no two of the list are called alike.
  var name: String { "\(mistake)" + (isOnPrimaries ? " on primaries" : "") }

  /// Whether colours stay as they are.
  var isNone: Bool { mistake == .none }

  /// What becomes of each level of grey.
  let levels: [UInt8]

  /// Whether luma depends on the colour too.
  var mixesColors: Bool {
    mistake == .matrix601As709 || mistake == .matrix709As601 || isOnPrimaries
  }

  /// Whether a frame with certain darkest and lightest levels can have this transform: what
  /// stretches from black to white, say, has lost no contrast.
  func fits(_ range: LevelRange) -> Bool {
    guard let black = curve.first, let white = curve.last else { return true }
    let margin = MatchParameters.standard.photometry.rangeMargin
    return range.low >= black - margin && range.high <= white + margin
  }

  /// All transforms that are considered, by kind; the first changes nothing.
  static let families: [[PhotometricTransform]] = {
    let parameters = MatchParameters.standard.photometry
    let (most, contrasts, gammas) = (
      parameters.mostBrightness, parameters.contrasts, parameters.gammas
    )
    var families = [[none]]
    for domain in [false, true] {
      families.append(
        stride(from: -most, through: most, by: parameters.brightnessStep).filter { $0 != 0 }.map {
          step in
          PhotometricTransform(.brightness(step), onPrimaries: domain) { $0 + Float(step) }
        })
      for pivot: Float in [0, 128] {
        families.append(
          stride(
            from: contrasts.lowerBound, through: contrasts.upperBound, by: parameters.contrastStep
          ).map { percent in
            let factor = Float(percent) / 100
            return PhotometricTransform(
              .contrast(percent, aroundGrey: pivot != 0), onPrimaries: domain, saturation: factor
            ) { pivot + ($0 - pivot) * factor }
          })
      }
      families.append(
        gammas.filter { $0 != 100 }.map { percent in
          PhotometricTransform(.gamma(percent), onPrimaries: domain) {
            Float(power(Double($0) / 255, Double(percent) / 100)) * 255
          }
        })
    }
    for domain in [false, true] {
      families.append([
        PhotometricTransform(.expanded, onPrimaries: domain, saturation: 255 / 224) {
          ($0 - 16) * 255 / 219
        }
      ])
      families.append([
        PhotometricTransform(.compressed, onPrimaries: domain, saturation: 224 / 255) {
          16 + $0 * 219 / 255
        }
      ])
    }
    // Where the wrong colours pass through red, green and blue, what is too much of one is cut off.
    for domain in [false, true] {
      families.append([PhotometricTransform(.matrix601As709, onPrimaries: domain) { $0 }])
      families.append([PhotometricTransform(.matrix709As601, onPrimaries: domain) { $0 }])
    }
    return families
  }()

  /// The same in one list, family after family.
  static let all: [PhotometricTransform] = families.flatMap { $0 }

  /// Which of them belong to each family.
  static let familyRanges: [Range<Int>] = {
    var next = 0
    return families.map { family in
      defer { next += family.count }
      return next..<(next + family.count)
    }
  }()

  /// A number in 0…1 to a power near 1, by its binary digits and repeated square roots.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    var (result, root, rest) = (1.0, base, exponent)
    if rest >= 1 {
      result = base
      rest -= 1
    }
    for _ in 0..<20 {
      root = root.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= root
        rest -= 1
      }
    }
    return result
  }

  /// What the mistake makes of luma, which is as little as is needed to tell transforms apart.
  func luma(of luma: [Float], _ cb: [Float], _ cr: [Float]) -> [Float] {
    if mixesColors { return applied(to: luma, cb, cr).luma }
    return .made(luma.count) { pixels_transform_luma(luma, luma.count, curve, $0) }
  }

  /// What a mistake that does not mix colours makes of a plane of chroma.
  func saturated(_ chroma: [Float]) -> [Float] {
    .made(chroma.count) { pixels_saturate(chroma, chroma.count, saturation, $0) }
  }

  /// What a mistake that mixes colours makes of planes of one size.
  func applied(to luma: [Float], _ cb: [Float], _ cr: [Float]) -> (
    luma: [Float], cb: [Float], cr: [Float]
  ) {
    let count = luma.count
    var (blue, red): ([Float], [Float]) = ([], [])
    let mixed: [Float] = .made(count) { mixed in
      blue = .made(count) { blue in
        red = .made(count) { red in
          luma.withUnsafeBufferPointer { luma in
            cb.withUnsafeBufferPointer { cb in
              cr.withUnsafeBufferPointer { cr in
                let from = PixelsColors(
                  luma: luma.baseAddress, cb: cb.baseAddress, cr: cr.baseAddress)
                apply(to: from, count, mixed, blue, red)
              }
            }
          }
        }
      }
    }
    return (mixed, blue, red)
  }

  private func apply(
    to from: PixelsColors, _ count: Int, _ luma: UnsafeMutablePointer<Float>,
    _ cb: UnsafeMutablePointer<Float>, _ cr: UnsafeMutablePointer<Float>
  ) {
    switch mistake {
    case .matrix601As709, .matrix709As601:
      for at in 0..<count {
        let color = applied(to: YCbCr(y: from.luma[at], cb: from.cb[at], cr: from.cr[at]))
        luma[at] = max(0, min(255, color.y))
        cb[at] = max(0, min(255, color.cb))
        cr[at] = max(0, min(255, color.cr))
      }
    default: pixels_transform_primaries(from, count, curve, luma, cb, cr)
    }
  }

  /// What the mistake makes of a colour.
  @inline(__always)
  func applied(to color: YCbCr) -> YCbCr {
    switch mistake {
    case .none: return color
    // Decoded with the wrong weights, then looked at in JPEG's encoding again.
    case .matrix601As709:
      let (b, r) = (color.cb - 128, color.cr - 128)
      let mixed = YCbCr(
        y: color.y + 0.1016 * b + 0.1961 * r, cb: 128 + 0.9899 * b - 0.1107 * r,
        cr: 128 - 0.0725 * b + 0.9834 * r)
      return isOnPrimaries ? curved(mixed) : mixed
    case .matrix709As601:
      let (b, r) = (color.cb - 128, color.cr - 128)
      let mixed = YCbCr(
        y: color.y - 0.1182 * b - 0.2127 * r, cb: 128 + 1.0186 * b + 0.1146 * r,
        cr: 128 + 0.0750 * b + 1.0253 * r)
      return isOnPrimaries ? curved(mixed) : mixed
    default: break
    }
    if !isOnPrimaries {
      return YCbCr(
        y: at(color.y), cb: 128 + (color.cb - 128) * saturation,
        cr: 128 + (color.cr - 128) * saturation)
    }
    return curved(color)
  }

  /// What the curve makes of a colour's red, green and blue, none of which leaves its range.
  @inline(__always)
  private func curved(_ color: YCbCr) -> YCbCr {
    let (b, r) = (color.cb - 128, color.cr - 128)
    let red = at(color.y + 1.402 * r)
    let green = at(color.y - 0.344136 * b - 0.714136 * r)
    let blue = at(color.y + 1.772 * b)
    let y = 0.299 * red + 0.587 * green + 0.114 * blue
    return YCbCr(y: y, cb: 128 + (blue - y) / 1.772, cr: 128 + (red - y) / 1.402)
  }

  @inline(__always)
  private func at(_ level: Float) -> Float {
    curve.withUnsafeBufferPointer { $0[Int(max(0, min(255, level)) + 0.5)] }
  }
}
