import FrameVision
import Frames
import ScreenKit

/// Measures the search for templates, beside OpenCV's.
struct Searching {
  let repeats: Int
  let choice: Choice
  private static let sizes = [
    PixelSize(width: 64, height: 64), PixelSize(width: 200, height: 60),
    PixelSize(width: 400, height: 120),
  ]

  /// Measures everything on a light and a dark screen, and asks the peer for the same.
  func measurements(beside peer: Peer) async throws -> [Measurement] {
    var results: [Measurement] = []
    for isDark in [false, true] {
      let look = isDark ? "dark" : "light"
      let screen = SampleScreen(isDark: isDark, seed: 21)
      let stranger = SampleScreen(isDark: isDark, seed: 22)
      let (frame, _) = try screen.captured(number: 1)
      try peer.keep(RGBImage(frame), as: look)
      for size in Self.sizes {
        let place = PixelRect(
          x: screen.stage.x + 270, y: screen.stage.y + 62, width: size.width, height: size.height)
        let wanted = screen.picture.cropped(to: place)
        let absent = stranger.picture.cropped(to: place)
        let name = "\(look)-\(size)"
        try peer.keep(wanted, as: name + "-hit")
        try peer.keep(absent, as: name + "-miss")
        let around = place.insetBy(-200).intersection(frame.bounds)
        for (what, template, region, target) in [
          ("\(size) anywhere, there, \(look)", "hit", nil, 3.0),
          ("\(size) anywhere, not there, \(look)", "miss", nil, 3.0),
          ("\(size) within 200 pixels, there, \(look)", "hit", around, 0.3),
          ("\(size) within 200 pixels, not there, \(look)", "miss", around, 0.3),
          ("\(size) at the same place again, \(look)", "hit", place, 0.1),
        ] where choice.includes(what) {
          results.append(
            await measured(
              what, Template(template == "hit" ? wanted : absent), in: frame, region,
              expected: template == "hit" ? place : nil, target))
          peer.ask(frame: look, template: "\(name)-\(template)", region: region)
        }
      }
    }
    return results
  }

  private func measured(
    _ name: String, _ template: Template, in frame: Frame, _ region: PixelRect?,
    expected: PixelRect?, _ target: Double
  ) async -> Measurement {
    let finder = TemplateFinder()
    var answer: FindAnswer?
    // Who looks at a place again has seen the template in the frame's tone.
    let isAgain = region == expected && region != nil
    let time = await Measurement.median(of: repeats) {
      answer = finder.find(
        isAgain ? template : template.unseen, in: SearchableFrame(frame), region: region)
    }
    let isRight = answer?.match?.rect == expected
    return Measurement(
      name: name, milliseconds: time, target: target, remark: isRight ? nil : "WRONG ANSWER")
  }
}
