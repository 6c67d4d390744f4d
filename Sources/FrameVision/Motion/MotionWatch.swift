public import Frames

/// What moves on a screen at one moment.
public struct Motion: Sendable, Hashable {
  /// How a part of a screen changes.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// From one picture to the next, to and fro or at once: a moving picture, a menu that comes.
    case moving
    /// Step by step the same way: a picture that fades in or out, however slowly.
    case fading
  }

  /// A part that changes.
  public struct Region: Sendable, Hashable {
    /// Where.
    public var box: PixelRect
    /// How.
    public var kind: Kind

    /// Creates a region.
    public init(box: PixelRect, kind: Kind) {
      self.box = box
      self.kind = kind
    }
  }

  /// The capture time of the picture.
  public var capturedAt: MonotonicInstant
  /// What changes, in reading order. What fades slowly stays listed for up to a second after its
  /// end: only then is it told from a step of the fade.
  public var regions: [Region]
  /// The capture time of the first picture since which nothing has changed: where something has
  /// just come to rest, the end of its animation. The present picture's while something moves.
  public var stillSince: MonotonicInstant
}

/// Follows a screen from picture to picture: what moves, what fades, and since when all is still.
///
/// Each picture is compared with the one before, which shows what moves, and by the means of tiles
/// of 8 by 8 pixels with pictures up to four seconds old, which shows what fades too slowly to be
/// seen from one picture to the next: noise is nearly gone from the means, and a fade adds up.
///
/// What differs by less than six levels between pictures is no change: a fade so slow can't be told
/// from what grabbers do to a picture that stands still.
public struct MotionWatch: Sendable {
  /// How old a picture may be to be compared with.
  public static let memory = Duration.seconds(4)

  /// Up to this age every picture is kept, beyond it one in each of these times.
  private static let (allWithin, oneEvery) = (
    Duration.milliseconds(500), Duration.milliseconds(250)
  )
  /// How long after its last noticed step something still counts as fading.
  public static let fadeLag = Duration.seconds(1)
  /// What the means may differ by without a change, in levels, at least and as a share of the
  /// noise.
  private static let (least, noisy): (Float, Float) = (6, 1.2)
  /// So many neighbouring tiles are a slow change for sure, or one that differs by so many limits.
  private static let (sureCount, sureShare): (Int, Float) = (4, 2)
  /// The share of a fade that its largest step makes up at most.
  private static let largestStep: Float = 0.6

  /// Where is watched; nil for the whole picture.
  /// Where it watches; nil for the whole picture.
  public let region: PixelRect?
  private var last: Frame?
  private var beganAt = MonotonicInstant.zero
  private var lastIgnored: [PixelRect] = []
  private var snapshots: [Snapshot] = []
  private var tiles: [Tile] = []
  /// Which tiles have not counted in any picture yet.
  private var isUnseen: [Bool] = []

  /// What is known of a tile.
  private struct Tile {
    var changedAt: MonotonicInstant
    var kind: Motion.Kind?
    var hasChanged = false
    /// When something near it last changed from one picture to the next: what it changed by itself
    /// then was no fade.
    var lastJumpNear: MonotonicInstant?
  }

  /// Creates a watch that has seen nothing.
  ///
  /// - Parameter region: where to watch; nil for the whole picture.
  public init(in region: PixelRect? = nil) {
    self.region = region
  }

  /// Where anything has changed so far: watched while nothing is done, the places that are alive by
  /// themselves, such as clocks and moving pictures. In reading order.
  public var alive: [PixelRect] {
    guard let last else { return [] }
    let grid = TileGrid(area(of: last))
    return ChangeMap.groups(of: tiles.map(\.hasChanged), columns: grid.columns)
      .map { grid.box(of: $0) }
  }

  /// Takes the next picture.
  ///
  /// - Parameters:
  ///   - frame: a picture captured after the last one. One of another size begins anew.
  ///   - ignored: places that don't count in this picture, such as the pointer.
  /// - Returns: what moves in it.
  public mutating func take(_ frame: Frame, ignoring ignored: [PixelRect] = []) -> Motion {
    let grid = TileGrid(area(of: frame))
    guard let last, last.size == frame.size else {
      begin(with: frame, ignored, grid)
      return Motion(capturedAt: frame.capturedAt, regions: [], stillSince: frame.capturedAt)
    }
    let map = ChangeMap(from: last, to: frame, in: grid.area)
    let hidden = grid.tiles(of: ignored)
    let changes = map.regions(ignoring: ignored + lastIgnored)
    let jumped = grid.tiles(of: changes)
    let isNear = grid.tiles(of: changes.map { $0.insetBy(-ChangeMap.tileSide) })
    var now = Snapshot(frame, grid.area)
    uncover(hidden, showing: now, grid)
    if let before = snapshots.last { now.keep(before, where: hidden, grid) }
    let limit = max(Self.least, Self.noisy * map.noise)
    let drifts = sureDrifts(to: now, limit: limit, except: hidden, grid)
    for at in tiles.indices where !hidden[at] {
      if isNear[at] { tiles[at].lastJumpNear = frame.capturedAt }
      if jumped[at], map.weights[at] > 1 {
        tiles[at].changedAt = frame.capturedAt
        tiles[at].kind = isFade(at, to: now, grid) ? .fading : .moving
        tiles[at].hasChanged = true
      } else if let drift = drifts[at], tiles[at].changedAt <= drift.after {
        let since = drift.by
        tiles[at].changedAt = since
        tiles[at].kind = tiles[at].lastJumpNear.map { since <= $0 } ?? false ? .moving : .fading
        tiles[at].hasChanged = true
      }
    }
    remember(now)
    self.last = frame
    lastIgnored = ignored
    return motion(at: frame.capturedAt, except: hidden, grid)
  }

  private func area(of frame: Frame) -> PixelRect {
    (region ?? frame.bounds).intersection(frame.bounds)
  }

  private mutating func begin(with frame: Frame, _ ignored: [PixelRect], _ grid: TileGrid) {
    last = frame
    lastIgnored = ignored
    beganAt = frame.capturedAt
    isUnseen = grid.tiles(of: ignored)
    snapshots = [Snapshot(frame, grid.area)]
    tiles = [Tile](
      repeating: Tile(changedAt: frame.capturedAt), count: grid.columns * grid.rows)
  }

  /// Takes what is seen for the first time for what has always been there: until now it was hidden,
  /// and what hid it is no change.
  private mutating func uncover(_ hidden: [Bool], showing now: Snapshot, _ grid: TileGrid) {
    let isNew = zip(isUnseen, hidden).map { $0 && !$1 }
    guard isNew.contains(true) else { return }
    for at in snapshots.indices { snapshots[at].keep(now, where: isNew, grid) }
    isUnseen = zip(isUnseen, hidden).map { $0 && $1 }
  }

  /// When something changed: after one snapshot, by the next one.
  private struct Drift {
    var after: MonotonicInstant
    var by: MonotonicInstant
  }

  /// For each tile when its mean last came within the limit of the present one; nil where it has
  /// always been, or where the change may be an accident.
  private func sureDrifts(
    to now: Snapshot, limit: Float, except hidden: [Bool], _ grid: TileGrid
  ) -> [Drift?] {
    var drifts = [Drift?](repeating: nil, count: tiles.count)
    var isStrong = [Bool](repeating: false, count: tiles.count)
    var since = now.capturedAt
    for snapshot in snapshots.reversed() {
      let differences = now.differences(to: snapshot, grid)
      for at in tiles.indices
      where Float(differences[at]) > limit && drifts[at] == nil && !hidden[at] {
        drifts[at] = Drift(after: snapshot.capturedAt, by: since)
        isStrong[at] = Float(differences[at]) > Self.sureShare * limit
      }
      since = snapshot.capturedAt
    }
    for group in ChangeMap.groups(of: drifts.map { $0 != nil }, columns: grid.columns) {
      let members = grid.indices(of: group).filter { drifts[$0] != nil }
      if members.count >= Self.sureCount || members.contains(where: { isStrong[$0] }) { continue }
      for at in members { drifts[at] = nil }
    }
    return drifts
  }

  /// Whether the last steps of a tile's mean all went the same way, none of them nearly all of it.
  private func isFade(_ at: Int, to now: Snapshot, _ grid: TileGrid) -> Bool {
    let levels = (snapshots.suffix(3) + [now]).map { $0.luma(at, grid) }
    guard levels.count == 4, let first = levels.first, let final = levels.last else { return false }
    let steps = zip(levels, levels.dropFirst()).map { $1 - $0 }
    let whole = final - first
    return steps.allSatisfy { $0 * whole >= 0 && abs($0) <= Self.largestStep * abs(whole) }
  }

  /// Keeps a snapshot, and fewer of the old ones.
  private mutating func remember(_ now: Snapshot) {
    snapshots.append(now)
    var kept: [Snapshot] = []
    for snapshot in snapshots {
      let age = snapshot.capturedAt.duration(to: now.capturedAt)
      if age > Self.memory { continue }
      if age > Self.allWithin, let before = kept.last,
        before.capturedAt.duration(to: snapshot.capturedAt) < Self.oneEvery
      {
        continue
      }
      kept.append(snapshot)
    }
    snapshots = kept
  }

  private func motion(
    at instant: MonotonicInstant, except hidden: [Bool], _ grid: TileGrid
  ) -> Motion {
    var stillSince = beganAt
    var changes = [Bool](repeating: false, count: tiles.count)
    for (at, tile) in tiles.enumerated() where !hidden[at] {
      stillSince = max(stillSince, tile.changedAt)
      let age = tile.changedAt.duration(to: instant)
      changes[at] =
        switch tile.kind {
        case nil: false
        case .moving: age == .zero
        case .fading: age < Self.fadeLag
        }
    }
    let regions = ChangeMap.groups(of: changes, columns: grid.columns).map { group in
      let members = grid.indices(of: group).filter { changes[$0] }
      let fading = members.count { tiles[$0].kind == .fading }
      return Motion.Region(
        box: grid.box(of: group), kind: 2 * fading > members.count ? .fading : .moving)
    }
    return Motion(capturedAt: instant, regions: regions, stillSince: stillSince)
  }
}

/// The tiles of a part of a frame, as ``ChangeMap`` has them.
private struct TileGrid {
  let area: PixelRect
  let columns: Int
  let rows: Int

  init(_ area: PixelRect) {
    self.area = area
    columns = (area.width + ChangeMap.tileSide - 1) / ChangeMap.tileSide
    rows = (area.height + ChangeMap.tileSide - 1) / ChangeMap.tileSide
  }

  /// Which tiles rectangles of pixels touch.
  func tiles(of boxes: [PixelRect]) -> [Bool] {
    var tiles = [Bool](repeating: false, count: columns * rows)
    for box in boxes.map({ $0.intersection(area).offset(byX: -area.x, y: -area.y) })
    where !box.isEmpty {
      let (left, right) = (box.x / ChangeMap.tileSide, (box.maxX - 1) / ChangeMap.tileSide)
      for row in (box.y / ChangeMap.tileSide)...((box.maxY - 1) / ChangeMap.tileSide) {
        for column in left...right { tiles[row * columns + column] = true }
      }
    }
    return tiles
  }

  /// The tiles of a group.
  func indices(of group: PixelRect) -> [Int] {
    (group.y..<group.maxY).flatMap { row in
      (group.x..<group.maxX).map { row * columns + $0 }
    }
  }

  /// The pixels of a group of tiles.
  func box(of group: PixelRect) -> PixelRect {
    PixelRect(
      x: area.x + group.x * ChangeMap.tileSide, y: area.y + group.y * ChangeMap.tileSide,
      width: group.width * ChangeMap.tileSide, height: group.height * ChangeMap.tileSide
    ).intersection(area)
  }
}

/// The mean luma and colours of the tiles of a part of a picture.
private struct Snapshot: Sendable {
  let capturedAt: MonotonicInstant
  private var planes: [Plane]

  init(_ frame: Frame, _ area: PixelRect) {
    let (stepX, stepY) = (frame.chromaStepX, frame.chromaStepY)
    let chroma = PixelRect(
      x: area.x / stepX, y: area.y / stepY, width: (area.width + stepX - 1) / stepX,
      height: (area.height + stepY - 1) / stepY)
    capturedAt = frame.capturedAt
    planes =
      [frame.luma.part(area).halved().halved().halved()]
      + [frame.cb, frame.cr].map {
        $0.part(chroma).as420(stepX, stepY).halved().halved()
      }
  }

  /// Takes over what another snapshot shows in some tiles.
  mutating func keep(_ other: Snapshot, where isKept: [Bool], _ grid: TileGrid) {
    for index in planes.indices {
      let (width, height) = (planes[index].width, planes[index].height)
      for y in 0..<min(height, grid.rows) {
        for x in 0..<min(width, grid.columns) where isKept[y * grid.columns + x] {
          planes[index][x, y] = other.planes[index][x, y]
        }
      }
    }
  }

  /// The largest difference of each tile's means to another snapshot's, in levels; 0 for what is
  /// cut off at the right and lower edges.
  func differences(to other: Snapshot, _ grid: TileGrid) -> [UInt8] {
    var most = [UInt8](repeating: 0, count: grid.columns * grid.rows)
    for (mine, theirs) in zip(planes, other.planes) {
      for y in 0..<min(mine.height, grid.rows) {
        let (row, out) = (y * mine.width, y * grid.columns)
        for x in 0..<min(mine.width, grid.columns) {
          let (a, b) = (mine.samples[row + x], theirs.samples[row + x])
          most[out + x] = max(most[out + x], a > b ? a - b : b - a)
        }
      }
    }
    return most
  }

  /// A tile's mean luma, in levels.
  func luma(_ at: Int, _ grid: TileGrid) -> Float {
    let (x, y) = (at % grid.columns, at / grid.columns)
    return x < planes[0].width && y < planes[0].height ? Float(planes[0][x, y]) : 0
  }
}

extension Plane {
  /// What lies in a rectangle; the plane itself where that is all of it.
  fileprivate func part(_ rect: PixelRect) -> Plane {
    let whole = PixelRect(size)
    return rect == whole ? self : cropped(to: rect.intersection(whole))
  }
}
