import Frames

/// Looks for the part of a picture that never came: the bottom, filled with what decoders start
/// from.
///
/// That is the middle grey of blocks without data, the green of zeroed buffers, or the last row
/// over and over. A screen may show such colours, too; but its pages end where their content ends,
/// and they reach around it. What is missing is cut off, from one side of the picture to the other.
struct MissingPart {
  /// The missing part, where it begins for sure; nil for a whole picture.
  let box: PixelRect?

  /// The least share of the picture that may be missing, in rows: one in so many.
  private static let leastPart = 20
  /// How far a sample of the missing part may be off, in levels.
  private static let slack = 3

  /// Looks at a frame.
  init(_ frame: Frame) {
    box = Self.search(frame)
  }

  private static func search(_ frame: Frame) -> PixelRect? {
    let (width, height) = (frame.size.width, frame.size.height)
    if width < 64 || height < 64 { return nil }
    let fill = Fill(frame)
    var top = height
    while top > 0, fill.isAll(ofRow: top - 1) { top -= 1 }
    if top == 0 || Self.leastPart * (height - top) < height { return smear(frame) }
    let box = PixelRect(x: 0, y: top, width: width, height: height - top)
    if fill.isZeroedBuffer { return box }
    guard fill.isMiddleGrey else { return nil }
    // The last row of blocks came in part.
    if fill.hasStep(above: top) { return box }
    return Self.isCut(frame.luma, above: top, fill: fill.luma) ? box : nil
  }

  /// Whether the rows above a line break off in mid-picture: uprights reach down to it, or noise
  /// does.
  private static func isCut(_ luma: Plane, above top: Int, fill: Int) -> Bool {
    // A codec smears the line a little; grounds reach around what they carry.
    guard top >= 12 else { return false }
    let row = top - 3
    var (alike, uprights, noise, flat) = (0, 0, 0, 0)
    for x in 1..<(luma.width - 1) {
      let here = Int(luma[x, row])
      if abs(here - fill) <= 6 { alike += 1 }
      let step = Int(luma[x + 1, row]) - Int(luma[x - 1, row])
      let higher = Int(luma[x + 1, row - 5]) - Int(luma[x - 1, row - 5])
      if abs(step) >= 24, abs(step - higher) <= abs(step) / 2 { uprights += 1 }
      if abs(step) <= 8 {
        flat += 1
        let above = Int(luma[x, row - 1]) + Int(luma[x, row - 3]) - 2 * Int(luma[x, row - 2])
        noise += abs(above)
      }
    }
    if 3 * alike > luma.width { return false }
    let start = row * luma.width
    if turns(in: luma.samples[start..<(start + luma.width)]) >= 20 { return true }
    return uprights >= 6 || noise > flat && 4 * flat > luma.width
  }

  /// The bottom, where it is one row over and over with much in it.
  private static func smear(_ frame: Frame) -> PixelRect? {
    let luma = frame.luma
    let (width, height) = (luma.width, luma.height)
    let last = luma.samples[((height - 1) * width)...]
    var top = height - 1
    while top > 0, luma.samples[((top - 1) * width)..<(top * width)].elementsEqual(last) {
      top -= 1
    }
    guard height - top >= max(16, height / leastPart), top > 0 else { return nil }
    // Bars and frames have few edges; a row of a picture goes up and down all the way.
    guard turns(in: last) >= 20 else { return nil }
    return PixelRect(x: 0, y: top, width: width, height: height - top)
  }

  /// How often a row goes up or down by sixteen levels before it turns.
  private static func turns(in row: ArraySlice<UInt8>) -> Int {
    var (turns, extreme, direction) = (0, Int(row.first ?? 0), 0)
    for level in row.lazy.map(Int.init) {
      if direction >= 0 ? level > extreme : level < extreme { extreme = level }
      if abs(level - extreme) >= 16 {
        direction = level > extreme ? 1 : -1
        extreme = level
        turns += 1
      }
    }
    return turns
  }

  /// What the lower right corner of a picture is filled with.
  private struct Fill {
    private let frame: Frame
    let luma: Int
    private let cb: Int
    private let cr: Int

    init(_ frame: Frame) {
      self.frame = frame
      luma = Int(frame.luma[frame.size.width - 3, frame.size.height - 2])
      cb = Int(frame.cb[frame.cb.width - 2, frame.cb.height - 1])
      cr = Int(frame.cr[frame.cr.width - 2, frame.cr.height - 1])
    }

    /// Blocks without data are grey in the middle of the scale, also after a mix-up of ranges.
    var isMiddleGrey: Bool {
      luma >= 122 && luma <= 134 && abs(cb - 128) <= 2 && abs(cr - 128) <= 2
    }

    /// All bytes zero are green: as they are, or clipped to what can be shown and back.
    var isZeroedBuffer: Bool {
      luma <= 100 && cb <= 100 && cr <= 90 && abs(cb - cr) <= 40 && luma >= 0
        && (luma <= 4 || (luma >= 50 && abs(cb - 84) <= 24 && abs(cr - 74) <= 24))
    }

    func isAll(ofRow row: Int) -> Bool { isAll(ofRow: row, in: 0..<frame.size.width) }

    private func isAll(ofRow row: Int, in columns: Range<Int>) -> Bool {
      let limits = (luma - MissingPart.slack)...(luma + MissingPart.slack)
      let start = row * frame.size.width
      for x in columns where !limits.contains(Int(frame.luma.samples[start + x])) { return false }
      let (y, step) = (row / frame.chromaStepY, frame.chromaStepX)
      for x in (columns.lowerBound / step)..<min(frame.cb.width, columns.upperBound / step)
      where abs(Int(frame.cb[x, y]) - cb) > MissingPart.slack
        || abs(Int(frame.cr[x, y]) - cr) > MissingPart.slack
      {
        return false
      }
      return true
    }

    /// Whether a row shows, from one column on, something else than the fill for the most part.
    private func isMostlyOther(row: Int, from column: Int) -> Bool {
      let levels = frame.luma.samples[
        (row * frame.size.width + column)..<((row + 1) * frame.size.width)]
      return 2 * levels.count { abs(Int($0) - luma) <= 6 } < levels.count
    }

    /// Whether the fill begins in mid-row: the 8 or 16 rows above a line are filled from one column
    /// of blocks on, and not before.
    func hasStep(above top: Int) -> Bool {
      let width = frame.size.width
      for rows in [8, 16] where top >= rows {
        var column = (width - 1) / 8 * 8
        while column > 0,
          (0..<rows).allSatisfy({ isAll(ofRow: top - 1 - $0, in: (column - 8)..<width) })
        {
          column -= 8
        }
        if column >= 8, width - column >= 16, !isAll(ofRow: top - 2, in: (column - 8)..<column),
          top > rows + 1, isMostlyOther(row: top - rows - 2, from: column)
        {
          return true
        }
      }
      return false
    }
  }
}
