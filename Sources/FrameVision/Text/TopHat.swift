import CPixels
import Frames

/// How far pixels rise above everything wide around them: what is left of a picture when all that
/// a square finds room in is taken away.
///
/// Strokes of letters stay; grounds, small buttons and most of a camera's picture go, however
/// bright. The measure is the top-hat transform (Meyer 1979), the picture less its opening by a
/// square wider than any stroke that is read; the opening is that of the smoothed picture, so that
/// noise does not deepen it.
enum TopHat {
  /// The rise of each pixel above the opening of a picture.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - isLight: whether light strokes are looked for; dark ones otherwise.
  /// - Returns: a byte a pixel, in levels.
  static func residue(in luma: Plane, isLight: Bool) -> [UInt8] {
    let area = luma.size.area
    if area == 0 { return [] }
    return [UInt8](unsafeUninitializedCapacity: area) { residue, count in
      let room = area + 18 * luma.width + 32
      withUnsafeTemporaryAllocation(byteCount: room, alignment: 2) { scratch in
        pixels_top_hat(
          luma.samples, Int32(luma.width), Int32(luma.height), isLight ? 1 : 0, residue.baseAddress,
          scratch.baseAddress)
      }
      count = area
    }
  }
}
