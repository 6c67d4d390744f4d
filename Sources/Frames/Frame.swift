/// How the numbers of a frame's planes stand for light and colour.
public struct ColorEncoding: Hashable, Sendable, Codable {
  /// The span of luma values between black and white.
  public enum Range: String, Sendable, Codable {
    /// 16 to 235 for luma, 16 to 240 for chroma, as video does.
    case limited
    /// 0 to 255, as JPEG does.
    case full
  }

  /// The weights of red, green and blue in luma.
  public enum Matrix: String, Sendable, Codable {
    /// ITU-R BT.601, used by standard definition and JPEG.
    case bt601
    /// ITU-R BT.709, used by high definition.
    case bt709
  }

  /// The span of values.
  public var range: Range
  /// The weights of the primaries.
  public var matrix: Matrix

  /// Creates an encoding.
  public init(range: Range, matrix: Matrix) {
    self.range = range
    self.matrix = matrix
  }

  /// What JPEG files and MJPEG grabbers deliver: BT.601 in full range.
  public static let jpeg = ColorEncoding(range: .full, matrix: .bt601)
}

/// One captured picture with its number and capture time.
///
/// A frame is what grabbers deliver: luma at full size and two chroma planes at half width and
/// half (4:2:0) or full (4:2:2) height; full chroma (4:4:4) comes from picture files. Copies share
/// the planes.
public struct Frame: Sendable {
  /// Luma, at the size of the picture.
  public let luma: Plane
  /// Blue difference, centred on 128.
  public let cb: Plane
  /// Red difference, centred on 128.
  public let cr: Plane
  /// What the planes' numbers stand for, as far as the driver knows.
  public let encoding: ColorEncoding
  /// Counts the frames of one screen from its opening; gaps are frames that were not read.
  public let number: Int
  /// When the picture was captured.
  public let capturedAt: MonotonicInstant
  /// What was captured, where this picture was made of it at another size; nothing elsewhere.
  private var source: [Frame] = []

  /// Creates a frame from its planes.
  ///
  /// - Precondition: both chroma planes have the same size, which is the luma's size, or that
  ///   size halved (rounded up) across, or halved across and down.
  public init(
    luma: Plane, cb: Plane, cr: Plane, encoding: ColorEncoding = .jpeg, number: Int = 0,
    capturedAt: MonotonicInstant = .zero
  ) {
    precondition(cb.size == cr.size, "both chroma planes have one size")
    precondition(
      (cb.width == luma.width || cb.width == (luma.width + 1) / 2)
        && (cb.height == luma.height || cb.height == (luma.height + 1) / 2),
      "chroma has the size of luma, or half of it")
    self.luma = luma
    self.cb = cb
    self.cr = cr
    self.encoding = encoding
    self.number = number
    self.capturedAt = capturedAt
  }

  /// Creates a frame of another size from a captured one, with its number and time.
  ///
  /// - Precondition: as for other planes.
  init(luma: Plane, cb: Plane, cr: Plane, of captured: Frame) {
    self.init(
      luma: luma, cb: cb, cr: cr, encoding: captured.encoding, number: captured.number,
      capturedAt: captured.capturedAt)
    source = [captured.asCaptured]
  }

  /// The picture as it was captured: another one where this one was brought to another size.
  public var asCaptured: Frame { source.first ?? self }

  /// Width and height in pixels.
  public var size: PixelSize { luma.size }

  /// The rectangle of the whole picture.
  public var bounds: PixelRect { PixelRect(size) }

  /// How many luma columns share one chroma sample: 1 or 2.
  public var chromaStepX: Int { cb.width == luma.width ? 1 : 2 }

  /// How many luma rows share one chroma sample: 1 or 2.
  public var chromaStepY: Int { cb.height == luma.height ? 1 : 2 }

  /// The same picture under another number and time; the planes are shared.
  public func stamped(number: Int, at instant: MonotonicInstant) -> Frame {
    var stamped = Frame(
      luma: luma, cb: cb, cr: cr, encoding: encoding, number: number, capturedAt: instant)
    stamped.source = source.map { $0.stamped(number: number, at: instant) }
    return stamped
  }
}
