import CRawGadget
import Dispatch
import Frames
import Glibc
import SeededRandom
import Synchronization

/// A UVC grabber of the cheap kind behind the kernel's raw gadget: one size, MJPEG, padded with
/// zeros; the first pictures of a stream are wrong ones (USB Video Class 1.0; its stream runs on a bulk endpoint, which the kernel's virtual bus
/// can carry).
final class Dongle: Sendable {
  /// While it holds, the device answers its host and sends no pictures.
  static let isHung = Atomic(false)
  /// While it holds, every other run of pictures is cut short.
  static let cutsShort = Atomic(false)
  /// How many pictures in a row are cut short: longer than a slow reader takes for one, which would
  /// otherwise keep step with the whole pictures and miss the others.
  private static let cutRun = 8

  static let size = PixelSize.hd
  static let rate = 30

  private let gadget: Int32
  private let pictures: [[UInt8]]
  /// What it sends when a stream begins: whole, but of nothing that was ever seen.
  private let firstPicture: [UInt8]
  private let endpoint = Atomic<Int>(-1)
  private let isStreaming = Atomic(false)
  /// How many pictures of the present stream are still to be wrong ones.
  private let badPictures = Atomic(0)

  /// The pictures that it sends in turn, as JPEG files.
  static func pictures() throws -> [[UInt8]] {
    try (0..<3).map { seed in
      var numbers = SplitMix64(state: UInt64(seed))
      var luma = Plane(width: size.width, height: size.height, filledWith: 90)
      // Bars of many greys, so that each picture differs from the others all over.
      for y in 0..<size.height {
        if y % 16 == 0 { numbers = SplitMix64(state: UInt64(seed * 1000 + y)) }
        var level = UInt8(0)
        for x in 0..<size.width {
          if x % 32 == 0 { level = UInt8.random(in: 20...230, using: &numbers) }
          luma[x, y] = level
        }
        if y % 16 != 15 { numbers = SplitMix64(state: UInt64(seed * 1000 + y / 16 * 16)) }
      }
      let chroma = Plane(width: size.width / 2, height: size.height / 2, filledWith: 128)
      return try JPEGCodec.encode(Frame(luma: luma, cb: chroma, cr: chroma))
    }
  }

  /// Plugs the device into a controller.
  ///
  /// - Throws: when the kernel does not let it.
  init(driver: String, controller: String) throws {
    pictures = try Self.pictures()
    let chroma = Plane(width: Self.size.width / 2, height: Self.size.height / 2, filledWith: 90)
    let luma = Plane(width: Self.size.width, height: Self.size.height, filledWith: 60)
    firstPicture = try JPEGCodec.encode(Frame(luma: luma, cb: chroma, cr: chroma))
    gadget = open("/dev/raw-gadget", O_RDWR | O_CLOEXEC)
    guard gadget >= 0, raw_plug(gadget, driver, controller) == 0 else {
      throw CheckFailure("no raw gadget: \(String(cString: strerror(errno)))")
    }
  }

  // MARK: The control pipe

  /// Answers its host for as long as the program lives.
  func serve() {
    DispatchQueue(label: "gantry.checks.dongle").async { [self] in stream() }
    var request = usb_ctrlrequest()
    while true {
      let outcome = raw_wait_for_request(gadget, &request)
      if outcome < 0, errno != EINTR { return }
      if outcome > 0 { answer(request) }
    }
  }

  private func answer(_ request: usb_ctrlrequest) {
    switch (request.bRequestType, request.bRequest) {
    case (0x80, 0x06):
      switch request.wValue >> 8 {
      case 1: reply(DongleDescriptors.device, request)
      case 2: reply(DongleDescriptors.configuration, request)
      case 3: reply(DongleDescriptors.string(Int(request.wValue & 0xFF)), request)
      default: refuse()
      }
    case (0x00, 0x09):
      if endpoint.load(ordering: .relaxed) < 0 {
        let handle = raw_enable_bulk_in(gadget, 0x81, 512)
        endpoint.store(Int(handle), ordering: .releasing)
        _ = raw_configured(gadget, 250)
      }
      accept(request)
    case (0x01, 0x0B): accept(request)
    case (0x21, 0x01):
      accept(request)
      // What is committed to is streamed.
      if request.wValue == 0x0200 {
        badPictures.store(2, ordering: .relaxed)
        isStreaming.store(true, ordering: .relaxed)
      }
    case (0xA1, 0x81...0x84), (0xA1, 0x87): reply(DongleDescriptors.probe, request)
    case (0xA1, 0x85): reply([UInt8(DongleDescriptors.probe.count), 0], request)
    case (0xA1, 0x86): reply([3], request)
    default: refuse()
    }
  }

  private func reply(_ bytes: [UInt8], _ request: usb_ctrlrequest) {
    _ = raw_reply(gadget, bytes, min(UInt32(request.wLength), UInt32(bytes.count)))
  }

  private func accept(_ request: usb_ctrlrequest) {
    var bytes = [UInt8](repeating: 0, count: 256)
    _ = raw_accept(gadget, &bytes, UInt32(min(Int(request.wLength), bytes.count)))
  }

  private func refuse() { _ = raw_refuse(gadget) }

  // MARK: The stream

  private func stream() {
    var (count, toggle): (Int, UInt8) = (0, 0)
    while true {
      usleep(UInt32(1_000_000 / Self.rate))
      guard isStreaming.load(ordering: .relaxed), !Self.isHung.load(ordering: .relaxed) else {
        continue
      }
      var picture = pictures[count % pictures.count]
      if badPictures.load(ordering: .relaxed) > 0 {
        badPictures.subtract(1, ordering: .relaxed)
        picture = firstPicture
      } else if Self.cutsShort.load(ordering: .relaxed), count / Self.cutRun % 2 == 1 {
        picture = Array(picture.prefix(picture.count / 2))
      }
      picture += [UInt8](repeating: 0, count: 64)
      send(picture, toggle)
      count += 1
      toggle ^= 1
    }
  }

  /// Sends a picture as payloads of one transfer each: a header of two bytes, then data (USB Video
  /// Class 1.0, section 2.4.3.2).
  private func send(_ picture: [UInt8], _ toggle: UInt8) {
    let handle = Int32(endpoint.load(ordering: .acquiring))
    let room = DongleDescriptors.payload - 2
    for start in stride(from: 0, to: picture.count, by: room) {
      let part = picture[start..<min(start + room, picture.count)]
      let isLast = part.endIndex == picture.count
      let payload = [2, 0x80 | toggle | (isLast ? 2 : 0)] + part
      if raw_send(gadget, handle, payload, UInt32(payload.count)) < 0 {
        // The host has stopped, or is about to start anew.
        usleep(50_000)
        return
      }
    }
  }
}

/// What the dongle says of itself.
enum DongleDescriptors {
  /// The bytes of a payload, its header included.
  static let payload = 4096
  private static let interval = 10_000_000 / Dongle.rate
  private static let largest = Dongle.size.area * 2

  private static func word(_ number: Int) -> [UInt8] {
    [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)]
  }

  private static func long(_ number: Int) -> [UInt8] { word(number) + word(number >> 16) }

  static let device: [UInt8] =
    [18, 1, 0, 2, 0xEF, 2, 1, 64] + word(0x534D) + word(0x2109) + [0, 1, 1, 2, 3, 1]

  static var configuration: [UInt8] {
    let body = association + control + streaming
    return [9, 2] + word(9 + body.count) + [2, 1, 0, 0x80, 250] + body
  }

  /// Two interfaces that are one video function.
  private static let association: [UInt8] = [8, 11, 0, 2, 14, 3, 0, 0]

  /// A camera terminal, and an output terminal that it leads to.
  private static var control: [UInt8] {
    let camera: [UInt8] = [18, 36, 2, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0]
    let output: [UInt8] = [9, 36, 3, 2, 1, 1, 0, 1, 0]
    let length = 13 + camera.count + output.count
    let header = [13, 36, 1, 0, 1] + word(length) + long(48_000_000) + [1, 1]
    return [9, 4, 0, 0, 0, 14, 1, 0, 0] + header + camera + output
  }

  /// One format with one size at one rate.
  private static var streaming: [UInt8] {
    let format: [UInt8] = [11, 36, 6, 1, 1, 1, 1, 0, 0, 0, 0]
    let bits = largest * 8 * Dongle.rate
    let frame =
      [30, 36, 7, 1, 0] + word(Dongle.size.width) + word(Dongle.size.height) + long(bits)
      + long(bits) + long(largest) + long(interval) + [1] + long(interval)
    let colour: [UInt8] = [6, 36, 13, 1, 1, 4]
    let length = 14 + format.count + frame.count + colour.count
    let header = [14, 36, 1, 1] + word(length) + [0x81, 0, 2, 0, 0, 0, 1, 0]
    let endpoint: [UInt8] = [7, 5, 0x81, 2, 0, 2, 0]
    return [9, 4, 1, 0, 1, 14, 2, 0, 0] + header + format + frame + colour + endpoint
  }

  /// The one answer to all that can be negotiated (UVC 1.0, table 4-47).
  static var probe: [UInt8] {
    [0, 0, 1, 1] + long(interval) + [UInt8](repeating: 0, count: 10) + long(largest) + long(payload)
  }

  static func string(_ index: Int) -> [UInt8] {
    let texts = ["", "MACROSILICON", "USB Video", "20210623"]
    if index == 0 { return [4, 3, 9, 4] }
    let units = Array((texts.indices.contains(index) ? texts[index] : "").utf16)
    return [UInt8(2 + 2 * units.count), 3] + units.flatMap { word(Int($0)) }
  }
}
