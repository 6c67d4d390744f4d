import CPixels
import Testing

extension PixelLoops {
  @Suite("Whether two pictures show the same, square by square")
  struct SquaresTests {
    /// The mean difference of the square that differs most, in levels.
    private func most(_ now: [UInt8], _ then: [UInt8], _ width: Int, _ height: Int) -> Double {
      var most = 0.0
      for top in stride(from: 0, to: max(1, height - 2), by: 2) {
        for left in stride(from: 0, to: max(1, width - 2), by: 2) {
          let (right, bottom) = (min(left + 4, width), min(top + 4, height))
          var sum = 0
          for y in top..<bottom {
            for x in left..<right { sum += abs(Int(now[y * width + x]) - Int(then[y * width + x])) }
          }
          most = max(most, Double(sum) / Double((right - left) * (bottom - top)))
        }
      }
      return most
    }

    @Test("as a plain loop says", arguments: 1...40)
    func sameAsPlain(seed: Int) {
      var dice = Dice(seed)
      let (width, height) = (
        Int.random(in: 1...70, using: &dice), Int.random(in: 1...24, using: &dice)
      )
      let then = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &dice) }
      let now = then.map { UInt8(clamping: Int($0) + Int.random(in: -12...12, using: &dice)) }
      let limit = most(now, then, width, height)
      var scratch = [UInt16](repeating: 7, count: 3 * width)
      for level in 0...14 {
        let isAlike = pixels_squares_are_alike(
          now, width, then, Int32(width), Int32(height), Int32(level), &scratch)
        #expect((isAlike != 0) == (limit <= Double(level)), "\(width)x\(height), \(level)")
      }
    }
  }
}
