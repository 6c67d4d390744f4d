import CRecorderPorts
public import Frames
import Glibc

/// The recorder's video socket: an HDMI output of the kernel's whose cable leads to one of its
/// inputs (the vivid driver). What the input sees of the signal is a control of the input.
public final class HDMIOutput {
  /// What the input is to see.
  public enum Signal: Int32, Sendable {
    /// What the output sends.
    case sent = 4
    /// Nothing.
    case none = 1
    /// Something that can't be locked to.
    case unlocked = 2
    /// Something beyond the input's range.
    case outOfRange = 3
  }

  // Controls of vivid (drivers/media/test-drivers/vivid/vivid-ctrls.c).
  private static let osdTextMode: UInt32 = 0x00f0_f001
  private static let loopVideo: UInt32 = 0x00f0_f025
  private static let signalMode: UInt32 = 0x00f0_f03e
  private static let timings: UInt32 = 0x00f0_f03f
  private static let bufferCount: UInt32 = 3

  private let output: Int32
  private let input: Int32
  private var buffers: [UnsafeMutableRawBufferPointer] = []
  private var free: [UInt32] = []

  /// The size of what is sent.
  public let size: PixelSize

  /// Opens the socket and sends nothing yet.
  ///
  /// - Parameters:
  ///   - output: the output's node.
  ///   - input: the node of the input at the cable's other end.
  ///   - size: the size of the pictures.
  ///   - rate: how many pictures a second the timings have.
  /// - Throws: when a device refuses.
  public init(
    output: String, input: String, size: PixelSize, rate: Int = 30
  ) throws(PortError) {
    self.output = open(output, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    self.input = open(input, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    self.size = size
    guard self.output >= 0 else { throw .system(output) }
    guard self.input >= 0 else { throw .system(input) }
    try set(Self.osdTextMode, 2)
    try set(Self.loopVideo, 1)
    let code = ports_set_timings(
      self.output, UInt32(size.width), UInt32(size.height), UInt32(rate))
    if code != 0 { throw .system("timings of \(output)", code: code) }
    let name = "\(size.width)x\(size.height)p\(rate)"
    let entry = ports_menu_index(self.input, Self.timings, name)
    guard entry >= 0 else { throw PortError("\(input) can't be made to see \(name)") }
    try set(Self.timings, entry)
    try setFormat()
    try takeBuffers()
  }

  deinit {
    for buffer in buffers { munmap(buffer.baseAddress, buffer.count) }
    if output >= 0 { close(output) }
    if input >= 0 { close(input) }
  }

  /// Sets what the input sees.
  public func show(_ signal: Signal) throws(PortError) {
    try set(Self.signalMode, signal.rawValue)
  }

  /// Has a picture drawn and sent; it stays until the next one.
  ///
  /// - Parameter draw: fills the picture (NV12); returns whether it is to be sent.
  /// - Returns: whether it was sent; not where the output has not taken the pictures before.
  /// - Throws: when the output refuses it.
  public func send(
    _ draw: (UnsafeMutableRawBufferPointer) -> Bool
  ) throws(PortError) -> Bool {
    try reclaim()
    guard let index = free.last else { return false }
    guard draw(buffers[Int(index)]) else { return false }
    free.removeLast()
    var buffer = Self.buffer(index)
    buffer.bytesused = UInt32(size.area * 3 / 2)
    buffer.field = V4L2_FIELD_NONE.rawValue
    guard ioctl(output, ports_VIDIOC_QBUF, &buffer) == 0 else { throw .system("a picture") }
    return true
  }

  private func set(_ control: UInt32, _ value: Int32) throws(PortError) {
    var setting = v4l2_control(id: control, value: value)
    guard ioctl(input, ports_VIDIOC_S_CTRL, &setting) == 0 else {
      throw .system("control \(String(control, radix: 16))")
    }
  }

  private func setFormat() throws(PortError) {
    var format = v4l2_format()
    format.type = V4L2_BUF_TYPE_VIDEO_OUTPUT.rawValue
    format.fmt.pix.width = UInt32(size.width)
    format.fmt.pix.height = UInt32(size.height)
    format.fmt.pix.pixelformat = ports_PIX_FMT_NV12
    format.fmt.pix.field = V4L2_FIELD_NONE.rawValue
    format.fmt.pix.colorspace = V4L2_COLORSPACE_SRGB.rawValue
    // Matrix and range follow from this: BT.601, limited. Nothing else is to be had.
    guard ioctl(output, ports_VIDIOC_S_FMT, &format) == 0 else { throw .system("format") }
    let pix = format.fmt.pix
    guard pix.pixelformat == ports_PIX_FMT_NV12, pix.bytesperline == UInt32(size.width),
      pix.width == UInt32(size.width), pix.height == UInt32(size.height)
    else { throw PortError("the output does not take \(size.width)x\(size.height) as NV12") }
  }

  private func takeBuffers() throws(PortError) {
    var request = v4l2_requestbuffers()
    request.count = Self.bufferCount
    request.type = V4L2_BUF_TYPE_VIDEO_OUTPUT.rawValue
    request.memory = V4L2_MEMORY_MMAP.rawValue
    guard ioctl(output, ports_VIDIOC_REQBUFS, &request) == 0 else { throw .system("buffers") }
    for index in 0..<request.count {
      var buffer = Self.buffer(index)
      guard ioctl(output, ports_VIDIOC_QUERYBUF, &buffer) == 0 else {
        throw .system("a buffer")
      }
      let start = mmap(
        nil, Int(buffer.length), PROT_READ | PROT_WRITE, MAP_SHARED, output,
        Int(buffer.m.offset))
      guard let start, start != MAP_FAILED else { throw .system("a buffer's memory") }
      buffers.append(UnsafeMutableRawBufferPointer(start: start, count: Int(buffer.length)))
      free.append(index)
    }
    var kind = Int32(V4L2_BUF_TYPE_VIDEO_OUTPUT.rawValue)
    guard ioctl(output, ports_VIDIOC_STREAMON, &kind) == 0 else { throw .system("streaming") }
  }

  private func reclaim() throws(PortError) {
    while true {
      var buffer = Self.buffer(0)
      if ioctl(output, ports_VIDIOC_DQBUF, &buffer) == 0 {
        free.append(buffer.index)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        throw .system("a picture's return")
      }
    }
  }

  private static func buffer(_ index: UInt32) -> v4l2_buffer {
    var buffer = v4l2_buffer()
    buffer.index = index
    buffer.type = V4L2_BUF_TYPE_VIDEO_OUTPUT.rawValue
    buffer.memory = V4L2_MEMORY_MMAP.rawValue
    return buffer
  }
}
