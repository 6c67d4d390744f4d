import CPixels
import Frames

/// What was read where, so that an unchanged line is not read again.
struct TextMemory {
  /// The most lines that are kept; the ones longest unseen go first.
  private static let capacity = 400
  /// The mean difference over a square of four pixels each way that noise and compression explain,
  /// in levels, and as a share of how far the letters stand out. One changed letter of the smallest
  /// text makes more than a seventh of that.
  private static let (leastTolerance, mostTolerance, contrasts) = (4, 15, 10)
  /// How often a line is taken from memory before it is read a second time. A text that was caught
  /// while it faded in comes too near to its final look to be told from it; each reading that says
  /// the same again is trusted twice as long.
  private static let firstTrust = 2

  /// How a line is read: what was read in another way does not count.
  struct Manner: Hashable {
    /// The only characters that may occur; nil for any.
    var alphabet: String?
    /// How the line was drawn.
    var drawing = NormalizedTextLine.Drawing.usual
    private var isLight: Bool
    private var isUneven: Bool

    init(
      _ candidate: TextLineCandidate, drawing: NormalizedTextLine.Drawing = .usual,
      alphabet: String? = nil
    ) {
      self.alphabet = alphabet
      self.drawing = drawing
      isLight = candidate.isLight
      isUneven = candidate.isUneven
    }
  }

  private struct Entry {
    var box: PixelRect
    var picture: Plane
    /// What may differ from it without a change, in levels.
    var tolerance: Int
    var manner: Manner
    var line: TextLine
    var seen: Int
    /// The frame that the line was last compared with.
    var frame: Int
    /// How often the line may be taken from memory before it is read anew.
    var trust: Int
    var uses = 0
  }

  private var entries: [Entry] = []
  private var clock = 0
  /// The frame asked about last, and its number: many questions about one frame are one use.
  private var latest: (luma: Plane, number: Int)?

  /// What was read at a candidate, if the frame still shows the same there.
  mutating func line(at box: PixelRect, in luma: Plane, as manner: Manner) -> TextLine? {
    clock += 1
    let frame = number(of: luma)
    for at in entries.indices where Self.areAlike(entries[at].box, box) {
      let entry = entries[at]
      if entry.manner != manner { continue }
      if entry.frame != frame {
        if !Self.shows(luma, entry.picture, at: entry.box, within: entry.tolerance) { continue }
        if entry.uses == entry.trust { return nil }
        entries[at].uses += 1
        entries[at].frame = frame
      }
      entries[at].seen = clock
      return entry.line
    }
    return nil
  }

  private mutating func number(of luma: Plane) -> Int {
    if let latest, latest.luma.isSame(as: luma) { return latest.number }
    let number = (latest?.number ?? 0) + 1
    latest = (luma, number)
    return number
  }

  /// Keeps what was read at a candidate.
  mutating func keep(
    _ line: TextLine, at candidate: TextLineCandidate, in luma: Plane, as manner: Manner
  ) {
    let box = candidate.box
    let around = box.insetBy(-2).intersection(PixelRect(luma.size))
    var trust = Self.firstTrust
    entries.removeAll { entry in
      let isReplaced =
        entry.uses == entry.trust && entry.manner == manner && Self.areAlike(entry.box, box)
      if isReplaced && entry.line.text == line.text { trust = 2 * entry.trust }
      return isReplaced
    }
    entries.append(
      Entry(
        box: around, picture: luma.cropped(to: around),
        tolerance: min(
          Self.mostTolerance, max(Self.leastTolerance, candidate.contrast / Self.contrasts)),
        manner: manner, line: line, seen: clock, frame: number(of: luma), trust: trust))
    if entries.count > Self.capacity {
      entries.sort { $0.seen > $1.seen }
      entries.removeLast(entries.count - Self.capacity * 3 / 4)
    }
  }

  /// Whether a remembered box, two pixels wider each way, is that of a candidate but for a pixel or
  /// two.
  private static func areAlike(_ kept: PixelRect, _ box: PixelRect) -> Bool {
    abs(kept.x + 2 - box.x) <= 2 && abs(kept.y + 2 - box.y) <= 2
      && abs(kept.maxX - 2 - box.maxX) <= 2 && abs(kept.maxY - 2 - box.maxY) <= 2
  }

  /// Whether a frame shows a remembered picture, but for noise.
  private static func shows(
    _ luma: Plane, _ picture: Plane, at box: PixelRect, within tolerance: Int
  ) -> Bool {
    guard PixelRect(luma.size).contains(box) else { return false }
    return luma.samples.withUnsafeBufferPointer { now in
      guard let now = now.baseAddress else { return false }
      return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 3 * box.width) { scratch in
        guard let scratch = scratch.baseAddress else { return true }
        return pixels_squares_are_alike(
          now + box.y * luma.width + box.x, luma.width, picture.samples, Int32(box.width),
          Int32(box.height), Int32(tolerance), scratch) != 0
      }
    }
  }
}
