import CLinux
import Frames
import Glibc

/// A running stream of a capture device through buffers in the kernel's memory.
final class V4L2Stream {
  /// A buffer with a picture in it.
  struct Filled {
    fileprivate var buffer: v4l2_buffer
    /// Counts the device's pictures, those that nobody took as well.
    var sequence: UInt32
    /// When it was captured.
    var capturedAt: MonotonicInstant
    /// Whether the device says that it is damaged.
    var isBroken: Bool
  }

  private static let buffers: UInt32 = 4
  private let device: V4L2Device
  private var memory: [UnsafeMutableRawBufferPointer] = []

  /// Starts streaming.
  init(_ device: V4L2Device) throws(CaptureFailure) {
    self.device = device
    var wanted = v4l2_requestbuffers()
    wanted.count = Self.buffers
    wanted.type = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    wanted.memory = UInt32(V4L2_MEMORY_MMAP.rawValue)
    var code = device.request(gantry_VIDIOC_REQBUFS, &wanted)
    guard code == 0 else {
      throw CaptureFailure(
        what: code == EBUSY
          ? "\(device.card) is in use by another program" : "get memory for pictures", code: code)
    }
    for index in 0..<wanted.count {
      var buffer = Self.empty(index)
      code = device.request(gantry_VIDIOC_QUERYBUF, &buffer)
      guard code == 0 else { throw CaptureFailure(what: "map memory for pictures", code: code) }
      memory.append(try map(buffer))
      try give(&buffer)
    }
    var kind = Int32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    code = device.request(gantry_VIDIOC_STREAMON, &kind)
    guard code == 0 else { throw CaptureFailure(what: "start the stream", code: code) }
  }

  deinit {
    var kind = Int32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    _ = device.request(gantry_VIDIOC_STREAMOFF, &kind)
    for part in memory { device.calls.unmap(part) }
    var none = v4l2_requestbuffers()
    none.type = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    none.memory = UInt32(V4L2_MEMORY_MMAP.rawValue)
    _ = device.request(gantry_VIDIOC_REQBUFS, &none)
  }

  private func map(_ buffer: v4l2_buffer) throws(CaptureFailure) -> UnsafeMutableRawBufferPointer {
    do throws(SystemError) {
      return try device.calls.map(
        device.descriptor.number, length: Int(buffer.length), offset: Int(buffer.m.offset))
    } catch {
      throw CaptureFailure(what: "map memory for pictures", code: error.code)
    }
  }

  /// The next picture; nil while there is none.
  func take() throws(CaptureFailure) -> Filled? {
    var buffer = Self.empty(0)
    let code = device.request(gantry_VIDIOC_DQBUF, &buffer)
    if code == EAGAIN { return nil }
    guard code == 0 else { throw CaptureFailure(what: "take a picture", code: code) }
    let isMonotonic =
      buffer.flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK)
      == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
    let stamp = MonotonicInstant(
      nanoseconds: Int64(buffer.timestamp.tv_sec) * 1_000_000_000
        + Int64(buffer.timestamp.tv_usec) * 1_000)
    let present = device.calls.now()
    return Filled(
      buffer: buffer, sequence: buffer.sequence,
      // Some drivers stamp pictures with the time at which they should come. A picture that is
      // here was not captured later than now, and must not pass for one that was.
      capturedAt: isMonotonic ? min(stamp, present) : present,
      isBroken: buffer.flags & UInt32(V4L2_BUF_FLAG_ERROR) != 0 || buffer.bytesused == 0)
  }

  /// The bytes of a picture, until the buffer is given back.
  func bytes(of filled: Filled) -> UnsafeRawBufferPointer {
    let whole = memory[Int(filled.buffer.index)]
    return UnsafeRawBufferPointer(
      rebasing: whole[..<min(whole.count, Int(filled.buffer.bytesused))])
  }

  /// Gives a buffer back to be filled again.
  func giveBack(_ filled: Filled) throws(CaptureFailure) {
    var buffer = filled.buffer
    try give(&buffer)
  }

  private func give(_ buffer: inout v4l2_buffer) throws(CaptureFailure) {
    let code = device.request(gantry_VIDIOC_QBUF, &buffer)
    guard code == 0 else { throw CaptureFailure(what: "hand out memory for pictures", code: code) }
  }

  private static func empty(_ index: UInt32) -> v4l2_buffer {
    var buffer = v4l2_buffer()
    buffer.index = index
    buffer.type = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    buffer.memory = UInt32(V4L2_MEMORY_MMAP.rawValue)
    return buffer
  }
}
