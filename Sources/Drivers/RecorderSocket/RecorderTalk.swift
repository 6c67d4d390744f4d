package import Bench
package import Frames

/// What is asked of a recorder that is a process of its own: what a rig's wires carry, and nothing
/// else. Instants are those of the host's monotonic clock, which both ends share.
package enum RecorderQuestion: Codable, Hashable, Sendable {
  /// What ``Screen/reading(after:by:)`` asks.
  case reading(after: MonotonicInstant, by: MonotonicInstant)
  /// A report to be put on the bus.
  case report(MouseReport, by: MonotonicInstant)
  /// The state of the bus.
  case bus
  /// An order to the relay.
  case power(on: Bool, by: MonotonicInstant)
  /// What the relay reads back, and what is sensed behind it.
  case supply
  /// What lies in some folders of the mailbox.
  case listing([String], by: MonotonicInstant)
  /// What has come there since a listing was taken.
  case arrivals([String], since: MailListing, by: MonotonicInstant)
  /// Whether an arrival lay there when a listing was taken.
  case isKnown(MailEntry, to: MailListing, by: MonotonicInstant)
  /// The header of a message.
  case header(MailIdentifier, by: MonotonicInstant)
  /// A whole message.
  case message(MailIdentifier, by: MonotonicInstant)
  /// Whether mail gets through.
  case probe(by: MonotonicInstant)
}

/// What such a recorder answers. Planes and messages follow their answer as bytes.
package enum RecorderAnswer: Codable, Hashable, Sendable {
  /// A picture, whose planes follow.
  case picture(PictureShape)
  /// No picture, but a state of the signal.
  case noPicture(SignalState, at: MonotonicInstant)
  /// What became of a report.
  case delivery(MouseDelivery)
  /// The state of the bus.
  case bus(USBBusState)
  /// The relay has taken its order.
  case switched
  /// What the relay reads back, and what is sensed; nil where nothing senses.
  case supply(readBack: Bool?, sensed: Bool?)
  /// What lies in the mailbox.
  case listing(MailListing)
  /// What has come.
  case arrivals([MailEntry])
  /// Whether an arrival was known.
  case known(Bool)
  /// Whether a message is there; its bytes follow.
  case mail(isThere: Bool)
  /// What became of a mail that the mailbox sent itself.
  case probe(MailProbe)
  /// The rig around the recorder is at fault.
  case fault(RigFault)
}

/// A frame without its planes, which follow one after the other: luma, Cb, Cr.
package struct PictureShape: Codable, Hashable, Sendable {
  /// The size of luma.
  package var luma: PixelSize
  /// The size of either chroma.
  package var chroma: PixelSize
  /// What the planes' numbers stand for.
  package var encoding: ColorEncoding
  /// The frame's number.
  package var number: Int
  /// When it was captured.
  package var capturedAt: MonotonicInstant

  /// The shape of a frame that was captured at an instant of the host's.
  package init(_ frame: Frame, capturedAt: MonotonicInstant) {
    luma = frame.luma.size
    chroma = frame.cb.size
    encoding = frame.encoding
    number = frame.number
    self.capturedAt = capturedAt
  }

  /// The longest side of a picture that is taken.
  private static let longestSide = 1 << 13

  /// The frame with its planes; nil where they have another shape.
  func frame(of bytes: [UInt8]) -> Frame? {
    let sides = [luma.width, luma.height, chroma.width, chroma.height]
    guard sides.allSatisfy({ 1...Self.longestSide ~= $0 }),
      chroma.width == luma.width || chroma.width == (luma.width + 1) / 2,
      chroma.height == luma.height || chroma.height == (luma.height + 1) / 2,
      bytes.count == luma.area + 2 * chroma.area
    else { return nil }
    func plane(_ size: PixelSize, at offset: Int) -> Plane {
      Plane(
        width: size.width, height: size.height,
        samples: Array(bytes[offset..<(offset + size.area)]))
    }
    return Frame(
      luma: plane(luma, at: 0), cb: plane(chroma, at: luma.area),
      cr: plane(chroma, at: luma.area + chroma.area), encoding: encoding, number: number,
      capturedAt: capturedAt)
  }
}
