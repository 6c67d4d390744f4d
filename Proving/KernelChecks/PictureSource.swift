import CLinux
import CRecorderPorts
import Frames
import Glibc
import RecorderPorts

/// A picture of noise that is its seed's alone, as the bytes of NV12.
struct NoisePicture: Sendable {
  let size: PixelSize
  let bytes: [UInt8]

  init(size: PixelSize, seed: UInt64) {
    self.size = size
    let count = size.area * 3 / 2
    bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      // A shift register (Marsaglia, "Xorshift RNGs"), eight bytes a step.
      var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
      let words = UnsafeMutableRawBufferPointer(target)
      for offset in stride(from: 0, to: count - 7, by: 8) {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        words.storeBytes(of: state, toByteOffset: offset, as: UInt64.self)
      }
      initialized = count
    }
  }

  /// Whether a frame is this picture, bit by bit.
  func isShown(by frame: Frame) -> Bool {
    guard frame.size == size else { return false }
    let area = size.area
    return bytes.withUnsafeBufferPointer { bytes in
      let luma = frame.luma.samples.withUnsafeBufferPointer { samples in
        guard let here = samples.baseAddress, let there = bytes.baseAddress else { return false }
        return memcmp(here, there, area) == 0
      }
      guard luma, frame.cb.samples.count == area / 4 else { return false }
      return frame.cb.samples.withUnsafeBufferPointer { cb in
        frame.cr.samples.withUnsafeBufferPointer { cr in
          for index in 0..<(area / 4) {
            let place = area &+ 2 &* index
            if cb[index] != bytes[place] || cr[index] != bytes[place &+ 1] { return false }
          }
          return true
        }
      }
    }
  }
}

/// Somebody who sends pictures at the far end of the HDMI cable, and can spoil the near end.
final class PictureSource {
  /// What can be done to the capture device: controls of the vivid driver
  /// (`drivers/media/test-drivers/vivid/vivid-ctrls.c`).
  enum Mischief: UInt32 {
    case timings = 0x00f0_f03f
    case droppedPercentage = 0x00f0_f040
    case disconnect = 0x00f0_f041
    case damagedBuffer = 0x00f0_f042
    case fatalError = 0x00f0_f046
  }

  private let wiring: VideoWiring
  private var port: HDMIOutput?
  /// What was sent last.
  private(set) var picture = NoisePicture(size: PixelSize(width: 2, height: 2), seed: 0)

  init(_ wiring: VideoWiring) { self.wiring = wiring }

  /// Begins to send, with a first picture.
  func start(_ size: PixelSize, seed: UInt64) throws {
    port = nil
    let port = try HDMIOutput(output: wiring.output, input: wiring.input, size: size)
    self.port = port
    try send(NoisePicture(size: size, seed: seed))
    try port.show(.sent)
  }

  /// Lets the port go.
  func end() { port = nil }

  /// Sends a picture; it stays until the next one.
  func send(_ picture: NoisePicture) throws {
    guard let port else { throw CheckFailure("nobody sends") }
    for _ in 0..<250 {
      let isSent = try port.send { target in
        picture.bytes.withUnsafeBytes { target.copyMemory(from: $0) }
        return true
      }
      if isSent {
        self.picture = picture
        return
      }
      usleep(4_000)
    }
    throw CheckFailure("the output takes no picture")
  }

  /// Sets what the input sees of the signal.
  func show(_ signal: HDMIOutput.Signal) throws {
    guard let port else { throw CheckFailure("nobody sends") }
    try port.show(signal)
  }

  /// Does something to the capture device.
  func spoil(_ mischief: Mischief, _ value: Int32 = 1) throws {
    let input = open(wiring.input, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard input >= 0 else { throw CheckFailure("\(wiring.input) can't be opened") }
    defer { close(input) }
    var setting = v4l2_control(id: mischief.rawValue, value: value)
    guard ioctl(input, ports_VIDIOC_S_CTRL, &setting) == 0 else {
      throw CheckFailure("\(mischief): \(String(cString: strerror(errno)))")
    }
  }

  /// Has the input see other timings than the output sends.
  func showTimings(_ name: String) throws {
    let input = open(wiring.input, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard input >= 0 else { throw CheckFailure("\(wiring.input) can't be opened") }
    defer { close(input) }
    let entry = ports_menu_index(input, Mischief.timings.rawValue, name)
    guard entry >= 0 else { throw CheckFailure("the input knows no timings \(name)") }
    try spoil(.timings, entry)
  }

  /// Pixels between a line's end and the next one's pulse, as the input is set to.
  var setBlanking: Int {
    get throws {
      let input = open(wiring.input, O_RDWR | O_NONBLOCK | O_CLOEXEC)
      guard input >= 0 else { throw CheckFailure("\(wiring.input) can't be opened") }
      defer { close(input) }
      var timings = v4l2_dv_timings()
      guard ioctl(input, gantry_VIDIOC_G_DV_TIMINGS, &timings) == 0 else {
        throw CheckFailure("the input tells no timings")
      }
      return Int(timings.bt.hfrontporch)
    }
  }

  /// The EDID that comes out of the cable at the source's end.
  var shownEDID: [UInt8] {
    get throws {
      let output = open(wiring.output, O_RDWR | O_NONBLOCK | O_CLOEXEC)
      guard output >= 0 else { throw CheckFailure("\(wiring.output) can't be opened") }
      defer { close(output) }
      var blocks = [UInt8](repeating: 0, count: 256)
      var count = 0
      let code = blocks.withUnsafeMutableBufferPointer { bytes -> Int32 in
        var description = v4l2_edid()
        description.blocks = 2
        description.edid = bytes.baseAddress
        defer { count = Int(description.blocks) * 128 }
        return ioctl(output, gantry_VIDIOC_G_EDID, &description)
      }
      guard code == 0 else { throw CheckFailure("the source is shown no EDID") }
      return Array(blocks.prefix(count))
    }
  }
}
