import Bench

/// A frame of the CH9329's serial protocol (WCH, "CH9329 communication protocol", V1.0): head,
/// address, command, length, data, and the low byte of the sum of all of them.
struct CH9329Frame: Hashable, Sendable {
  /// What a frame is about.
  var command: UInt8
  /// At most 64 bytes.
  var data: [UInt8]

  /// The commands that a mouse needs; answers have bit 7 set, refusals bits 7 and 6.
  static let getInformation: UInt8 = 0x01
  static let relativeMouse: UInt8 = 0x05
  static let answer: UInt8 = 0x80
  static let refusal: UInt8 = 0xC0

  private static let head: [UInt8] = [0x57, 0xAB]
  private static let longest = 64

  /// The frame as it goes over the line, to the chip at address 0.
  var bytes: [UInt8] {
    let body = Self.head + [0x00, command, UInt8(data.count)] + data
    return body + [body.reduce(0, &+)]
  }

  /// A report of the relative mouse.
  init(_ report: MouseReport) {
    command = Self.relativeMouse
    // The first byte says relative; movement is two's complement.
    data = [0x01] + report.bytes
  }

  init(command: UInt8, data: [UInt8] = []) {
    self.command = command
    self.data = data
  }

  /// Takes the first whole frame from received bytes, and with it all that stands before it.
  ///
  /// What is no frame, or one with a wrong sum, is passed over.
  static func take(from bytes: inout [UInt8]) -> CH9329Frame? {
    while let start = bytes.firstIndex(of: head[0]) {
      bytes.removeSubrange(..<start)
      guard bytes.count >= 5 else { return nil }
      let length = Int(bytes[4])
      guard bytes[1] == head[1], length <= longest else {
        bytes.removeFirst()
        continue
      }
      let end = 5 + length
      guard bytes.count > end else { return nil }
      guard bytes[..<end].reduce(0, &+) == bytes[end] else {
        bytes.removeFirst()
        continue
      }
      let frame = CH9329Frame(command: bytes[3], data: Array(bytes[5..<end]))
      bytes.removeSubrange(...end)
      return frame
    }
    bytes.removeAll()
    return nil
  }

  /// What a refusal means, in words; nil where the data are none of a refusal.
  static func words(for status: UInt8) -> String {
    switch status {
    case 0xE1: "the frame came too slowly"
    case 0xE2: "the head of the frame was wrong"
    case 0xE3: "the command is unknown"
    case 0xE4: "the sum of the frame was wrong"
    case 0xE5: "a parameter was wrong"
    case 0xE6: "it could not be carried out"
    default: "status \(String(status, radix: 16))"
    }
  }
}
