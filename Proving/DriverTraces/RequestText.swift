import CLinux
import Drivers

/// How a request of `ioctl(2)` and its bytes are written in a trace.
struct RequestText {
  let name: String
  /// Whether the device reads the argument, and whether it writes it (`asm-generic/ioctl.h`).
  private let isRead: Bool
  private let isWritten: Bool
  /// Bytes that mean nothing: those between members, and addresses.
  private let holes: [Range<Int>]

  init(_ request: UInt, pointerAt offset: Int?) {
    let known = Self.known.first { $0.request == request }
    name = known?.name ?? "0x" + String(request, radix: 16)
    isRead = (request >> 30) & 1 != 0
    isWritten = (request >> 31) & 1 != 0
    holes = (known?.holes ?? []) + (offset.map { [$0..<($0 + 8)] } ?? [])
  }

  /// What the device is given.
  func question(
    _ argument: UnsafeMutableRawBufferPointer, _ attachment: RequestAttachment?
  ) -> String {
    guard isRead else { return "-" }
    return text(argument, attachment)
  }

  /// What the device gives back; `=` where that is what it was given.
  func answer(
    _ argument: UnsafeMutableRawBufferPointer, _ attachment: RequestAttachment?, asked: String
  ) -> String {
    guard isWritten else { return "-" }
    let text = text(argument, attachment)
    return text == asked ? "=" : text
  }

  /// Puts what the device gave back where the driver finds it.
  func fill(
    _ argument: UnsafeMutableRawBufferPointer, _ attachment: RequestAttachment?,
    from answer: some StringProtocol
  ) {
    guard answer != "-", answer != "=" else { return }
    let parts = answer.split(separator: "+", omittingEmptySubsequences: false)
    let bytes = TraceText.bytes(parts[0]) ?? []
    for index in argument.indices where !holes.contains(where: { $0.contains(index) }) {
      argument[index] = index < bytes.count ? bytes[index] : 0
    }
    guard parts.count == 2, let memory = attachment?.memory else { return }
    let attached = TraceText.bytes(parts[1]) ?? []
    for index in memory.indices { memory[index] = index < attached.count ? attached[index] : 0 }
  }

  private func text(
    _ argument: UnsafeMutableRawBufferPointer, _ attachment: RequestAttachment?
  ) -> String {
    var bytes = Array(argument)
    for hole in holes { for index in hole where index < bytes.count { bytes[index] = 0 } }
    let attached = attachment.map { "+" + TraceText.trimmedHex(Array($0.memory)) }
    return TraceText.trimmedHex(bytes) + (attached ?? "")
  }

  private static let known: [(request: UInt, name: String, holes: [Range<Int>])] = [
    (gantry_VIDIOC_QUERYCAP, "VIDIOC_QUERYCAP", []),
    (gantry_VIDIOC_ENUM_FMT, "VIDIOC_ENUM_FMT", []),
    (gantry_VIDIOC_ENUM_FRAMEINTERVALS, "VIDIOC_ENUM_FRAMEINTERVALS", []),
    (gantry_VIDIOC_G_FMT, "VIDIOC_G_FMT", [4..<8]),
    (gantry_VIDIOC_S_FMT, "VIDIOC_S_FMT", [4..<8]),
    (gantry_VIDIOC_S_PARM, "VIDIOC_S_PARM", []),
    (gantry_VIDIOC_REQBUFS, "VIDIOC_REQBUFS", []),
    (gantry_VIDIOC_QUERYBUF, "VIDIOC_QUERYBUF", [20..<24]),
    (gantry_VIDIOC_QBUF, "VIDIOC_QBUF", [20..<24]),
    (gantry_VIDIOC_DQBUF, "VIDIOC_DQBUF", [20..<24]),
    (gantry_VIDIOC_STREAMON, "VIDIOC_STREAMON", []),
    (gantry_VIDIOC_STREAMOFF, "VIDIOC_STREAMOFF", []),
    (gantry_VIDIOC_ENUMINPUT, "VIDIOC_ENUMINPUT", []),
    (gantry_VIDIOC_G_INPUT, "VIDIOC_G_INPUT", []),
    (gantry_VIDIOC_G_DV_TIMINGS, "VIDIOC_G_DV_TIMINGS", []),
    (gantry_VIDIOC_S_DV_TIMINGS, "VIDIOC_S_DV_TIMINGS", []),
    (gantry_VIDIOC_QUERY_DV_TIMINGS, "VIDIOC_QUERY_DV_TIMINGS", []),
    (gantry_VIDIOC_G_EDID, "VIDIOC_G_EDID", []),
    (gantry_VIDIOC_S_EDID, "VIDIOC_S_EDID", []),
    (gantry_VIDIOC_SUBSCRIBE_EVENT, "VIDIOC_SUBSCRIBE_EVENT", []),
    (gantry_VIDIOC_DQEVENT, "VIDIOC_DQEVENT", []),
    (gantry_USBDEVFS_RESET, "USBDEVFS_RESET", []),
    (gantry_HIDIOCGFEATURE(9), "HIDIOCGFEATURE(9)", []),
    (gantry_HIDIOCSFEATURE(9), "HIDIOCSFEATURE(9)", []),
  ]
}
