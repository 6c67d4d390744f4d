/// What the capture device says about its input, apart from what the picture shows.
///
/// Only in `live` is there a picture to be judged; every other state is a state, not a picture.
public enum SignalState: String, Sendable, Codable, CaseIterable {
  /// Frames come and their capture times advance.
  case live
  /// The cable is there, but the source sends nothing.
  case noSignal
  /// The device sees no cable.
  case noCable
  /// Something is sent that the device can't lock to.
  case noSync
  /// The source sends a mode that the device can't take.
  case outOfRange
  /// The device claims a signal, but frames have stopped coming.
  case frozen
  /// The capture device itself has left the bus.
  case deviceGone
}
