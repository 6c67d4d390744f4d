import Frames

/// A place that looks like a line of text, before anybody reads it.
struct TextSpot: Sendable, Hashable {
  /// The smallest rectangle around its letters.
  var box: PixelRect
  /// Whether the letters are lighter than what is around them.
  var isLight: Bool
  /// The height of its tall letters, in pixels.
  var letterHeight: Int
  /// How far the letters stand out, in levels.
  var contrast: Int
  /// The level around the letters.
  var ground: Int
  /// How much the ground varies, as a share of the contrast; 0 on a plain dialog.
  var unrest: Double
}

/// Finds places that look like lines of text: rows of blobs of letter size that stand out from a
/// calm ground.
struct TextSpotter {
  /// The tallest letters that are looked for, in pixels.
  static let tallestLetter = 44
  /// Grounds that vary more than this share of the contrast are pictures, not text.
  static let mostUnrest = 0.55

  private let luma: Plane

  private init(_ luma: Plane) {
    self.luma = luma
  }

  /// The spots of a picture, in reading order; boxes are in its pixels.
  static func spots(in luma: Plane) -> [TextSpot] {
    let spotter = TextSpotter(luma)
    let ink = InkMap(luma)
    let spots = [InkMap.light, InkMap.dark].flatMap { bit in
      spotter.lines(of: BlobFinder.blobs(in: ink.bits, width: ink.width, bit: bit))
        .compactMap { spotter.spot(around: $0, ink, bit) }
    }
    return spotter.withoutDoubles(spots).sorted {
      ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x)
    }
  }

  // MARK: From blobs to lines

  private static func isLetter(_ blob: Blob) -> Bool {
    let (width, height) = (blob.box.width, blob.box.height)
    return height >= 5 && height <= tallestLetter && width <= 30 * height
      && blob.area * 8 >= width * height
      && !(width > 6 * height && blob.area * 4 > width * height * 3)
  }

  /// Drops what stands around several letters, such as the rim of a button.
  ///
  /// - Parameter letters: boxes, from left to right.
  /// - Returns: the others, in the same order.
  private static func withoutFrames(_ letters: [PixelRect]) -> [PixelRect] {
    letters.indices.filter { at in
      let frame = letters[at]
      if frame.height < 12 { return true }
      var inside = 0
      for other in letters[(at + 1)...] {
        if other.x >= frame.maxX { break }
        if frame.contains(other), other != frame { inside += 1 }
        if inside > 1 { return false }
      }
      return true
    }.map { letters[$0] }
  }

  private static func isSpeck(_ blob: Blob) -> Bool {
    blob.box.height < 12 && blob.box.width < 20 && blob.area >= 2
  }

  /// Joins neighbouring letters; each line is a list of its letters' boxes.
  private func lines(of blobs: [Blob]) -> [[PixelRect]] {
    let letters = Self.withoutFrames(
      blobs.filter(Self.isLetter).map(\.box).sorted { ($0.x, $0.y) < ($1.x, $1.y) })
    var parents = Array(letters.indices)
    func root(_ at: Int) -> Int {
      var at = at
      while parents[at] != at { at = parents[at] }
      return at
    }
    for (at, letter) in letters.enumerated() {
      // Whatever starts farther right than the widest word space can't be joined.
      var next = at + 1
      let reach = letter.maxX + Self.tallestLetter
      while next < letters.count, letters[next].x <= reach {
        if Self.areNeighbours(letter, letters[next]) {
          let (a, b) = (root(at), root(next))
          parents[max(a, b)] = min(a, b)
        }
        next += 1
      }
    }
    var members: [Int: [PixelRect]] = [:]
    for at in letters.indices { members[root(at), default: []].append(letters[at]) }
    let specks = blobs.filter { Self.isSpeck($0) && !Self.isLetter($0) }.map(\.box)
    let lines = members.keys.sorted().compactMap { members[$0] }.map { withSpecks($0, specks) }
    return joinedOverSpecks(lines)
  }

  /// Joins lines that a wide gap parts, if a colon or the like stands in it.
  private func joinedOverSpecks(_ lines: [[PixelRect]]) -> [[PixelRect]] {
    var joined: [(box: PixelRect, members: [PixelRect])] = []
    let boxed = lines.map { (box: $0.reduce($0[0]) { $0.union($1) }, members: $0) }
    for line in boxed.sorted(by: { ($0.box.x, $0.box.y) < ($1.box.x, $1.box.y) }) {
      let partner = joined.firstIndex { earlier in
        let height = max(earlier.box.height, line.box.height)
        let shared = min(earlier.box.maxY, line.box.maxY) - max(earlier.box.y, line.box.y)
        return 3 * shared >= 2 * height && line.box.x >= earlier.box.x
          && 4 * (line.box.x - earlier.box.maxX) <= 5 * height
      }
      if let partner {
        joined[partner].box = joined[partner].box.union(line.box)
        joined[partner].members += line.members
      } else {
        joined.append(line)
      }
    }
    return joined.map(\.members)
  }

  private static func areNeighbours(_ a: PixelRect, _ b: PixelRect) -> Bool {
    let (tall, low) = (max(a.height, b.height), min(a.height, b.height))
    let shared = min(a.maxY, b.maxY) - max(a.y, b.y)
    return b.x - a.maxX <= tall && 2 * shared >= low && tall <= 3 * low
  }

  /// Adds the points, commas and strokes that belong to a line.
  private func withSpecks(_ line: [PixelRect], _ specks: [PixelRect]) -> [PixelRect] {
    let box = line.reduce(line[0]) { $0.union($1) }
    let reach = PixelRect(
      x: box.x - box.height / 2, y: box.y - box.height / 4, width: box.width + box.height,
      height: box.height * 3 / 2)
    return line + specks.filter { reach.contains($0) }
  }

  // MARK: From lines to spots

  private func spot(around line: [PixelRect], _ ink: InkMap, _ bit: UInt8) -> TextSpot? {
    let box = line.reduce(line[0]) { $0.union($1) }
    if box.width < 6 || box.height > Self.tallestLetter * 3 / 2 { return nil }
    let around = box.insetBy(-2).intersection(PixelRect(luma.size))
    var inkLevels = [Int](repeating: 0, count: 256)
    var groundLevels = inkLevels
    for y in around.y..<around.maxY {
      for x in around.x..<around.maxX {
        let at = y * ink.width + x
        if ink.bits[at] & bit != 0 {
          inkLevels[Int(luma.samples[at])] += 1
        } else if (x == 0 || ink.bits[at - 1] & bit == 0)
          && (x + 1 == ink.width || ink.bits[at + 1] & bit == 0)
        {
          groundLevels[Int(luma.samples[at])] += 1
        }
      }
    }
    let isLight = bit == InkMap.light
    let ground = Self.percentile(0.5, groundLevels)
    let tip = Self.percentile(isLight ? 0.7 : 0.3, inkLevels)
    let contrast = isLight ? tip - ground : ground - tip
    if contrast < 24 { return nil }
    let range = Self.percentile(0.85, groundLevels) - Self.percentile(0.15, groundLevels)
    let unrest = Double(range) / Double(contrast)
    if unrest > Self.mostUnrest { return nil }
    // Where the surroundings look like the ink, these are the gaps between letters.
    let outside = ring(around: box)
    if abs(outside - ground) > abs(outside - tip) { return nil }
    let tall = line.map(\.height).sorted()
    return TextSpot(
      box: box, isLight: isLight, letterHeight: tall[tall.count * 4 / 5], contrast: contrast,
      ground: ground, unrest: unrest)
  }

  /// The median level just above and below a box.
  private func ring(around box: PixelRect) -> Int {
    var levels = [Int](repeating: 0, count: 256)
    for y in [box.y - 2, box.maxY + 1] where y >= 0 && y < luma.height {
      for x in box.x..<box.maxX { levels[Int(luma[x, y])] += 1 }
    }
    return Self.percentile(0.5, levels)
  }

  private static func percentile(_ share: Double, _ levels: [Int]) -> Int {
    var left = Int(share * Double(levels.reduce(0, +)))
    for (level, count) in levels.enumerated() {
      left -= count
      if left < 0 { return level }
    }
    return 255
  }

  /// Drops what lies for the most part in a larger spot.
  private func withoutDoubles(_ spots: [TextSpot]) -> [TextSpot] {
    var kept: [TextSpot] = []
    for spot in spots.sorted(by: { $0.box.size.area > $1.box.size.area })
    where !kept.contains(where: {
      2 * $0.box.intersection(spot.box).size.area > spot.box.size.area
    }) {
      kept.append(spot)
    }
    return kept
  }
}
