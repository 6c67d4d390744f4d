import Frames

extension Canvas {
  /// Paints a picture such as a camera gives: a bright sky, a dark ground, blocks of many sizes,
  /// foliage. It moves with `time`.
  func scenery(_ rect: PixelRect, seed: Int, time: Int = 0) {
    var dice = Dice(seed)
    func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &dice) }
    fill(rect, Ink(roll(90...200), roll(110...200), roll(140...220)))
    let horizon = rect.y + rect.height * roll(30...60) / 100
    fill(
      PixelRect(x: rect.x, y: horizon, width: rect.width, height: rect.maxY - horizon),
      Ink(roll(30...120), roll(40...120), roll(30...100)))
    for _ in 0..<60 {
      let (width, height) = (roll(4...60), roll(4...80))
      let speed = roll(-3...3)
      let x = rect.x + (roll(0...rect.width) + speed * time + 10 * rect.width) % rect.width
      let y = rect.y + roll(0...rect.height)
      let shade = Ink(roll(0...255), roll(0...255), roll(0...255))
      let box = PixelRect(x: x, y: y, width: width, height: height).intersection(rect)
      if roll(0...2) == 0 {
        dot(
          Double(box.center.x), Double(box.center.y),
          radius: Double(min(box.width, box.height)) / 2,
          shade)
      } else {
        fill(box, shade)
      }
    }
    for _ in 0..<1500 {
      let x = rect.x + roll(0...(rect.width - 4))
      let y = horizon + roll(0...max(1, rect.maxY - horizon - 5))
      let shade = roll(20...160)
      fill(
        PixelRect(x: x, y: y, width: roll(1...4), height: roll(1...5)).intersection(rect),
        Ink(shade, shade + roll(0...60), shade))
    }
  }

  /// Paints four cameras with their captions.
  func liveView(seed: Int, time: Int = 0) {
    let (width, height) = (size.width / 2, size.height / 2)
    for camera in 0..<4 {
      let rect = PixelRect(
        x: camera % 2 * width, y: camera / 2 * height, width: width, height: height)
      scenery(rect, seed: seed * 10 + camera, time: time)
      text(
        "Camera 0\(camera + 1)", Double(rect.x + 16), Double(rect.maxY - 34), .white, size: 16)
      text(
        "2024-05-17 12:34:\(10 + time % 50)", Double(rect.x + 16), Double(rect.y + 10), .white,
        size: 16)
    }
  }
}
