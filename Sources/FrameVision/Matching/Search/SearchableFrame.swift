import CPixels
public import Frames
import Synchronization

/// A frame with what searching it needs, each part made once and kept: give one to every search
/// on the same frame.
public final class SearchableFrame: Sendable {
  /// The frame itself.
  public let frame: Frame
  /// What is known of the frame's photometric transform.
  public let consensus: PhotometricConsensus

  /// Tells frames apart, also when they are gone.
  final class Mark: Sendable {}
  let mark = Mark()

  private let parts = Mutex(Parts())

  /// What was made so far.
  private struct Parts {
    var pyramids: [TemplateChannel: FramePyramid] = [:]
    var planes: [TemplateChannel: Plane] = [:]
    var range: LevelRange?
  }

  /// Creates a searchable frame; the work is done by the searches.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - consensus: what is known of the transform that all frames of its capture chain share; where
  ///     none is given, what is found in this frame tells.
  public init(_ frame: Frame, consensus: PhotometricConsensus = PhotometricConsensus()) {
    (self.frame, self.consensus) = (frame, consensus)
  }

  /// What templates of a channel are looked for in, at the size of the frame.
  func plane(of channel: TemplateChannel) -> Plane {
    switch channel {
    case .luma: frame.luma
    case .blue, .red:
      parts.withLock { parts in
        if let made = parts.planes[channel] { return made }
        let chroma = channel == .blue ? frame.cb : frame.cr
        let made = FullPlanes.chroma(chroma, of: frame, frame.bounds)
        parts.planes[channel] = made
        return made
      }
    }
  }

  /// Coarser scales of at least a part of the frame: of the whole where that was made already or
  /// is worth making, which is then kept for the next search.
  func pyramid(of channel: TemplateChannel, covering area: PixelRect) -> FramePyramid {
    let base = plane(of: channel)
    return parts.withLock { parts in
      if let made = parts.pyramids[channel] { return made }
      if 4 * area.size.area < frame.size.area {
        // On the same grid as the whole frame's, so that answers are the same.
        let (x, y) = (area.x & ~31, area.y & ~31)
        return FramePyramid(
          base, area: PixelRect(x: x, y: y, width: area.maxX - x, height: area.maxY - y))
      }
      let made = FramePyramid(base, area: frame.bounds)
      parts.pyramids[channel] = made
      return made
    }
  }

  /// The darkest and the lightest levels of areas of four by four pixels, but for a few, full
  /// range.
  var levelRange: LevelRange {
    parts.withLock { parts in
      if let made = parts.range { return made }
      let made = frame.luma.levelRange(limited: frame.encoding.range == .limited)
      parts.range = made
      return made
    }
  }

  /// A place of the frame in JPEG's encoding, with a margin where the frame has one.
  func patch(around rect: PixelRect) -> FramePatch { FramePatch(frame, around: rect) }
}

/// Which plane of a frame a template is looked for in.
enum TemplateChannel: Hashable, Sendable {
  case luma, blue, red
}

/// A part of a frame in JPEG's encoding, chroma with one sample for each two by two pixels.
struct FramePatch {
  let luma: Plane
  /// Where luma's first sample lies in the frame.
  let origin: PixelPoint
  let cb: Plane
  let cr: Plane
  /// Where chroma's first sample lies in the frame, in samples of two by two pixels.
  let chromaOrigin: PixelPoint

  /// How far around a place a comparison looks, in pixels: a block of subsampled chroma.
  private static let margin = 16

  init(_ frame: Frame, around rect: PixelRect) {
    let isJPEG = frame.encoding == .jpeg
    if isJPEG && frame.chromaStepX == 2 && frame.chromaStepY == 2 {
      (luma, origin, cb, cr) = (frame.luma, PixelPoint(x: 0, y: 0), frame.cb, frame.cr)
      chromaOrigin = origin
      return
    }
    let (x, y) = (max(0, rect.x - Self.margin) & ~15, max(0, rect.y - Self.margin) & ~15)
    let part = PixelRect(
      x: x, y: y, width: min(frame.size.width, rect.maxX + Self.margin) - x,
      height: min(frame.size.height, rect.maxY + Self.margin) - y)
    let crop = frame.cropped(to: part).inJPEGEncoding()
    (luma, origin) =
      isJPEG
      ? (frame.luma, PixelPoint(x: 0, y: 0)) : (crop.luma, PixelPoint(x: part.x, y: part.y))
    cb = crop.cb.as420(frame.chromaStepX, frame.chromaStepY)
    cr = crop.cr.as420(frame.chromaStepX, frame.chromaStepY)
    chromaOrigin = PixelPoint(x: part.x / 2, y: part.y / 2)
  }
}

extension Frame {
  /// A part of the frame that begins at an even column and row.
  fileprivate func cropped(to part: PixelRect) -> Frame {
    let (stepX, stepY) = (chromaStepX, chromaStepY)
    let chroma = PixelRect(
      x: part.x / stepX, y: part.y / stepY, width: (part.width + stepX - 1) / stepX,
      height: (part.height + stepY - 1) / stepY)
    return Frame(
      luma: luma.cropped(to: part), cb: cb.cropped(to: chroma), cr: cr.cropped(to: chroma),
      encoding: encoding, number: number, capturedAt: capturedAt)
  }
}

extension Plane {
  fileprivate func levelRange(limited: Bool) -> LevelRange {
    let (step, outliers) = (
      MatchParameters.standard.quickLook.rangeRowStep,
      MatchParameters.standard.quickLook.rangeOutliers
    )
    let (columns, rows) = (width / 4, height / (4 * step))
    if columns == 0 || rows == 0 { return LevelRange(low: 128, high: 128) }
    var ends: [UInt8] = [0, 0]
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: columns * rows) { scratch in
      pixels_level_range(
        samples, width, Int32(columns), Int32(rows), Int32(step),
        Int32(columns * rows / outliers), scratch.baseAddress, &ends)
    }
    let (low, high) = (Float(ends[0]), Float(ends[1]))
    if !limited { return LevelRange(low: low, high: high) }
    // Levels beyond black and white are shown as black and white; a device that calls full range
    // limited sends many of them.
    return LevelRange(
      low: max(0, (low - 16) * 255 / 219), high: min(255, (high - 16) * 255 / 219))
  }

  /// A chroma plane brought to one sample for each two by two pixels; incomplete squares are left
  /// out unless the plane has them already.
  func as420(_ stepX: Int, _ stepY: Int) -> Plane {
    if stepX == 2 && stepY == 2 { return self }
    if stepX == 1 && stepY == 1 { return halved() }
    var halved = Plane(width: width, height: height / 2)
    for y in 0..<halved.height {
      for x in 0..<width {
        halved[x, y] = UInt8((Int(self[x, 2 * y]) + Int(self[x, 2 * y + 1]) + 1) / 2)
      }
    }
    return halved
  }
}
