import Bench
import Frames

/// A device as its sockets show it: all that the ports of a virtual rig know of one.
///
/// A device lives on a timeline of its own. ``advance(to:)`` runs it up to an instant; all that is
/// done to it and asked of it is at that instant.
protocol RecordedDevice: AnyObject {
  /// Runs everything that is due up to an instant, which is never before the last one.
  func advance(to instant: MonotonicInstant)

  /// Up to when it has run.
  var now: MonotonicInstant { get }

  /// Takes the bytes of a HID report.
  func receive(_ report: [UInt8])

  /// Plugs the mouse in or out.
  func mousePlugged(_ plugged: Bool)

  /// Switches the supply.
  func setSupply(on: Bool)

  /// The mouse's state, as the host controller in the device sees it.
  var usbState: USBBusState { get }

  /// What leaves the video socket.
  var video: VideoOutput { get }

  /// How the pointer lies on the picture, as far as the way to the bench has a say in it.
  var pointerDrawing: PointerRendering { get set }

  /// Draws what leaves the video socket, on a canvas of the size that ``video`` says.
  func draw(into canvas: RGBCanvas)

  /// Hands out the mail that was sent since the last call.
  func drainMail() -> [OutgoingMail]

  /// Counts what has changed of what is worth keeping at once.
  var revision: Int { get }

  /// What a memory keeps of it; nil of a device that has none.
  var memory: DeviceMemory? { get }
}

extension RecordedDevice {
  var revision: Int { 0 }
  var memory: DeviceMemory? { nil }
}

extension RecorderDevice: RecordedDevice {}
