import FrameVision
import Frames
import ScreenKit

/// Measures the search for a phrase.
struct Reading {
  let repeats: Int
  let choice: Choice
  private static let phrase = "Forgot Password 12345"
  private static let other = "Storage"
  /// What no sample screen shows.
  private static let absent = "Restore Defaults 7"
  /// How many times the cost of a phrase that is there one that is not may take.
  private static let mostOfPresent = 1.5

  func measurements() async throws -> [Measurement] {
    var results: [Measurement] = []
    for (lines, target) in [(10, 100.0), (40, 300.0)] {
      for isDark in [false, true] {
        let look = isDark ? "dark" : "light"
        guard choice.includes("phrase, \(lines) candidates, \(look)") else { continue }
        let screen = SampleScreen(phrase: Self.phrase, lines: lines, isDark: isDark, seed: 31)
        results += try await measured(screen, "\(lines) candidates, \(look)", target)
      }
    }
    return results
  }

  private func measured(
    _ screen: SampleScreen, _ what: String, _ target: Double
  ) async throws -> [Measurement] {
    let (frame, _) = try screen.captured(number: 1)
    let (other, _) = try SampleScreen(phrase: Self.other, lines: 1, isDark: false, seed: 32)
      .captured(number: 1)
    var (first, again, near): ([Double], [Double], [Double]) = ([], [], [])
    var (absent, absentAgain): ([Double], [Double]) = ([], [])
    var isRight = true
    for number in 0..<max(1, repeats / 5) {
      let (next, _) = try screen.captured(number: UInt64(number + 2))
      let reader = try TextReader()
      var place: PixelRect?
      first.append(
        await Measurement.once { place = await reader.find(Self.phrase, in: frame).match?.box })
      var answers = [place]
      again.append(
        await Measurement.once {
          answers.append(await reader.find(Self.phrase, in: next).match?.box)
        })
      let region = (place ?? frame.bounds).insetBy(-20).intersection(frame.bounds)
      // A recogniser takes longer for the first line of its life.
      let fresh = try TextReader()
      _ = await fresh.find(Self.other, in: other)
      near.append(
        await Measurement.once {
          answers.append(await fresh.find(Self.phrase, in: next, region: region).match?.box)
        })
      if answers.contains(where: { $0 == nil }) { isRight = false }
      let searching = try TextReader()
      var found: [PixelRect?] = []
      absent.append(
        await Measurement.once {
          found.append(await searching.find(Self.absent, in: frame).match?.box)
        })
      absentAgain.append(
        await Measurement.once {
          found.append(await searching.find(Self.absent, in: next).match?.box)
        })
      if found.contains(where: { $0 != nil }) { isRight = false }
    }
    let remark = isRight ? nil : "WRONG ANSWER"
    return [
      Measurement(
        name: "phrase anywhere, \(what)", milliseconds: Measurement.median(first),
        target: target, remark: remark),
      Measurement(
        name: "phrase remembered, \(what)", milliseconds: Measurement.median(again), target: 15),
      Measurement(
        name: "phrase in its region, \(what)", milliseconds: Measurement.median(near), target: 15),
      Measurement(
        name: "absent phrase, \(what)", milliseconds: Measurement.median(absent),
        target: Self.mostOfPresent * Measurement.median(first)),
      Measurement(
        name: "absent phrase remembered, \(what)", milliseconds: Measurement.median(absentAgain),
        target: Self.mostOfPresent * Measurement.median(again)),
    ]
  }
}
