public import Bench
public import Frames

/// What was tried when no pointer was seen, and what else was witnessed meanwhile.
public struct PointerSearch: Sendable, Hashable, CustomStringConvertible {
  /// Frames that were looked at.
  public var frames: Int
  /// Reports that the host took.
  public var delivered: Int
  /// What the bus said at the end.
  public var busState: USBBusState
  /// Whether anything in the picture changed from frame to frame.
  public var pictureChanged: Bool

  /// Creates a record.
  public init(frames: Int, delivered: Int, busState: USBBusState, pictureChanged: Bool) {
    self.frames = frames
    self.delivered = delivered
    self.busState = busState
    self.pictureChanged = pictureChanged
  }

  /// Such as `48 reports delivered, 12 frames looked at, bus configured, picture moving`.
  public var description: String {
    "\(delivered) reports delivered, \(frames) frames looked at, bus \(busState.rawValue), "
      + "picture \(pictureChanged ? "moving" : "still")"
  }
}

/// Why the hand could not do its work: facts only, no verdict.
public enum HandError: Error, Sendable, Hashable {
  /// The bench could not do its part.
  case bench(BenchError)
  /// There was no picture to work by.
  case signal(SignalState, at: MonotonicInstant)
  /// The host did not take the mouse by the deadline.
  case mouse(USBBusState)
  /// A report's fate stayed unknown, more than once.
  case deliveryUnknown
  /// Nothing in the picture moved as the mouse was moved.
  case pointerNotSeen(PointerSearch)
  /// The pointer was seen, but not brought where it should be: the place meant and the last seen.
  case targetMissed(target: PixelPoint, pointer: PixelPoint)
  /// The deadline passed.
  case outOfTime
  /// The keyboard was not seen, or not at rest, by the deadline.
  case keyboardNotSeen
  /// No page of the keyboard has a key for a character; which one is not said.
  case characterNotOnKeyboard
  /// Another page of the keyboard was asked for and did not come.
  case pageNotShown(page: String)
}
