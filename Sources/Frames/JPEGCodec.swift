import CTurboJPEG

/// Reads and writes JPEG pictures through libjpeg-turbo, without a detour over red, green, blue
/// where frames are concerned.
public enum JPEGCodec {
  /// A frame from the bytes of a JPEG file: the planes as they were compressed.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what an error calls the picture.
  ///   - number: the frame's number.
  ///   - capturedAt: the frame's capture time.
  /// - Returns: the frame; grey pictures get empty chroma.
  /// - Throws: when the bytes are no JPEG file, damaged or cut short, larger than
  ///   ``RGBImage/longestSide``, in a colour space other than YCbCr or grey, or sampled 4:1:1.
  public static func decode(
    _ bytes: [UInt8], named name: String = "JPEG picture", number: Int = 0,
    capturedAt: MonotonicInstant = .zero
  ) throws(PictureError) -> Frame {
    guard bytes.starts(with: [0xFF, 0xD8]) else {
      throw PictureError(file: name, reason: "not a JPEG file")
    }
    let codec = try TurboJPEG(decompressing: name)
    let header = try codec.header(of: bytes)
    let planes = try codec.planes(of: bytes, header)
    return Frame(
      luma: planes[0], cb: planes[1], cr: planes[2], encoding: .jpeg, number: number,
      capturedAt: capturedAt)
  }

  /// The bytes of a JPEG file that holds a frame, with the chroma sampling of the frame.
  ///
  /// Frames that are not encoded as JPEG wants them are converted.
  ///
  /// - Parameters:
  ///   - frame: the picture.
  ///   - quality: 1…100.
  /// - Returns: the whole file.
  /// - Throws: when the frame is empty or larger than ``RGBImage/longestSide``.
  public static func encode(_ frame: Frame, quality: Int = 90) throws(PictureError) -> [UInt8] {
    guard frame.encoding == .jpeg else {
      return try encode(RGBImage(frame), quality: quality, chroma: .quarter)
    }
    if let refusal = frame.size.refusal {
      throw PictureError(file: "JPEG picture", reason: refusal)
    }
    let codec = try TurboJPEG(compressing: "JPEG picture")
    return try codec.encode(frame, quality: max(1, min(100, quality)))
  }

  /// The bytes of a JPEG file that holds a picture, without its opacity.
  ///
  /// - Parameters:
  ///   - image: the picture.
  ///   - quality: 1…100.
  ///   - chroma: how much chroma to keep.
  /// - Returns: the whole file.
  /// - Throws: when the picture is empty or larger than ``RGBImage/longestSide``.
  public static func encode(
    _ image: RGBImage, quality: Int = 90, chroma: ChromaSampling = .quarter
  ) throws(PictureError) -> [UInt8] {
    if let refusal = image.size.refusal {
      throw PictureError(file: "JPEG picture", reason: refusal)
    }
    return try encode(Frame(image: image, encoding: .jpeg, chroma: chroma), quality: quality)
  }

  /// The picture in a JPEG file.
  ///
  /// - Throws: as ``decode(_:named:number:capturedAt:)``, and when the file can't be read.
  public static func read(_ path: String) throws(PictureError) -> Frame {
    try decode(PictureFile.read(path), named: path)
  }
}

/// One libjpeg-turbo instance for one call.
private struct TurboJPEG: ~Copyable {
  struct Header {
    var size: PixelSize
    var subsampling: Int32
  }

  private let handle: tjhandle
  private let name: String

  init(compressing name: String) throws(PictureError) {
    guard let handle = tjInitCompress() else { throw Self.noMemory(name) }
    (self.handle, self.name) = (handle, name)
  }

  init(decompressing name: String) throws(PictureError) {
    guard let handle = tjInitDecompress() else { throw Self.noMemory(name) }
    (self.handle, self.name) = (handle, name)
  }

  deinit { tjDestroy(handle) }

  func header(of bytes: [UInt8]) throws(PictureError) -> Header {
    var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
    guard
      tjDecompressHeader3(
        handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &space) == 0
    else { throw PictureError(file: name, reason: "a damaged JPEG file (\(message))") }
    let size = PixelSize(width: Int(width), height: Int(height))
    if let refusal = size.refusal { throw PictureError(file: name, reason: refusal) }
    guard space == Int32(TJCS_YCbCr.rawValue) || space == Int32(TJCS_GRAY.rawValue) else {
      throw PictureError(file: name, reason: "the colour space is neither YCbCr nor grey")
    }
    guard subsampling >= 0, subsampling != Int32(TJSAMP_411.rawValue) else {
      throw PictureError(file: name, reason: "the chroma sampling is not supported")
    }
    return Header(size: size, subsampling: subsampling)
  }

  func planes(of bytes: [UInt8], _ header: Header) throws(PictureError) -> [Plane] {
    let grey = header.subsampling == Int32(TJSAMP_GRAY.rawValue)
    let layout = PlaneLayout(header.size, header.subsampling, planes: grey ? 1 : 3)
    var outcome: Int32 = -1
    // Each plane is written where it stays.
    var planes: [Plane] = []
    func decode(_ pointers: inout [UnsafeMutablePointer<UInt8>?]) {
      if pointers.count == layout.sizes.count {
        // Scans without number make small progressive files that take minutes.
        outcome = tjDecompressToYUVPlanes(
          handle, bytes, UInt(bytes.count), &pointers, Int32(header.size.width), nil,
          Int32(header.size.height), TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING)
        return
      }
      let size = layout.sizes[pointers.count]
      let samples = [UInt8](unsafeUninitializedCapacity: size.area) { buffer, count in
        pointers.append(buffer.baseAddress)
        decode(&pointers)
        count = size.area
      }
      planes.append(Plane(width: size.width, height: size.height, samples: samples))
    }
    var pointers: [UnsafeMutablePointer<UInt8>?] = []
    decode(&pointers)
    guard outcome == 0 else {
      throw PictureError(file: name, reason: "a damaged JPEG file (\(message))")
    }
    planes.reverse()
    let bounds = PixelRect(header.size)
    if planes[0].size != header.size { planes[0] = planes[0].cropped(to: bounds) }
    if grey {
      let empty = Plane(
        width: (header.size.width + 1) / 2, height: (header.size.height + 1) / 2, filledWith: 128)
      planes += [empty, empty]
    }
    return planes
  }

  func encode(_ frame: Frame, quality: Int) throws(PictureError) -> [UInt8] {
    let subsampling =
      switch (frame.chromaStepX, frame.chromaStepY) {
      case (1, 1): TJSAMP_444
      case (2, 1): TJSAMP_422
      case (1, 2): TJSAMP_440
      default: TJSAMP_420
      }
    let code = Int32(subsampling.rawValue)
    let (width, height) = (Int32(frame.size.width), Int32(frame.size.height))
    let layout = PlaneLayout(frame.size, code, planes: 3)
    let planes = zip([frame.luma, frame.cb, frame.cr], layout.sizes).map { $0.padded(to: $1) }
    var count = tjBufSize(width, height, code)
    var outcome: Int32 = -1
    let encoded = [UInt8](unsafeUninitializedCapacity: Int(count)) { target, size in
      planes[0].samples.withUnsafeBufferPointer { luma in
        planes[1].samples.withUnsafeBufferPointer { cb in
          planes[2].samples.withUnsafeBufferPointer { cr in
            var address = target.baseAddress
            var pointers = [luma.baseAddress, cb.baseAddress, cr.baseAddress]
            outcome = tjCompressFromYUVPlanes(
              handle, &pointers, width, nil, height, code, &address, &count, Int32(quality),
              TJFLAG_NOREALLOC)
          }
        }
      }
      size = outcome == 0 ? Int(count) : 0
    }
    guard outcome == 0 else {
      throw PictureError(file: name, reason: "can't be encoded (\(message))")
    }
    return encoded
  }

  private var message: String {
    tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error"
  }

  private static func noMemory(_ name: String) -> PictureError {
    PictureError(file: name, reason: "no memory for the JPEG codec")
  }
}

/// The sizes of planes that libjpeg-turbo wants: odd pictures are padded to whole chroma samples.
private struct PlaneLayout {
  let sizes: [PixelSize]

  init(_ size: PixelSize, _ subsampling: Int32, planes: Int) {
    sizes = (0..<Int32(planes)).map { component in
      PixelSize(
        width: Int(tjPlaneWidth(component, Int32(size.width), subsampling)),
        height: Int(tjPlaneHeight(component, Int32(size.height), subsampling)))
    }
  }
}

extension Plane {
  /// The plane with its last column and row repeated as far as a larger size goes.
  fileprivate func padded(to size: PixelSize) -> Plane {
    if size == self.size { return self }
    var padded: [UInt8] = []
    padded.reserveCapacity(size.area)
    for y in 0..<size.height {
      let start = min(y, height - 1) * width
      padded += samples[start..<(start + min(width, size.width))]
      padded += repeatElement(samples[start + width - 1], count: max(0, size.width - width))
    }
    return Plane(width: size.width, height: size.height, samples: padded)
  }
}
