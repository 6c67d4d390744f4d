import CBlockLoss

/// What a grabber's JPEG compression loses of a picture: the steps that the transform of each block
/// is rounded to.
struct JPEGLoss {
  /// The steps that the standard suggests for luma and for chroma (ITU-T T.81, tables K.1 and K.2).
  private static let suggestions: (luma: [Int], chroma: [Int]) = (
    [
      16, 11, 10, 16, 24, 40, 51, 61,
      12, 12, 14, 19, 26, 58, 60, 55,
      14, 13, 16, 24, 40, 57, 69, 56,
      14, 17, 22, 29, 51, 87, 80, 62,
      18, 22, 37, 56, 68, 109, 103, 77,
      24, 35, 55, 64, 81, 104, 113, 92,
      49, 64, 78, 87, 103, 121, 120, 101,
      72, 92, 95, 98, 112, 100, 103, 99,
    ],
    [
      17, 18, 24, 47, 99, 99, 99, 99,
      18, 21, 26, 66, 99, 99, 99, 99,
      24, 26, 56, 99, 99, 99, 99, 99,
      47, 66, 99, 99, 99, 99, 99, 99,
    ] + [Int](repeating: 99, count: 32)
  )

  private let luma: [UInt8]
  private let chroma: [UInt8]

  /// Creates the loss of a quality, 1…100, as libjpeg counts: 50 takes the suggested steps, 100 the
  /// finest.
  init(quality: Int) {
    let percent = quality < 50 ? 5000 / max(1, quality) : 200 - 2 * min(100, quality)
    func scaled(_ steps: [Int]) -> [UInt8] {
      steps.map { UInt8(max(1, min(255, ($0 * percent + 50) / 100))) }
    }
    luma = scaled(Self.suggestions.luma)
    chroma = scaled(Self.suggestions.chroma)
  }

  /// Writes what is left of one plane.
  ///
  /// - Parameters:
  ///   - from: the samples.
  ///   - shape: how they lie in memory.
  ///   - isLuma: whether they are luma.
  ///   - into: room for as many samples without gaps.
  func apply(
    to from: UnsafePointer<UInt8>, _ shape: PaddedPlanes.Shape, isLuma: Bool,
    into: UnsafeMutablePointer<UInt8>
  ) {
    block_loss(
      from, shape.stride, into, shape.width, Int32(shape.width), Int32(shape.height),
      isLuma ? luma : chroma)
  }
}
