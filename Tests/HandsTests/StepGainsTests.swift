import Testing

@testable import Hands

/// Where a pointer ends up that moves so many pixels a count, and how many moves it took there.
private func travel(
  _ gains: inout StepGains, from start: Double, pixelsPerCount: Double, within tolerance: Double
) -> (place: Double, moves: Int) {
  var (place, moves) = (start, 0)
  while abs(place) > tolerance, moves < 14 {
    let runs = gains.runs(for: abs(place))
    let counts = runs.reduce(0) { $0 + $1.size * $1.reports }
    let moved = (Double(counts) * pixelsPerCount).rounded()
    gains.learn(runs, moved: moved)
    place += place < 0 ? moved : -moved
    moves += 1
  }
  return (place, moves)
}

@Suite struct StepGainsTests {
  @Test("A fast report that seems to move hardly anything is no measure: something else was seen")
  func slowFastReports() {
    var gains = StepGains(size: 6, pixelsPerReport: 16)
    for _ in 0..<4 { gains.learn([StepGains.Run(size: 20, reports: 5)], moved: 1) }
    let reports = gains.runs(for: 960).map(\.reports).reduce(0, +)
    #expect(reports < 80, "960 pixels would take \(reports) reports")
  }

  @Test(
    arguments: [(0.9, 1.7), (1.0, 2.2), (1.7, 0.8), (2.4, 1.2)], [6.0, 11, 30, 250])
  func `A gain that is believed twice too small or too large does not keep a pointer swinging`(
    gain: (believed: Double, real: Double), distance: Double
  ) {
    var gains = StepGains(size: 2, pixelsPerReport: 2 * gain.believed)
    let end = travel(&gains, from: distance, pixelsPerCount: gain.real, within: 4)
    #expect(abs(end.place) <= 4, "\(end.moves) moves")
  }

  @Test
  func `One short move that goes twice as far as it should tells nothing of sizes never seen`() {
    var gains = StepGains(size: 6, pixelsPerReport: 9)
    gains.learn([.init(size: 2, reports: 1), .init(size: 1, reports: 1)], moved: 9)
    #expect(gains.pixels(perReportOf: 2) == 3)
    #expect(gains.pixels(perReportOf: 1) == 1.5)
  }

  @Test func `One short move that a lost report spoils changes nothing`() {
    var gains = StepGains(size: 2, pixelsPerReport: 4)
    gains.learn([.init(size: 2, reports: 2)], moved: 1)
    #expect(gains.pixels(perReportOf: 2) == 4)
  }
}
