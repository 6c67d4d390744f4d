import Frames

/// What all cameras of a recorder deliver.
struct CameraFeed: Hashable, Sendable {
  /// Pictures a second.
  var rate: Double
  /// Whether their pictures have a sensor's noise.
  var isNoisy: Bool

  /// As cameras do.
  static let lively = CameraFeed(rate: 15, isNoisy: true)
  /// Little to draw, for machines that are slow at it.
  static let frugal = CameraFeed(rate: 1, isNoisy: false)
}

/// The live view: four cameras with their own scenery, things that move, and noise.
final class CameraWall {
  private let style: Style
  private let seed: UInt64
  private let cells: [PixelRect]
  private let scenes: [CameraScene]
  private let backgrounds: [Picture]
  private let noise: NoiseTile
  /// How long after a start each camera takes to connect, in seconds.
  private let connectionDelays: [Double]

  private let feed: CameraFeed
  /// The pictures of slow cameras, kept while they are the latest ones.
  private var kept: (picture: Int64, connected: [Bool], pixels: [UInt8])?
  /// Up to this many pictures a second, drawing them anew costs more than keeping them.
  private static let keepingRate = 5.0

  /// Draws the sceneries once.
  init(style: Style, seed: UInt64, feed: CameraFeed) {
    self.style = style
    self.feed = feed
    self.seed = seed
    let screen = style.model.screenSize
    let border = style.pixels(1)
    let cellSize = PixelSize(
      width: screen.width / 2 - border, height: screen.height / 2 - border)
    cells = (0..<4).map { index in
      PixelRect(
        x: (index % 2) * (screen.width / 2 + border),
        y: (index / 2) * (screen.height / 2 + border),
        width: cellSize.width, height: cellSize.height)
    }
    var stream = RandomStream(seed: seed, for: .scenery)
    scenes = style.model.sceneries.map { kind in
      CameraScene(kind: kind, phase: stream.number(in: 0...20))
    }
    connectionDelays = (0..<4).map { _ in stream.number(in: 0.8...3) }
    backgrounds = scenes.map { scene in
      Picture(size: cellSize) { painter in
        painter.scale(
          x: Double(cellSize.width) / 640, y: Double(cellSize.height) / 360)
        scene.drawBackground(painter)
      }
    }
    noise = NoiseTile(width: cellSize.width, stream: &stream)
  }

  /// Draws all cameras and answers which of them deliver a picture.
  ///
  /// Cameras connect one after the other in the time `upFor` since the start; nil is long ago.
  func draw(
    at now: MonotonicInstant, upFor: Duration?, into canvas: RGBCanvas
  ) -> [Bool] {
    let picture = Int64(now.seconds * feed.rate)
    let connected = cells.indices.map { index in
      upFor.map { $0.inSeconds >= connectionDelays[index] } ?? true
    }
    if let kept, kept.picture == picture, kept.connected == connected {
      canvas.withPixels { $0.copyBytes(from: kept.pixels) }
      return connected
    }
    draw(picture, connected, into: canvas)
    if feed.rate <= CameraWall.keepingRate {
      kept = (picture, connected, canvas.withPixels { [UInt8]($0) })
    }
    return connected
  }

  private func draw(_ picture: Int64, _ connected: [Bool], into canvas: RGBCanvas) {
    let time = Double(picture) / feed.rate
    canvas.withPixels { pixels in
      for (index, cell) in cells.enumerated() {
        guard connected[index] else { continue }
        if feed.isNoisy {
          let key = RandomStream.mix(seed &+ UInt64(picture) &* 4 &+ UInt64(index))
          noise.add(
            to: backgrounds[index], key: key, into: pixels, stride: canvas.stride, cell: cell)
        } else {
          backgrounds[index].copy(into: pixels, stride: canvas.stride, cell: cell)
        }
      }
    }
    drawGrid(canvas)
    for (index, cell) in cells.enumerated() {
      if connected[index] {
        canvas.painter.isolated {
          canvas.painter.clip(to: cell)
          canvas.painter.translate(x: Double(cell.x), y: Double(cell.y))
          canvas.painter.scale(
            x: Double(cell.width) / 640, y: Double(cell.height) / 360)
          scenes[index].drawMotion(at: time, canvas.painter)
        }
      } else {
        canvas.painter.fill(cell, Color(0x101214))
      }
    }
  }

  private func drawGrid(_ canvas: RGBCanvas) {
    let screen = canvas.size
    let border = style.pixels(1)
    let color = Color(0x303438)
    canvas.painter.fill(
      PixelRect(x: screen.width / 2 - border, y: 0, width: 2 * border, height: screen.height),
      color)
    canvas.painter.fill(
      PixelRect(x: 0, y: screen.height / 2 - border, width: screen.width, height: 2 * border),
      color)
  }

  /// A camera's name in a corner of its picture.
  func nameLayer(_ index: Int, _ name: String) -> Layer {
    let cell = cells[index]
    let width = style.pixels(Double(name.count) * style.theme.clockSize * 0.66 + 20)
    let height = style.pixels(30)
    let margin = style.pixels(12)
    let area = PixelRect(
      x: cell.x + margin, y: cell.maxY - height - margin, width: width, height: height)
    return Layer(area: area, elements: [Element(rect: area, look: .overlay(name))])
  }

  /// What stands where a camera has no picture.
  func messageElement(_ index: Int, _ text: String) -> Element {
    Element(rect: cells[index], look: .cameraMessage(text))
  }
}
