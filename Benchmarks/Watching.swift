import EyeChart
import FrameVision
import Frames

/// Measures what is done once a frame: making it searchable, and seeing what changed.
struct Watching {
  let repeats: Int

  func measurements() async throws -> [Measurement] {
    let screen = SampleScreen(isDark: false, seed: 23)
    let (frame, bytes) = try screen.captured(number: 1)
    let (next, _) = try screen.captured(number: 2)
    let (other, _) = try SampleScreen(isDark: false, seed: 24).captured(number: 3)
    var regions: [PixelRect] = []
    let still = await Measurement.median(of: repeats) { regions = next.changes(since: frame) }
    let isStill = regions.isEmpty
    let changed = await Measurement.median(of: repeats) { regions = other.changes(since: frame) }
    let decoding = try await Measurement.median(of: repeats) {
      _ = SearchableFrame(try JPEGCodec.decode(bytes))
    }
    return [
      Measurement(
        name: "changes between two frames, none", milliseconds: still, target: 0.5,
        remark: isStill ? nil : "WRONG ANSWER"),
      Measurement(
        name: "changes between two frames, many", milliseconds: changed, target: 0.5,
        remark: regions.isEmpty ? "WRONG ANSWER" : nil),
      Measurement(name: "MJPEG frame to searchable", milliseconds: decoding, target: 2.5),
    ]
  }
}
