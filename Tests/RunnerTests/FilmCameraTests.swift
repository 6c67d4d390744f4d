import Bench
import Frames
import RunJournal
import Synchronization
import Testing

@testable import Runner

/// Keeps what it is shown.
private final class Reel: RunFilm {
  /// What was shown at an instant: how many places are black, all of it, or no picture.
  enum Shown: Equatable {
    case picture(black: Int)
    case black
    case nothing(String)
  }

  private let all = Mutex<[Shown]>([])

  var shown: [Shown] { all.withLock { $0 } }

  func take(_ shot: FilmShot) async {
    let shown: Shown =
      switch shot.content {
      case .nothing(let signal): .nothing(signal)
      case .picture(_, let blanks): blanks().map { .picture(black: $0.count) } ?? .black
      }
    all.withLock { $0.append(shown) }
  }
}

@Suite("What a film is shown")
struct FilmCameraTests {
  private let reel = Reel()
  private let model = TestModel.make()
  private var camera: FilmCamera { FilmCamera(reel, of: model, shelf: ReferenceShelf(model)) }

  private static let field = PixelRect(x: 40, y: 60, width: 80, height: 20)

  private func picture(at seconds: Double, size: PixelSize = Stage.size) -> ScreenReading {
    let half = PixelSize(width: size.width / 2, height: size.height / 2)
    return .picture(
      Frame(
        luma: Plane(width: size.width, height: size.height, filledWith: 120),
        cb: Plane(width: half.width, height: half.height, filledWith: 128),
        cr: Plane(width: half.width, height: half.height, filledWith: 128), number: 1,
        capturedAt: MonotonicInstant(nanoseconds: Int64(seconds * 1e9))))
  }

  @Test("pictures are shown as they are until a secret may be seen")
  func plain() async {
    let camera = camera
    await camera.saw(picture(at: 1))
    await camera.saw(.noPicture(.noSignal, at: MonotonicInstant(nanoseconds: 2_000_000_000)))
    #expect(reel.shown == [.picture(black: 0), .nothing("signal noSignal")])
  }

  @Test("places of secrets are black, and a sensitive step without any is black altogether")
  func veiled() async {
    let camera = camera
    camera.draw(FilmVeil(boxes: [Self.field], findsKeyboard: true, isSensitive: true))
    await camera.saw(picture(at: 1))
    camera.draw(FilmVeil(findsKeyboard: true, isSensitive: true))
    await camera.saw(picture(at: 2))
    camera.draw(FilmVeil())
    await camera.saw(picture(at: 3))
    #expect(reel.shown == [.picture(black: 1), .black, .picture(black: 0)])
  }

  @Test("a picture of another size, in which places may be others, is black")
  func size() async {
    let camera = camera
    camera.draw(FilmVeil(boxes: [Self.field]))
    await camera.saw(picture(at: 1, size: PixelSize(width: 64, height: 48)))
    #expect(reel.shown == [.black])
  }

  /// A screen that shows a picture every tenth of a second, on a clock that goes with it, until it was
  /// asked often enough; whoever asks then waits for the end.
  private final class Ticking: SharedScreen, BenchClock {
    private let picture: @Sendable (Double) -> ScreenReading
    private let onTick: @Sendable (Int) -> Void
    private let ticks = Mutex(0)
    private let last: Int

    init(
      until last: Int, _ picture: @escaping @Sendable (Double) -> ScreenReading,
      onTick: @escaping @Sendable (Int) -> Void
    ) {
      (self.last, self.picture, self.onTick) = (last, picture, onTick)
    }

    func reading(
      after instant: MonotonicInstant, by deadline: MonotonicInstant
    ) async throws(BenchError) -> ScreenReading {
      let tick = ticks.withLock { ticks in
        ticks += 1
        return ticks
      }
      if tick > last { throw .cancelled }
      onTick(tick)
      return picture(Double(tick) / 10)
    }

    func now() async -> MonotonicInstant {
      MonotonicInstant(nanoseconds: Int64(ticks.withLock { $0 }) * 100_000_000)
    }

    func sleep(until instant: MonotonicInstant) async throws(BenchError) {}

    func secondsSince1970() async -> Double { 0 }
  }

  @Test(
    "a screen that may be shared is filmed all the time, its secrets a moment longer than they stand"
  )
  func following() async {
    let camera = camera
    let screen = Ticking(until: 30) { [self] in
      picture(at: $0)
    } onTick: { tick in
      if tick == 5 { camera.draw(FilmVeil(boxes: [Self.field])) }
      if tick == 10 { camera.draw(FilmVeil()) }
    }
    camera.follow(screen, on: screen)
    await camera.saw(picture(at: 0.05))
    while reel.shown.count < 30 { await Task.yield() }
    await camera.stop()
    let black = reel.shown.enumerated().filter { $0.element == .picture(black: 1) }.map(\.offset)
    #expect(black == Array(4...18))
    #expect(reel.shown.count == 30)
  }
}
