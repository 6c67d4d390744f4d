public import Frames

/// What a screen answers when asked for a picture.
public enum ScreenReading: Sendable {
  /// A live picture.
  case picture(Frame)
  /// No picture: the state of the signal instead, and when it was observed. Never `.live`.
  case noPicture(SignalState, at: MonotonicInstant)

  /// When the picture was captured or the state observed.
  public var instant: MonotonicInstant {
    switch self {
    case .picture(let frame): frame.capturedAt
    case .noPicture(_, let instant): instant
    }
  }

  /// The picture, if there is one.
  public var frame: Frame? {
    if case .picture(let frame) = self { frame } else { nil }
  }

  /// The state of the signal.
  public var signal: SignalState {
    if case .noPicture(let state, _) = self { state } else { .live }
  }
}

/// Eyes on a device: an HDMI grabber, a camera, or the virtual recorder's output.
public protocol Screen: Sendable {
  /// The first picture captured after an instant, or the state that the signal has instead.
  ///
  /// Frames captured at or before `instant` are skipped, whatever was buffered. Where there is no
  /// picture, the answer comes after one frame interval with the state, so that a caller polls at
  /// a natural pace. When nothing at all is known by the deadline the answer is
  /// `.noPicture(.frozen, …)`.
  ///
  /// - Parameters:
  ///   - instant: only what is captured strictly later counts.
  ///   - deadline: how long to wait at most.
  /// - Returns: the picture, or the state of a signal that carries none.
  /// - Throws: a fault of the capture device that no signal state describes, or cancellation.
  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading
}

/// A screen for whose pictures several may wait at a time, without holding each other up.
///
/// It is filmed as it captures, whoever else looks at it; other screens are filmed while somebody does.
public protocol SharedScreen: Screen {}
