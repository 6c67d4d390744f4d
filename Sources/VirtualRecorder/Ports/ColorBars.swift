import Frames

/// The picture that a grabber makes up when it has no input: bars and a word.
enum ColorBars {
  private static let bars: [Color] = [
    Color(0xc0c0c0), Color(0xc0c000), Color(0x00c0c0), Color(0x00c000), Color(0xc000c0),
    Color(0xc00000), Color(0x0000c0), Color(0x101010),
  ]

  /// Draws it over a whole canvas.
  static func draw(into canvas: RGBCanvas) {
    let (width, height) = (canvas.size.width, canvas.size.height)
    for (index, color) in bars.enumerated() {
      let left = width * index / bars.count
      let right = width * (index + 1) / bars.count
      canvas.painter.fill(
        PixelRect(x: left, y: 0, width: right - left, height: height), color)
    }
    let plate = PixelRect(x: width / 4, y: height * 3 / 8, width: width / 2, height: height / 4)
    canvas.painter.fill(plate, .black)
    canvas.painter.text(
      "NO SIGNAL", in: plate,
      font: Font(family: "DejaVu Sans", size: Double(height) / 9, isBold: true), .white,
      engine: TextEngine(), alignment: .center)
  }
}
