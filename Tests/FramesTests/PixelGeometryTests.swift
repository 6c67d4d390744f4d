import Frames
import Testing

@Suite("Pixel geometry")
struct PixelGeometryTests {
  @Test("Rectangles that only touch share no pixel")
  func touching() {
    let left = PixelRect(x: 0, y: 0, width: 10, height: 10)
    let right = PixelRect(x: 10, y: 0, width: 10, height: 10)
    #expect(!left.intersects(right))
    #expect(left.union(right) == PixelRect(x: 0, y: 0, width: 20, height: 10))
  }
}
