/// What happens to one plane between the socket and the compressor, in sixteen-bit arithmetic so
/// that the loops below become vector code.
struct PlaneDistortion {
  /// Weights of a sample, its right, its lower and its lower right neighbour; 64 in all.
  var weights: (Int16, Int16, Int16, Int16) = (64, 0, 0, 0)
  /// What samples are multiplied by, in 64ths; at most 128.
  var gain: Int16 = 64
  /// What is added after that.
  var offset: Int16 = 0

  /// Sets the weights for a picture that lies a part of a sample left of and above the grid.
  ///
  /// - Parameters:
  ///   - x: eighths of a sample to the left, 0…8.
  ///   - y: eighths of a sample upward, 0…8.
  mutating func setShift(x: Int, y: Int) {
    weights = (
      Int16((8 - x) * (8 - y)), Int16(x * (8 - y)), Int16((8 - x) * y), Int16(x * y)
    )
  }

  /// Distorts one row.
  ///
  /// - Parameters:
  ///   - top: the row, with one more sample than it has columns.
  ///   - bottom: the row below, alike.
  ///   - noise: what is added to each sample at the end.
  ///   - output: where the result goes.
  ///   - count: columns.
  func row(
    top: UnsafePointer<UInt8>, bottom: UnsafePointer<UInt8>, noise: UnsafePointer<Int8>,
    into output: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    let (here, right, below, across) = weights
    let (gain, offset) = (gain, offset)
    for x in 0..<count {
      let upper = here &* Int16(top[x]) &+ right &* Int16(top[x &+ 1])
      let lower = below &* Int16(bottom[x]) &+ across &* Int16(bottom[x &+ 1])
      let sample = (upper &+ lower &+ 32) >> 6
      let toned = ((sample &* gain &+ 32) >> 6) &+ offset &+ Int16(noise[x])
      output[x] = UInt8(truncatingIfNeeded: max(0, min(255, toned)))
    }
  }
}

/// Turns planes made with the weights of BT.601 into those that BT.709 would have made, as a
/// grabber sees them that was not told.
enum MatrixMixUp {
  // BT.709's matrix times the inverse of BT.601's, full range, in 128ths. Luma keeps itself.
  private static let lumaFromCb: Int16 = -15
  private static let lumaFromCr: Int16 = -27
  private static let cbFromCb: Int16 = 130
  private static let cbFromCr: Int16 = 15
  private static let crFromCb: Int16 = 10
  private static let crFromCr: Int16 = 131

  /// Changes one row of chroma and the two rows of luma that share it.
  ///
  /// - Parameters:
  ///   - cb: `count` samples.
  ///   - cr: `count` samples.
  ///   - luma: the upper row, `2 * count` samples.
  ///   - lower: the lower row, alike.
  ///   - scratch: room for `count` numbers.
  ///   - count: columns of chroma.
  static func mix(
    cb: UnsafeMutablePointer<UInt8>, cr: UnsafeMutablePointer<UInt8>,
    luma: UnsafeMutablePointer<UInt8>, lower: UnsafeMutablePointer<UInt8>,
    scratch: UnsafeMutablePointer<Int16>, count: Int
  ) {
    for x in 0..<count {
      let (blueness, redness) = (Int16(cb[x]) &- 128, Int16(cr[x]) &- 128)
      scratch[x] = (lumaFromCb &* blueness &+ lumaFromCr &* redness &+ 64) >> 7
      cb[x] = clamped(((cbFromCb &* blueness &+ cbFromCr &* redness &+ 64) >> 7) &+ 128)
      cr[x] = clamped(((crFromCb &* blueness &+ crFromCr &* redness &+ 64) >> 7) &+ 128)
    }
    for row in [luma, lower] {
      for x in 0..<count {
        row[2 &* x] = clamped(Int16(row[2 &* x]) &+ scratch[x])
        row[2 &* x &+ 1] = clamped(Int16(row[2 &* x &+ 1]) &+ scratch[x])
      }
    }
  }

  @inline(__always)
  private static func clamped(_ value: Int16) -> UInt8 {
    UInt8(truncatingIfNeeded: max(0, min(255, value)))
  }
}

/// Normally distributed noise, drawn once and read from a new place for every row.
struct CaptureNoise {
  /// The places that a row can start at.
  private static let places = 1 << 16
  private let samples: [Int8]

  /// Draws the noise.
  ///
  /// - Parameters:
  ///   - deviation: the standard deviation, in steps.
  ///   - longestRow: the most samples that are read from one place.
  ///   - lots: where the numbers come from.
  init(deviation: Double, longestRow: Int, lots: inout RandomStream) {
    samples = (0..<(Self.places + longestRow)).map { _ in
      // Twelve numbers from 0 to 1 add up to nearly a normal number around 6 with deviation 1.
      var sum = 0
      for _ in 0..<3 {
        let word = lots.next()
        sum += Int(word & 0xFFFF) + Int(word >> 16 & 0xFFFF)
        sum += Int(word >> 32 & 0xFFFF) + Int(word >> 48)
      }
      let normal = Double(sum) / 65535 - 6
      return Int8((normal * deviation).rounded())
    }
  }

  /// Lends the samples that start at a place picked by a number.
  func withRow(_ number: UInt64, _ body: (UnsafePointer<Int8>) -> Void) {
    samples.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      body(start + Int(RandomStream.mix(number) % UInt64(Self.places)))
    }
  }
}
