public import Frames

/// The picture that a grabber makes up when it has no input, as somebody captured it once.
///
/// Pictures are compared by their means over the tiles of a grid, so that neither noise nor the
/// mode of the grabber matters. Most of such a picture is often one colour, which other dark or
/// plain screens have too: what stands out from it must be there as well.
public struct NoInputPicture: Sendable {
  /// Why the picture can't be told from what a recorder may show, in a sentence without a final
  /// stop; nil where it can.
  public let weakness: String?

  private let tiles: [Tile]
  /// The tiles that stand out from the commonest colour.
  private let marks: [Int]

  private static let columns = 48
  private static let rows = 27
  /// How far the mean of a tile may lie off, in levels.
  private static let tolerance = 12
  /// The fewest tiles that must stand out.
  private static let fewestMarks = 8
  /// One tile in so many may be another, and one in so many of those that stand out.
  private static let others = 33
  private static let otherMarks = 8

  /// The means of a part of a picture, in JPEG's encoding.
  private struct Tile {
    var luma: Int
    var blue: Int
    var red: Int

    func isAlike(_ other: Tile) -> Bool {
      abs(luma - other.luma) <= tolerance && abs(blue - other.blue) <= tolerance
        && abs(red - other.red) <= tolerance
    }
  }

  /// Takes a captured picture.
  public init(_ frame: Frame) {
    let tiles = Self.tiles(of: frame)
    let counts = tiles.map { tile in tiles.count(where: tile.isAlike) }
    let common = tiles.indices.max { counts[$0] < counts[$1] }.map { tiles[$0] }
    self.tiles = tiles
    marks = tiles.indices.filter { !(common?.isAlike(tiles[$0]) ?? true) }
    weakness =
      marks.count < Self.fewestMarks
      ? "it is nothing but one colour, which a recorder may show too" : nil
  }

  /// Reads a captured picture from a PNG or JPEG file.
  ///
  /// - Throws: when it can't be read, or can't be told from what a recorder may show.
  public init(contentsOf path: String) throws(PictureError) {
    self.init(try Frame(contentsOf: path))
    if let weakness {
      throw PictureError(
        file: path, reason: "can't be told from a recorder's picture: \(weakness)")
    }
  }

  /// Whether a frame shows the picture.
  public func isShown(in frame: Frame) -> Bool {
    if weakness != nil { return false }
    let seen = Self.tiles(of: frame)
    guard seen.count == tiles.count else { return false }
    let off = tiles.indices.filter { !tiles[$0].isAlike(seen[$0]) }
    let offMarks = marks.count { !tiles[$0].isAlike(seen[$0]) }
    return Self.others * off.count <= tiles.count && Self.otherMarks * offMarks <= marks.count
  }

  /// The means of all tiles; none of a picture that is smaller than its grid.
  private static func tiles(of frame: Frame) -> [Tile] {
    let frame = frame.inJPEGEncoding()
    let planes = [frame.luma, frame.cb, frame.cr].map(means(of:))
    return planes[0].indices.compactMap { at in
      planes.allSatisfy { at < $0.count }
        ? Tile(luma: planes[0][at], blue: planes[1][at], red: planes[2][at]) : nil
    }
  }

  private static func means(of plane: Plane) -> [Int] {
    if plane.width < columns || plane.height < rows { return [] }
    return plane.samples.withUnsafeBufferPointer { samples in
      (0..<(columns * rows)).map { at in
        let (row, column) = (at / columns, at % columns)
        let across =
          (plane.width * column / columns)..<(plane.width * (column + 1) / columns)
        let down = (plane.height * row / rows)..<(plane.height * (row + 1) / rows)
        var sum = 0
        for y in down {
          for x in across { sum &+= Int(samples[y &* plane.width &+ x]) }
        }
        return sum / (across.count * down.count)
      }
    }
  }
}
