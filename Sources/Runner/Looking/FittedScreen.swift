import Bench
import Frames

/// A screen whose pictures have the size that a model's places refer to, though the capture device
/// delivers half as many lines again: 1080 for 720.
///
/// Everything behind it (references, regions, the pointer's way, reading) counts in the model's
/// pixels. Pictures of any other size pass as they are, to be complained of: enlarged, a smaller
/// picture would lack what its references show.
struct FittedScreen: Screen {
  private let screen: any Screen
  private let size: PixelSize

  /// Fits a screen to the size of a model's.
  init(_ screen: any Screen, to size: PixelSize) {
    self.screen = screen
    self.size = size
  }

  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    let reading = try await screen.reading(after: instant, by: deadline)
    guard case .picture(let frame) = reading else { return reading }
    return .picture(frame.fitted(to: size))
  }
}
