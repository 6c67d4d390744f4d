import FrameVision
import Frames
import ScreenKit

/// Measures what is done once a frame: making it searchable, and seeing what changed.
struct Watching {
  let repeats: Int
  let choice: Choice

  func measurements() async throws -> [Measurement] {
    let screen = SampleScreen(isDark: false, seed: 23)
    let (frame, bytes) = try screen.captured(number: 1)
    let (next, _) = try screen.captured(number: 2)
    let (other, _) = try SampleScreen(isDark: false, seed: 24).captured(number: 3)
    var results: [Measurement] = []
    for (name, later, isStill) in [
      ("changes between two frames, none", next, true),
      ("changes between two frames, many", other, false),
    ] where choice.includes(name) {
      var regions: [PixelRect] = []
      let time = await Measurement.median(of: repeats) { regions = later.changes(since: frame) }
      results.append(
        Measurement(
          name: name, milliseconds: time, target: 0.5,
          remark: regions.isEmpty == isStill ? nil : "WRONG ANSWER"))
    }
    // What a grabber makes of a cable's picture, which has no noise; and one with noise.
    let clean = try JPEGCodec.encode(screen.picture, quality: 75, chroma: .halfWidth)
    for (what, bytes) in [("clean", clean), ("noisy", bytes)] {
      let name = "MJPEG frame to searchable, \(what), \(bytes.count / 1000) kB"
      guard choice.includes(name) else { continue }
      let time = try await Measurement.median(of: repeats) {
        _ = SearchableFrame(try JPEGCodec.decode(bytes))
      }
      results.append(Measurement(name: name, milliseconds: time, target: 2.5))
    }
    return results
  }
}
