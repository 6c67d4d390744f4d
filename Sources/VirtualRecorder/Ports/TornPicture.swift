import Frames

/// A frame as a grabber delivers it when bytes get lost between the chip and the host: bands moved
/// sideways, the rest missing.
struct TornPicture {
  private struct Band {
    var rows: Range<Int>
    var shift: Int
  }

  private let frame: Frame
  private let bands: [Band]

  /// Tears a frame; how, depends on a number.
  init(_ frame: Frame, seed: UInt64) {
    self.frame = frame
    var lots = RandomStream(seed: seed &+ UInt64(frame.number), for: .tearing)
    // Macroblocks are sixteen rows high; the last ones arrive seldom.
    let blockRows = (frame.size.height + 15) / 16
    let arrived = lots.integer(in: (blockRows / 5)...(blockRows * 4 / 5))
    var bands: [Band] = []
    var block = lots.integer(in: 0...(blockRows / 6))
    while block < arrived {
      let end = min(arrived, block + lots.integer(in: 1...max(1, blockRows / 6)))
      bands.append(
        Band(
          rows: (block * 16)..<min(frame.size.height, end * 16),
          shift: 16 * lots.integer(in: 1...max(1, frame.size.width / 16 - 1))))
      block = end
    }
    let missing = (arrived * 16)..<max(arrived * 16, frame.size.height)
    self.bands = bands + [Band(rows: missing, shift: 0)]
  }

  /// The torn frame.
  var picture: Frame {
    Frame(
      luma: torn(frame.luma), cb: torn(frame.cb), cr: torn(frame.cr), encoding: frame.encoding,
      number: frame.number, capturedAt: frame.capturedAt)
  }

  private func torn(_ plane: Plane) -> Plane {
    var torn = plane
    let (stepX, stepY) = (frame.size.width / plane.width, frame.size.height / plane.height)
    for band in bands {
      for row in (band.rows.lowerBound / stepY)..<min(plane.height, band.rows.upperBound / stepY) {
        let start = row * plane.width
        if band.shift == 0 {
          // Decoders fill what never came with the middle grey that blocks start from.
          for x in 0..<plane.width { torn.samples[start + x] = 128 }
        } else {
          let cut = start + band.shift / stepX % plane.width
          torn.samples.replaceSubrange(
            start..<(start + plane.width),
            with: plane.samples[cut..<(start + plane.width)] + plane.samples[start..<cut])
        }
      }
    }
    return torn
  }
}
