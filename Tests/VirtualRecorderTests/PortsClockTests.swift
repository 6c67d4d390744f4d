import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("The virtual clock")
struct PortsClockTests {
  @Test("At the fastest pace, only sleeping moves the time")
  func fastest() async throws {
    let clock = VirtualClock(pace: .asFastAsPossible, calendarStart: 1000)
    #expect(await clock.now() == .zero)
    try await clock.sleep(until: .seconds(3600))
    #expect(await clock.now() == .seconds(3600))
    #expect(await clock.secondsSince1970() == 4600)
    try await clock.sleep(until: .seconds(5))
    #expect(await clock.now() == .seconds(3600))
  }

  @Test("In real time, a sleep ends when its time has come")
  func real() async throws {
    let clock = VirtualClock(pace: .real, calendarStart: 0)
    try await clock.sleep(until: .seconds(0.002))
    let first = await clock.now()
    #expect(first >= .seconds(0.002))
    #expect(await clock.now() >= first)
  }

  @Test("A run that was asked to stop does not sleep on", arguments: [0, 1])
  func cancellation(pace: Int) async {
    let clock = VirtualClock(pace: pace == 0 ? .asFastAsPossible : .real, calendarStart: 0)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await clock.sleep(until: .seconds(1000))
    }
    await #expect(throws: BenchError.cancelled) { try await task.value }
    #expect(await clock.now() < .seconds(1000))
  }

  @Test("Captures come thirty times a second, each later than the last", arguments: 0..<20)
  func grid(seed: Int) {
    let grid = FrameGrid(seed: UInt64(seed))
    for number in 0..<300 {
      #expect(grid.instant(of: number) < grid.instant(of: number + 1))
      #expect(grid.first(after: grid.instant(of: number)) == number + 1)
      let justBefore = MonotonicInstant(nanoseconds: grid.instant(of: number).nanoseconds - 1)
      #expect(grid.first(after: justBefore) == number)
    }
    let span = grid.instant(of: 0).duration(to: grid.instant(of: 300)).inSeconds
    #expect(abs(span - 10) < 0.01)
  }
}
