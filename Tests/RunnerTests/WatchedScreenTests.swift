import Bench
import Frames
import Synchronization
import Testing

@testable import Runner

@Suite("What is remembered of a screen")
struct WatchedScreenTests {
  /// A screen that gives prepared answers, the last of them for ever, and notes what it is asked.
  private final class Prepared: Screen {
    private let answers: [ScreenReading]
    private let count = Mutex(0)

    init(_ answers: [ScreenReading]) { self.answers = answers }

    var asked: Int { count.withLock { $0 } }

    func reading(
      after instant: MonotonicInstant, by deadline: MonotonicInstant
    ) async throws(BenchError) -> ScreenReading {
      let index = count.withLock { count in
        count += 1
        return count - 1
      }
      return answers[min(index, answers.count - 1)]
    }
  }

  private static func second(_ seconds: Double) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(seconds * 1e9))
  }

  private static func frozen(at seconds: Double) -> ScreenReading {
    .noPicture(.frozen, at: second(seconds))
  }

  private static func picture(at seconds: Double) -> ScreenReading {
    let gray = Plane(width: 16, height: 16, filledWith: 128)
    return .picture(
      Frame(luma: gray, cb: gray, cr: gray, number: 1, capturedAt: second(seconds)))
  }

  @Test(
    "A host that slept past its deadline, or woke just before it, has lost no signal",
    arguments: [4.0, 1.5])
  func slept(wakesAt: Double) async throws {
    let inner = Prepared([Self.frozen(at: wakesAt), Self.picture(at: wakesAt + 0.03)])
    let screen = WatchedScreen(inner, mouse: nil)
    let reading = try await screen.reading(after: Self.second(0), by: Self.second(1.5))
    #expect(reading.frame != nil)
    #expect(screen.remembered.spells.isEmpty)
  }

  @Test("A grabber that stays silent when it is looked at again has stopped")
  func stopped() async throws {
    let inner = Prepared([Self.frozen(at: 1.5), Self.frozen(at: 3)])
    let screen = WatchedScreen(inner, mouse: nil)
    let reading = try await screen.reading(after: Self.second(0), by: Self.second(1.5))
    #expect(reading.signal == .frozen)
    #expect(inner.asked == 2)
    #expect(screen.remembered.spells.count == 1)
  }

  @Test("An answer to a deadline that came too soon is none about the signal")
  func soon() async throws {
    let inner = Prepared([Self.frozen(at: 0.2)])
    let screen = WatchedScreen(inner, mouse: nil)
    _ = try await screen.reading(after: Self.second(0), by: Self.second(0.2))
    #expect(inner.asked == 1)
    #expect(screen.remembered.spells.isEmpty)
  }

  @Test("A host that sleeps each time that it is asked is believed in the end")
  func sleepy() async throws {
    let inner = Prepared((1...9).map { Self.frozen(at: Double($0) * 10) })
    let screen = WatchedScreen(inner, mouse: nil)
    let reading = try await screen.reading(after: Self.second(0), by: Self.second(1.5))
    #expect(reading.signal == .frozen)
    #expect(inner.asked <= 5)
  }
}
