import Bench
import CLinux
import Frames
import Glibc
import RigDescription

/// Why a capture device did not do as it was told.
struct CaptureFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  var what: String
  /// The system's error number; 0 where the device answered, but not well.
  var code: Int32

  /// Whether the device is no longer there.
  var isGone: Bool { [ENODEV, ENXIO, ENOENT].contains(code) }

  /// Such as `stream on: Input/output error`.
  var description: String { code == 0 ? what : "\(what): \(systemWords(code))" }
}

/// An open video capture device (`Documentation/userspace-api/media/v4l`).
final class V4L2Device {
  let descriptor: Descriptor
  let calls: any SystemCalls
  /// What the driver calls the device.
  let card: String

  /// Opens a node that can capture and stream.
  private init(_ path: String, _ calls: any SystemCalls) throws(CaptureFailure) {
    do throws(FileError) {
      descriptor = try Descriptor(opening: path, O_RDWR | O_NONBLOCK, through: calls)
    } catch {
      throw CaptureFailure(what: "open \(path)", code: error.code)
    }
    self.calls = calls
    var capability = v4l2_capability()
    let code = calls.request(descriptor, gantry_VIDIOC_QUERYCAP, &capability)
    guard code == 0 else {
      throw CaptureFailure(what: "\(path) is no video device", code: code)
    }
    let wanted = UInt32(V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING)
    guard capability.device_caps & wanted == wanted else {
      throw CaptureFailure(what: "\(path) can't capture and stream", code: 0)
    }
    card = withUnsafeBytes(of: capability.card) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Opens a node, whose device may be another one than before, or have forgotten its EDID.
  convenience init(
    _ path: String, edid: [UInt8]?, through calls: any SystemCalls
  ) throws(CaptureFailure) {
    try self.init(path, calls)
    if let edid { try offer(edid: edid) }
  }

  /// The node that a rig file means.
  static func node(
    _ selection: DeviceSelection, in tree: DeviceTree
  ) throws(RigFault) -> String {
    switch selection {
    case .node(let path): return path
    case .match(let match):
      let device = try tree.device(match, of: .capture)
      guard let node = device.node else {
        throw RigFault(.screen, .deviceMissing, "\(device.name) has no node below /dev")
      }
      return node
    }
  }

  /// Makes a request; the error number, 0 where it was done.
  func request<Argument>(_ number: UInt, _ argument: inout Argument) -> Int32 {
    calls.request(descriptor, number, &argument)
  }

  private func demand<Argument>(
    _ what: String, _ number: UInt, _ argument: inout Argument
  ) throws(CaptureFailure) {
    let code = request(number, &argument)
    guard code == 0 else { throw CaptureFailure(what: what, code: code) }
  }

  // MARK: Signal

  /// What the input says of its signal, and the timings that it detects where it can.
  func signal() throws(CaptureFailure) -> (state: SignalState, timings: v4l2_dv_timings?) {
    var timings = v4l2_dv_timings()
    let code = request(gantry_VIDIOC_QUERY_DV_TIMINGS, &timings)
    switch code {
    case 0: return (.live, timings)
    // A recorder without power gives no voltage on its socket either, so a missing voltage does
    // not tell a pulled cable from a dead source: both are no signal.
    case ENOLINK: return (.noSignal, nil)
    case ENOLCK: return (.noSync, nil)
    case ERANGE: return (.outOfRange, nil)
    case ENODEV, ENXIO: throw CaptureFailure(what: "ask for timings", code: code)
    default: return (try inputState(), nil)
    }
  }

  /// What an input without timings says.
  private func inputState() throws(CaptureFailure) -> SignalState {
    var index: Int32 = 0
    guard request(gantry_VIDIOC_G_INPUT, &index) == 0 else { return .live }
    var input = v4l2_input()
    input.index = UInt32(index)
    guard request(gantry_VIDIOC_ENUMINPUT, &input) == 0 else { return .live }
    if input.status & UInt32(V4L2_IN_ST_NO_POWER | V4L2_IN_ST_NO_SIGNAL) != 0 { return .noSignal }
    let unlocked = UInt32(V4L2_IN_ST_NO_H_LOCK | V4L2_IN_ST_NO_SYNC)
    return input.status & unlocked != 0 ? .noSync : .live
  }

  /// Takes over the timings of the signal, unless they are set already.
  func adopt(_ timings: v4l2_dv_timings) throws(CaptureFailure) {
    var present = v4l2_dv_timings()
    if request(gantry_VIDIOC_G_DV_TIMINGS, &present) == 0,
      DetectedTimings(present).isLike(DetectedTimings(timings))
    {
      return
    }
    var wanted = timings
    try demand("set the timings", gantry_VIDIOC_S_DV_TIMINGS, &wanted)
  }

  /// Has changes of the signal told as events, where the driver can.
  func followSource() {
    var subscription = v4l2_event_subscription()
    subscription.type = UInt32(V4L2_EVENT_SOURCE_CHANGE)
    _ = request(gantry_VIDIOC_SUBSCRIBE_EVENT, &subscription)
  }

  /// Takes all events that wait.
  func drainEvents() {
    var event = v4l2_event()
    while request(gantry_VIDIOC_DQEVENT, &event) == 0 {}
  }

  /// Tells the source what the input can take, unless it is told so already: the source takes it
  /// for another display that is plugged in, and may start anew.
  func offer(edid: [UInt8]) throws(CaptureFailure) {
    guard try presentEDID(blocks: edid.count / 128) != edid else { return }
    var code = exchange(edid: edid, gantry_VIDIOC_S_EDID).code
    // Some drivers take one only while the source sees no display.
    if code == EBUSY {
      _ = exchange(edid: [], gantry_VIDIOC_S_EDID)
      code = exchange(edid: edid, gantry_VIDIOC_S_EDID).code
    }
    guard code == 0 else {
      throw CaptureFailure(what: "\(card) does not take the EDID", code: code)
    }
  }

  /// The EDID that the source is shown now; empty where there is none.
  private func presentEDID(blocks: Int) throws(CaptureFailure) -> [UInt8] {
    let none = [UInt8](repeating: 0, count: blocks * 128)
    let (present, code) = exchange(edid: none, gantry_VIDIOC_G_EDID)
    if code == ENOTTY {
      throw CaptureFailure(what: "\(card) takes no EDID: remove edid from the rig file", code: 0)
    }
    return code == 0 ? present : []
  }

  private func exchange(edid: [UInt8], _ number: UInt) -> (blocks: [UInt8], code: Int32) {
    var blocks = edid
    var count = 0
    let code = blocks.withUnsafeMutableBufferPointer { bytes -> Int32 in
      var description = v4l2_edid()
      description.blocks = UInt32(bytes.count / 128)
      description.edid = bytes.baseAddress
      defer { count = Int(description.blocks) * 128 }
      let pointer = MemoryLayout<v4l2_edid>.offset(of: \.edid) ?? 0
      let attachment = RequestAttachment(
        offset: pointer, memory: UnsafeMutableRawBufferPointer(bytes))
      return calls.request(descriptor, number, &description, attachment)
    }
    return (Array(blocks.prefix(count)), code)
  }

  // MARK: Format

  /// The formats that the device offers and frames can be made from, the best first.
  func formats() -> [CaptureFormat] {
    var codes: Set<UInt32> = []
    var description = v4l2_fmtdesc()
    description.type = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    while request(gantry_VIDIOC_ENUM_FMT, &description) == 0 {
      codes.insert(description.pixelformat)
      description.index += 1
    }
    return CaptureFormat.allCases.filter { $0.codes.contains(where: codes.contains) }
  }

  /// Whether a format comes in a mode; devices that don't say are believed to.
  private func offers(_ format: CaptureFormat, _ mode: CaptureMode) -> Bool {
    for code in format.codes {
      var interval = v4l2_frmivalenum()
      interval.pixel_format = code
      interval.width = UInt32(mode.size.width)
      interval.height = UInt32(mode.size.height)
      while true {
        let answer = request(gantry_VIDIOC_ENUM_FRAMEINTERVALS, &interval)
        if answer == ENOTTY { return true }
        guard answer == 0 else { break }
        guard let rate = mode.rate, interval.type == UInt32(V4L2_FRMIVAL_TYPE_DISCRETE.rawValue)
        else { return true }
        let time = interval.discrete
        // Rates such as 29.97 are meant by their round names.
        if Double(time.denominator) / Double(max(1, time.numerator)) > Double(rate) - 0.5 {
          return true
        }
        interval.index += 1
      }
    }
    return false
  }

  /// Sets format, size and rate.
  ///
  /// - Parameters:
  ///   - wanted: the format; nil for the best one that comes in the mode.
  ///   - mode: the size and rate; nil leaves both to the device.
  /// - Returns: how pixels will lie, as the driver has it.
  /// - Throws: when the device has no such mode, or refuses.
  func configure(
    _ wanted: CaptureFormat?, mode: CaptureMode?
  ) throws(CaptureFailure) -> CaptureLayout {
    var candidates = wanted.map { [$0] } ?? formats()
    if wanted == nil, let mode {
      let fitting = candidates.filter { offers($0, mode) }
      if !fitting.isEmpty { candidates = fitting }
    }
    for format in candidates {
      var description = v4l2_format()
      description.type = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
      try demand("ask for the format", gantry_VIDIOC_G_FMT, &description)
      if let mode {
        description.fmt.pix.width = UInt32(mode.size.width)
        description.fmt.pix.height = UInt32(mode.size.height)
      }
      description.fmt.pix.pixelformat = format.codes[0]
      description.fmt.pix.field = UInt32(V4L2_FIELD_NONE.rawValue)
      description.fmt.pix.bytesperline = 0
      try demand("set the format", gantry_VIDIOC_S_FMT, &description)
      let pixels = description.fmt.pix
      guard CaptureFormat(code: pixels.pixelformat) == format else { continue }
      let size = PixelSize(width: Int(pixels.width), height: Int(pixels.height))
      if let mode, size != mode.size { continue }
      setRate(mode?.rate)
      return Self.layout(pixels, format, size)
    }
    let list = formats().map(\.rawValue).joined(separator: ", ")
    throw CaptureFailure(
      what: "\(card) has no \(mode.map { "\($0) in " } ?? "")\(wanted?.rawValue ?? "usable format")"
        + " (it offers: \(list.isEmpty ? "none that is known here" : list))", code: 0)
  }

  private func setRate(_ rate: Int?) {
    guard let rate else { return }
    var parameters = v4l2_streamparm()
    parameters.type = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    parameters.parm.capture.timeperframe = v4l2_fract(numerator: 1, denominator: UInt32(rate))
    _ = request(gantry_VIDIOC_S_PARM, &parameters)
  }

  private static func layout(
    _ pixels: v4l2_pix_format, _ format: CaptureFormat, _ size: PixelSize
  ) -> CaptureLayout {
    var pixels = pixels
    let encoding = ColorEncoding(
      range: gantry_is_full_range(&pixels) != 0 ? .full : .limited,
      matrix: gantry_is_bt709(&pixels) != 0 ? .bt709 : .bt601)
    return CaptureLayout(
      format: format, size: size, stride: Int(pixels.bytesperline), encoding: encoding)
  }
}

extension DetectedTimings {
  /// Reads the driver's description.
  init(_ timings: v4l2_dv_timings) {
    var bt = timings.bt
    size = PixelSize(width: Int(bt.width), height: Int(bt.height))
    isInterlaced = bt.interlaced != 0
    rate = gantry_frame_rate(&bt)
  }
}

extension SystemCalls {
  /// Makes a request of an open device; the error number, 0 where it was done.
  fileprivate func request<Argument>(
    _ descriptor: Descriptor, _ number: UInt, _ argument: inout Argument,
    _ attachment: RequestAttachment? = nil
  ) -> Int32 {
    withUnsafeMutableBytes(of: &argument) { bytes in
      -min(0, ioctl(descriptor.number, number, bytes, attachment))
    }
  }
}
