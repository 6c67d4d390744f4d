package import Frames

extension Canvas {
  /// Paints a picture such as a camera gives: sky, ground, blocks, foliage; what moves has moved on
  /// by `time` steps.
  package func scenery(_ rect: PixelRect, seed: UInt64, time: Int = 0) {
    var dice = Dice(seed, 5)
    let horizon = rect.y + rect.height * dice.roll(30...60) / 100
    let sky = Ink(
      Double(dice.roll(70...190)), Double(dice.roll(90...200)), Double(dice.roll(120...220)))
    let earth = Ink(
      Double(dice.roll(30...120)), Double(dice.roll(40...120)), Double(dice.roll(30...100)))
    blend(rect, from: sky, to: sky.shifted(by: 30))
    blend(
      PixelRect(x: rect.x, y: horizon, width: rect.width, height: rect.maxY - horizon),
      from: earth, to: earth.shifted(by: -25))
    for _ in 0..<max(20, rect.size.area / 6000) {
      let (width, height) = (dice.roll(4...60), dice.roll(4...80))
      let moved = dice.roll(-3...3) * time
      let x = rect.x + (dice.roll(0...rect.width) + moved + 10 * rect.width) % rect.width
      let box = PixelRect(
        x: x, y: rect.y + dice.roll(0...rect.height), width: width, height: height
      ).intersection(rect)
      let ink = Ink(
        Double(dice.roll(0...255)), Double(dice.roll(0...255)), Double(dice.roll(0...255)))
      if dice.once(in: 3) {
        dot(
          Double(box.center.x), Double(box.center.y),
          radius: Double(min(box.width, box.height)) / 2, ink)
      } else {
        fill(box, ink)
      }
    }
    for _ in 0..<max(100, rect.size.area / 250) {
      let shade = Double(dice.roll(20...160))
      let leaf = PixelRect(
        x: rect.x + dice.roll(0...rect.width), y: horizon + dice.roll(0...(rect.maxY - horizon)),
        width: dice.roll(1...4), height: dice.roll(1...5))
      fill(leaf.intersection(rect), Ink(shade, shade + Double(dice.roll(0...60)), shade))
    }
  }
}
