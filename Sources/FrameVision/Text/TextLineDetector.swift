import Frames

/// A place that looks like a line of text, before anybody reads it.
struct TextLineCandidate: Sendable, Hashable {
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
  /// Whether the ground changes slowly below the letters, as glass over a picture does.
  var isUneven = false
  /// How many separate marks it is made of.
  var marks: Int
  /// The columns between its marks, from left to right.
  var gaps: [Gap]

  /// Columns in which no mark of a line is.
  struct Gap: Sendable, Hashable {
    var columns: Range<Int>
    /// Whether there is no foreground of what is no mark either.
    var isBlank: Bool
  }

  /// The candidate in a picture of which the one it was found in is a part that begins there.
  func offset(byX x: Int, y: Int) -> TextLineCandidate {
    var candidate = self
    candidate.box = box.offset(byX: x, y: y)
    candidate.gaps = gaps.map {
      Gap(columns: $0.columns.lowerBound + x..<$0.columns.upperBound + x, isBlank: $0.isBlank)
    }
    return candidate
  }

  /// Whether most of another candidate, of letters about as tall, lies in this larger one.
  func isSeenBetter(than other: TextLineCandidate) -> Bool {
    let (tall, low) = (
      max(letterHeight, other.letterHeight), min(letterHeight, other.letterHeight)
    )
    return 2 * tall <= 3 * low && box.size.area >= other.box.size.area
      && 2 * box.intersection(other.box).size.area > other.box.size.area
  }

  /// The candidate in a picture that is so many times as large.
  func enlarged(_ times: Int) -> TextLineCandidate {
    var candidate = self
    candidate.box = PixelRect(
      x: times * box.x, y: times * box.y, width: times * box.width, height: times * box.height)
    candidate.letterHeight *= times
    candidate.gaps = gaps.map {
      Gap(
        columns: times * $0.columns.lowerBound..<times * $0.columns.upperBound, isBlank: $0.isBlank)
    }
    return candidate
  }

  /// Whether another candidate is the same line, but for a pixel or two.
  func isAlike(_ other: TextLineCandidate) -> Bool {
    isLight == other.isLight && isUneven == other.isUneven && abs(box.x - other.box.x) <= 2
      && abs(box.y - other.box.y) <= 2
      && abs(box.maxX - other.box.maxX) <= 2 && abs(box.maxY - other.box.maxY) <= 2
  }
}

/// Finds places that look like lines of text: rows of components of letter size that stand out from
/// a calm ground.
struct TextLineDetector {
  /// The tallest letters that are looked for at full size, in pixels.
  static let tallestLetter = 44
  /// How often the picture is halved to find taller ones.
  private static let halvings = 2
  /// Grounds that vary more than this share of the contrast are pictures, not text.
  private static let mostUnrest = 0.55
  /// Grounds that vary more than this share of the contrast are taken away before reading, where
  /// strokes were looked for.
  private static let evenness = 0.25
  /// The least contrast of a line that stands out from the mean around it, in levels.
  private static let leastContrast = 24
  /// The least contrast of a line of strokes, in levels.
  private static let leastResidue = 18
  /// How far strokes rise above what is wide around them, in levels.
  private static let step: UInt8 = 14

  private let luma: Plane

  private init(_ luma: Plane) {
    self.luma = luma
  }

  /// The candidates of a picture, in reading order; boxes are in its pixels. Those with letters too
  /// tall for the full size are found in halves of the picture.
  static func candidates(in luma: Plane) -> [TextLineCandidate] {
    var (half, found) = (luma, smallCandidates(in: luma))
    for halving in 1...halvings {
      if half.width < 2 * tallestLetter || half.height < tallestLetter { break }
      half = half.halved()
      let large = smallCandidates(in: half).filter { 5 * $0.letterHeight > 2 * tallestLetter }
        .map { $0.enlarged(1 << halving) }
      // What is nearly too tall for one size is seen at both, at one of them in parts.
      for candidate in large where !found.contains(where: { $0.isSeenBetter(than: candidate) }) {
        found.removeAll { candidate.isSeenBetter(than: $0) }
        found.append(candidate)
      }
    }
    return inOrder(found)
  }

  private static func smallCandidates(in luma: Plane) -> [TextLineCandidate] {
    let detector = TextLineDetector(luma)
    let threshold = AdaptiveThreshold(luma)
    return withoutDoubles(
      [AdaptiveThreshold.light, AdaptiveThreshold.dark].flatMap { bit in
        detector.lines(
          of: ComponentLabeling.components(in: threshold.bits, width: threshold.width, bit: bit)
        )
        .compactMap { detector.candidate(around: $0, threshold, bit) }
      })
  }

  /// The candidates of a closer look: lines of strokes on small buttons, on glass beside bright
  /// things, in grey on grey. Much of what it finds in pictures is no text.
  static func fineCandidates(in luma: Plane) -> [TextLineCandidate] {
    let detector = TextLineDetector(luma)
    let lightResidue = TopHat.residue(in: luma, isLight: true)
    let darkResidue = TopHat.residue(in: luma, isLight: false)
    let threshold = AdaptiveThreshold(
      luma, lightResidue: lightResidue, darkResidue: darkResidue, step: step)
    let candidates = [
      (AdaptiveThreshold.light, lightResidue), (AdaptiveThreshold.dark, darkResidue),
    ].map { bit, residue in
      let components = ComponentLabeling.components(
        in: threshold.bits, width: threshold.width, bit: bit)
      let lines = detector.lines(of: components.filter { !isPatch($0) }, withoutStrays: true)
      return withoutDoubles(
        lines.flatMap { detector.candidates(along: $0, threshold, bit, residue) })
    }
    return inOrder(withoutGaps(candidates[0], candidates[1]))
  }

  private static func inOrder(_ candidates: [TextLineCandidate]) -> [TextLineCandidate] {
    candidates.sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
  }

  // MARK: From components to lines

  private static func isLetter(_ component: ConnectedComponent) -> Bool {
    let (width, height) = (component.box.width, component.box.height)
    return height >= 5 && height <= tallestLetter && width <= 30 * height
      && component.area * 8 >= width * height
      && !(width > 6 * height && component.area * 4 > width * height * 3)
  }

  /// What is full and thick is a piece of a picture between other things.
  private static func isPatch(_ component: ConnectedComponent) -> Bool {
    let (width, height) = (component.box.width, component.box.height)
    return 5 * component.area >= 4 * width * height
      && min(width, height) > max(4, max(width, height) * 2 / 7)
  }

  /// Drops what stands around several letters, such as the rim of a button. A letter whose tail runs
  /// into the line below a word is as high as the others, and stands around none.
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
        if frame.contains(other), other.y > frame.y + 1 { inside += 1 }
        if inside > 1 { return false }
      }
      return true
    }.map { letters[$0] }
  }

  private static func isSpeck(_ component: ConnectedComponent) -> Bool {
    component.box.height < 12 && component.box.width < 20 && component.area >= 2
  }

  /// Joins neighbouring letters; each line is a list of its letters' boxes. What stands beside a
  /// line's letters may be dropped.
  private func lines(of components: [ConnectedComponent], withoutStrays: Bool = false)
    -> [[PixelRect]]
  {
    let letters = Self.withoutFrames(
      components.filter(Self.isLetter).map(\.box).sorted { ($0.x, $0.y) < ($1.x, $1.y) })
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
    let specks = components.filter { Self.isSpeck($0) && !Self.isLetter($0) }.map(\.box)
    let lines = members.keys.sorted().compactMap { members[$0] }.map {
      withoutStrays
        ? withSpecks(Self.withoutStrays($0), specks, below: 5) : withSpecks($0, specks, below: 4)
    }
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

  /// Adds the points, commas and strokes that belong to a line, hanging below it by no more than
  /// its height over a number.
  private func withSpecks(_ line: [PixelRect], _ specks: [PixelRect], below: Int) -> [PixelRect] {
    let box = line.reduce(line[0]) { $0.union($1) }
    let reach = PixelRect(
      x: box.x - box.height / 2, y: box.y - box.height / 4, width: box.width + box.height,
      height: box.height + box.height / 4 + box.height / below)
    return line + specks.filter { reach.contains($0) || Self.isMinus($0, of: box) }
  }

  /// Whether a speck is a minus before a line: it lies in the middle of its height, and leaves less
  /// room than a space.
  private static func isMinus(_ speck: PixelRect, of line: PixelRect) -> Bool {
    let gap = line.x - speck.maxX
    return speck.width >= 2 * speck.height && 5 * speck.width <= 4 * line.height
      && gap >= 0 && 3 * gap <= line.height && speck.y > line.y + line.height / 4
      && speck.maxY < line.maxY - line.height / 8
  }

  /// Drops what leaves the band of a line's letters, such as the rim of the button around them.
  private static func withoutStrays(_ line: [PixelRect]) -> [PixelRect] {
    if line.count < 3 { return line }
    var most = (sum: 0, height: 1)
    var band = line
    for letter in line {
      let reach = letter.height * 9 / 20 + 1
      let inside = line.filter { $0.y >= letter.y - reach && $0.maxY <= letter.maxY + reach }
      let sum = inside.reduce(0) { $0 + $1.height }
      let height = inside.reduce(letter) { $0.union($1) }.height
      if sum * most.height > most.sum * height { (most, band) = ((sum, height), inside) }
    }
    return band
  }

  // MARK: From lines to candidates

  /// The candidate of a line; where there is none, the line may be text and something beside it.
  private func candidates(
    along line: [PixelRect], _ threshold: AdaptiveThreshold, _ bit: UInt8, _ residue: [UInt8],
    splits: Int = 3
  ) -> [TextLineCandidate] {
    if let candidate = candidate(around: line, threshold, bit, residue: residue) {
      return [candidate]
    }
    if splits == 0 { return [] }
    let sorted = line.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    var (widest, at, end) = (2, 0, Int.min)
    for (index, mark) in sorted.enumerated() {
      if index > 0, mark.x - end > widest { (widest, at) = (mark.x - end, index) }
      end = max(end, mark.maxX)
    }
    if at == 0 { return [] }
    return [sorted[..<at], sorted[at...]].flatMap {
      candidates(along: Self.withoutStrays(Array($0)), threshold, bit, residue, splits: splits - 1)
    }
  }

  /// The candidate of a line, if it is like text; given how far each pixel rises, where strokes
  /// were looked for.
  private func candidate(
    around line: [PixelRect], _ threshold: AdaptiveThreshold, _ bit: UInt8, residue: [UInt8]? = nil
  ) -> TextLineCandidate? {
    let box = line.reduce(line[0]) { $0.union($1) }
    if box.width < 6 || box.height > Self.tallestLetter * 3 / 2 { return nil }
    let around = box.insetBy(-2).intersection(PixelRect(luma.size))
    var foregroundLevels = [Int](repeating: 0, count: 256)
    var groundLevels = foregroundLevels
    var groundResidue = foregroundLevels
    luma.samples.withUnsafeBufferPointer { samples in
      threshold.bits.withUnsafeBufferPointer { bits in
        for y in around.y..<around.maxY {
          for x in around.x..<around.maxX {
            let at = y &* threshold.width &+ x
            if bits[at] & bit != 0 {
              foregroundLevels[Int(samples[at])] &+= 1
            } else if (x == 0 || bits[at &- 1] & bit == 0)
              && (x &+ 1 == threshold.width || bits[at &+ 1] & bit == 0)
            {
              groundLevels[Int(samples[at])] &+= 1
              if let residue { groundResidue[Int(residue[at])] &+= 1 }
            }
          }
        }
      }
    }
    let isLight = bit == AdaptiveThreshold.light
    let ground = Self.percentile(0.5, groundLevels)
    let tip = Self.percentile(isLight ? 0.7 : 0.3, foregroundLevels)
    let contrast = isLight ? tip - ground : ground - tip
    if contrast < (residue == nil ? Self.leastContrast : Self.leastResidue) { return nil }
    let unrest =
      Double(Self.range(residue == nil ? groundLevels : groundResidue)) / Double(contrast)
    if unrest > Self.mostUnrest { return nil }
    // Where the surroundings look like the foreground, these are the gaps between letters.
    let outside = ring(around: box)
    if abs(outside - ground) > abs(outside - tip) { return nil }
    let tall = line.map(\.height).sorted()
    return TextLineCandidate(
      box: box, isLight: isLight, letterHeight: tall[tall.count * 4 / 5], contrast: contrast,
      ground: ground,
      isUneven: residue != nil
        && Double(Self.range(groundLevels)) > Self.evenness * Double(contrast),
      marks: line.count, gaps: Self.gaps(in: line, box, threshold, bit))
  }

  /// The columns between a line's marks.
  private static func gaps(
    in line: [PixelRect], _ box: PixelRect, _ threshold: AdaptiveThreshold, _ bit: UInt8
  ) -> [TextLineCandidate.Gap] {
    var (gaps, end) = ([TextLineCandidate.Gap](), box.x)
    for mark in line.sorted(by: { $0.x < $1.x }) {
      if mark.x > end {
        let isBlank = (box.y..<box.maxY).allSatisfy { y in
          (end..<mark.x).allSatisfy { threshold.bits[y * threshold.width + $0] & bit == 0 }
        }
        gaps.append(TextLineCandidate.Gap(columns: end..<mark.x, isBlank: isBlank))
      }
      end = max(end, mark.maxX)
    }
    return gaps
  }

  /// The median level just above and below a box.
  private func ring(around box: PixelRect) -> Int {
    var levels = [Int](repeating: 0, count: 256)
    for y in [box.y - 2, box.maxY + 1] where y >= 0 && y < luma.height {
      for x in box.x..<box.maxX { levels[Int(luma[x, y])] += 1 }
    }
    return Self.percentile(0.5, levels)
  }

  /// How far apart most levels lie.
  private static func range(_ levels: [Int]) -> Int {
    percentile(0.85, levels) - percentile(0.15, levels)
  }

  private static func percentile(_ share: Double, _ levels: [Int]) -> Int {
    var left = Int(share * Double(levels.reduce(0, +)))
    for (level, count) in levels.enumerated() {
      left -= count
      if left < 0 { return level }
    }
    return 255
  }

  /// Drops what lies for the most part in a larger candidate.
  private static func withoutDoubles(_ candidates: [TextLineCandidate]) -> [TextLineCandidate] {
    var kept: [TextLineCandidate] = []
    for candidate in candidates.sorted(by: { $0.box.size.area > $1.box.size.area })
    where !kept.contains(where: {
      2 * $0.box.intersection(candidate.box).size.area > candidate.box.size.area
    }) {
      kept.append(candidate)
    }
    return kept
  }

  /// The candidates of both polarities but for those that lie in one of the other polarity with
  /// more and stronger marks: letters are many, the rim around them is one, the gaps between them
  /// are weak.
  private static func withoutGaps(_ lights: [TextLineCandidate], _ darks: [TextLineCandidate])
    -> [TextLineCandidate]
  {
    func weight(_ candidate: TextLineCandidate) -> Int { candidate.marks * candidate.contrast }
    func kept(_ candidates: [TextLineCandidate], among others: [TextLineCandidate])
      -> [TextLineCandidate]
    {
      candidates.filter { candidate in
        !others.contains {
          2 * $0.box.intersection(candidate.box).size.area > candidate.box.size.area
            && weight($0) > 2 * weight(candidate)
        }
      }
    }
    return kept(lights, among: darks) + kept(darks, among: lights)
  }
}
