import Frames

extension Frame {
  /// The frame with parts made black, chroma included.
  func blanking(_ boxes: [PixelRect]) -> Frame {
    let boxes = boxes.map { $0.intersection(bounds) }.filter { !$0.isEmpty }
    guard !boxes.isEmpty else { return self }
    var (luma, cb, cr) = (luma, cb, cr)
    let black: UInt8 = encoding.range == .limited ? 16 : 0
    for box in boxes {
      luma.fill(box, with: black)
      // A chroma sample that any hidden pixel has a share in is hidden.
      let left = box.x / chromaStepX
      let top = box.y / chromaStepY
      let shared = PixelRect(
        x: left, y: top, width: (box.maxX + chromaStepX - 1) / chromaStepX - left,
        height: (box.maxY + chromaStepY - 1) / chromaStepY - top)
      cb.fill(shared, with: 128)
      cr.fill(shared, with: 128)
    }
    return Frame(
      luma: luma, cb: cb, cr: cr, encoding: encoding, number: number, capturedAt: capturedAt)
  }
}

extension Plane {
  fileprivate mutating func fill(_ box: PixelRect, with value: UInt8) {
    for row in box.y..<box.maxY {
      let start = row * width + box.x
      samples.replaceSubrange(
        start..<(start + box.width), with: repeatElement(value, count: box.width))
    }
  }
}

extension RGBImage {
  /// The picture with parts made black.
  func blanking(_ boxes: [PixelRect]) -> RGBImage {
    var picture = self
    for box in boxes.map({ $0.intersection(PixelRect(size)) }) where !box.isEmpty {
      for y in box.y..<box.maxY {
        for x in box.x..<box.maxX {
          picture[x, y] = RGBColor(red: 0, green: 0, blue: 0)
        }
      }
    }
    return picture
  }
}
