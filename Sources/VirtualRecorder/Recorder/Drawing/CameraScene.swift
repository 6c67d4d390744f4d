import Frames

/// What one camera looks at, on a stage of 640×360.
struct CameraScene: Sendable {
  /// The sceneries.
  enum Kind: Sendable {
    case driveway
    case garden
    case hallway
    case street
  }

  let kind: Kind
  /// Seconds by which its motion is ahead.
  let phase: Double

  /// Draws what stays in its place.
  func drawBackground(_ painter: Painter) {
    switch kind {
    case .driveway: drawDriveway(painter)
    case .garden: drawGarden(painter)
    case .hallway: drawHallway(painter)
    case .street: drawStreet(painter)
    }
  }

  /// Draws what moves, as it is at a time in seconds.
  func drawMotion(at time: Double, _ painter: Painter) {
    let time = time + phase
    switch kind {
    case .driveway: drawCar(at: time, painter)
    case .garden: drawBranches(at: time, painter)
    case .hallway: drawWalker(at: time, painter)
    case .street: drawHeadlights(at: time, painter)
    }
  }

  // MARK: Backgrounds

  private func drawDriveway(_ painter: Painter) {
    painter.fill(
      .init(x: 0, y: 0, width: 640, height: 150), top: Color(0x8fa9bd), bottom: Color(0xbfccd4))
    painter.fill(
      .init(x: 0, y: 150, width: 640, height: 210), top: Color(0x6f7d5b), bottom: Color(0x55633f))
    painter.fill(
      .init(x: 40, y: 60, width: 230, height: 130), top: Color(0xb9a48a), bottom: Color(0x9c876d))
    painter.fill(polygon: [(20, 66), (155, 12), (290, 66)], Color(0x6c4436))
    painter.fill(.init(x: 80, y: 110, width: 90, height: 80), Color(0xd2cdc3))
    for row in 0..<4 {
      painter.fill(.init(x: 80, y: 126 + row * 18, width: 90, height: 2), Color(0xa9a49a))
    }
    painter.fill(.init(x: 200, y: 96, width: 44, height: 40), Color(0x48566a))
    painter.fill(polygon: [(70, 190), (185, 190), (420, 360), (90, 360)], Color(0x83837f))
    painter.fill(polygon: [(0, 230), (640, 205), (640, 290), (0, 330)], Color(0x64666a))
    for index in 0..<6 {
      let x = Double(330 + index * 54)
      painter.fill(discAtX: x, y: 165 + Double(index % 3) * 6, radius: 26, Color(0x47603a))
    }
  }

  private func drawGarden(_ painter: Painter) {
    painter.fill(
      .init(x: 0, y: 0, width: 640, height: 120), top: Color(0x9db8cc), bottom: Color(0xc3d0d2))
    painter.fill(
      .init(x: 0, y: 120, width: 640, height: 240), top: Color(0x6e8a4c), bottom: Color(0x4c6b33))
    for index in 0..<17 {
      painter.fill(.init(x: index * 38 + 2, y: 92, width: 32, height: 74), Color(0x8a6d4d))
      painter.fill(
        polygon: [
          (Double(index * 38 + 2), 92), (Double(index * 38 + 18), 80),
          (Double(index * 38 + 34), 92),
        ], Color(0x8a6d4d))
    }
    painter.fill(.init(x: 0, y: 112, width: 640, height: 6), Color(0x76593c))
    painter.fill(.init(x: 488, y: 60, width: 22, height: 170), Color(0x5a442f))
    painter.fill(polygon: [(60, 280), (220, 250), (330, 300), (150, 345)], Color(0x5d8aa1))
    painter.fill(.init(x: 380, y: 250, width: 80, height: 10), Color(0x9b7a55))
    painter.fill(.init(x: 388, y: 260, width: 8, height: 34), Color(0x7c5f40))
    painter.fill(.init(x: 444, y: 260, width: 8, height: 34), Color(0x7c5f40))
  }

  private func drawHallway(_ painter: Painter) {
    painter.fill(
      .init(x: 0, y: 0, width: 640, height: 360), top: Color(0xc4bba8), bottom: Color(0xa79d89))
    painter.fill(polygon: [(0, 360), (640, 360), (430, 220), (210, 220)], Color(0x8a6a4a))
    painter.fill(polygon: [(0, 0), (640, 0), (430, 70), (210, 70)], Color(0xdcd7cb))
    painter.fill(
      .init(x: 210, y: 70, width: 220, height: 150), top: Color(0xb7ad99), bottom: Color(0x9f957f))
    painter.fill(.init(x: 285, y: 100, width: 70, height: 120), Color(0x6b5138))
    painter.fill(discAtX: 346, y: 162, radius: 4, Color(0xd7c27a))
    painter.fill(polygon: [(40, 90), (120, 110), (120, 300), (40, 340)], Color(0x7b6045))
    painter.fill(polygon: [(540, 70), (600, 55), (600, 150), (540, 150)], Color(0x56718a))
    painter.stroke(
      polygon: [(540, 70), (600, 55), (600, 150), (540, 150)], Color(0x43382b), width: 5)
    painter.fill(polygon: [(270, 360), (370, 360), (345, 225), (295, 225)], Color(0x7a3f3a))
  }

  private func drawStreet(_ painter: Painter) {
    painter.fill(
      .init(x: 0, y: 0, width: 640, height: 190), top: Color(0x14171f), bottom: Color(0x262b38))
    painter.fill(
      .init(x: 0, y: 190, width: 640, height: 170), top: Color(0x2c2e33), bottom: Color(0x1c1d21))
    for (index, height) in [120, 90, 140, 80, 110, 130].enumerated() {
      let x = index * 108
      painter.fill(.init(x: x, y: 190 - height, width: 100, height: height), Color(0x1e2230))
      for window in 0..<6 where (window + index) % 3 != 0 {
        painter.fill(
          .init(
            x: x + 14 + (window % 3) * 28, y: 200 - height + (window / 3) * 34, width: 14,
            height: 18),
          (window + index) % 2 == 0 ? Color(0xb89a58) : Color(0x353b4e))
      }
    }
    painter.fill(.init(x: 0, y: 268, width: 640, height: 3), Color(0x7e7a62))
    for index in 0..<3 {
      let x = Double(90 + index * 230)
      painter.fill(.init(x: Int(x) - 3, y: 70, width: 6, height: 140), Color(0x3d4048))
      painter.glow(atX: x, y: 74, radius: 60, Color(0xe0b060, alpha: 0.7))
    }
  }

  // MARK: Motion

  private func drawCar(at time: Double, _ painter: Painter) {
    let lap = (time / 9).truncatingRemainder(dividingBy: 1)
    let x = -160 + lap * 960
    let y = 236 - lap * 22
    painter.fill(
      polygon: [
        (x, y + 36), (x + 8, y + 16), (x + 34, y + 12), (x + 52, y - 6), (x + 100, y - 6),
        (x + 124, y + 14), (x + 146, y + 20), (x + 148, y + 36),
      ], Color(0x9e3a34))
    painter.fill(
      polygon: [(x + 40, y + 12), (x + 55, y - 1), (x + 96, y - 1), (x + 114, y + 12)],
      Color(0x2c3440))
    for wheel in [32.0, 118.0] {
      painter.fill(discAtX: x + wheel, y: y + 36, radius: 13, Color(0x1c1c1e))
      painter.fill(discAtX: x + wheel, y: y + 36, radius: 5, Color(0x9a9a9a))
    }
  }

  private func drawBranches(at time: Double, _ painter: Painter) {
    for index in 0..<7 {
      let base = Double(index) * 0.9
      let sway = wave(time / 2.3 + base / 5) * 7
      let x = 499 + wave(Double(index) / 7) * 62 + sway
      let y = 62 + wave(Double(index) / 7 + 0.25) * 40
      painter.fill(discAtX: x, y: y, radius: 34, Color(index % 2 == 0 ? 0x3f6a35 : 0x4d7a3c))
    }
    let lap = (time / 14).truncatingRemainder(dividingBy: 1)
    painter.fill(discAtX: 640 - lap * 700, y: 40 + wave(time / 3) * 14, radius: 5, Color(0x202428))
  }

  private func drawWalker(at time: Double, _ painter: Painter) {
    let lap = (time / 11).truncatingRemainder(dividingBy: 1)
    let depth = lap < 0.5 ? lap * 2 : 2 - lap * 2
    let scale = 0.45 + depth * 0.75
    let x = 320 + wave(time / 4) * 50 * depth
    let foot = 222 + depth * 118
    let step = wave(time * 1.4) * 12 * scale
    painter.line(
      from: (x, foot - 60 * scale), to: (x - step, foot), Color(0x2a3144), width: 15 * scale)
    painter.line(
      from: (x, foot - 60 * scale), to: (x + step, foot), Color(0x343c52), width: 15 * scale)
    painter.line(
      from: (x, foot - 118 * scale), to: (x, foot - 56 * scale), Color(0x3f6f8f), width: 34 * scale)
    painter.fill(discAtX: x, y: foot - 138 * scale, radius: 15 * scale, Color(0xc79a78))
  }

  private func drawHeadlights(at time: Double, _ painter: Painter) {
    let lap = (time / 7).truncatingRemainder(dividingBy: 1)
    let x = 700 - lap * 820
    painter.glow(atX: x, y: 300, radius: 58, Color(0xe6e2c8, alpha: 0.75))
    painter.fill(
      polygon: [
        (x + 6, 316), (x + 10, 290), (x + 50, 278), (x + 110, 280), (x + 130, 300), (x + 130, 316),
      ], Color(0x2f3b4b))
    painter.glow(atX: x + 10, y: 302, radius: 16, Color(0xe8e6d8, alpha: 0.95))
    let other = (time / 5 + 0.4).truncatingRemainder(dividingBy: 1)
    let y = -60 + other * 760
    painter.glow(atX: y, y: 246, radius: 30, Color(0xc83c30, alpha: 0.8))
    painter.fill(.init(x: Int(y), y: 236, width: 70, height: 18), Color(0x23262e))
  }

  /// A wave of period 1 between −1 and 1, close to a sine.
  private func wave(_ turns: Double) -> Double {
    let part = turns - turns.rounded(.down)
    let ramp = part < 0.5 ? part * 4 - 1 : 3 - part * 4
    return ramp * (1.5 - 0.5 * ramp * ramp)
  }
}
