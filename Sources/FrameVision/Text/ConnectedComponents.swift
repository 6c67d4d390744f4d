import Frames

/// A connected component: a group of pixels that touch.
struct ConnectedComponent: Sendable, Hashable {
  /// The smallest rectangle around it.
  var box: PixelRect
  /// How many pixels it has.
  var area: Int
}

/// Finds connected groups of marked pixels, row by row over runs.
struct ComponentLabeling {
  private struct Run {
    var left: Int32
    var right: Int32
    var label: Int32
  }

  private var parents: [Int32] = []
  private var left: [Int32] = []
  private var top: [Int32] = []
  private var right: [Int32] = []
  private var bottom: [Int32] = []
  private var areas: [Int32] = []

  /// The components of the pixels that carry a bit; diagonal neighbours are connected.
  ///
  /// - Parameters:
  ///   - bits: a byte a pixel.
  ///   - width: pixels a row.
  ///   - bit: the bit that marks a pixel.
  /// - Returns: the groups, by where their first run begins.
  static func components(in bits: [UInt8], width: Int, bit: UInt8) -> [ConnectedComponent] {
    if width == 0 { return [] }
    var labeling = ComponentLabeling()
    return bits.withUnsafeBufferPointer { labeling.scan($0, width, bit) }
  }

  private mutating func scan(_ bits: UnsafeBufferPointer<UInt8>, _ width: Int, _ bit: UInt8)
    -> [ConnectedComponent]
  {
    var above: [Run] = []
    var current: [Run] = []
    for y in 0..<(bits.count / width) {
      current.removeAll(keepingCapacity: true)
      let start = y * width
      var x = 0
      var first = 0
      while x < width {
        x = Self.firstMarked(bits, start &+ x, start &+ width, bit) &- start
        if x == width { break }
        let begin = x
        while x < width, bits[start &+ x] & bit != 0 { x &+= 1 }
        var run = Run(left: Int32(begin), right: Int32(x), label: -1)
        while first < above.count, Int(above[first].right) < begin { first += 1 }
        var at = first
        while at < above.count, Int(above[at].left) <= x {
          let root = root(above[at].label)
          run.label = run.label < 0 ? root : join(run.label, root)
          at += 1
        }
        add(&run, y: Int32(y))
        current.append(run)
      }
      swap(&above, &current)
    }
    return components()
  }

  /// The first marked pixel from one place on, or the place where to end; most are not, and eight
  /// are looked at together.
  private static func firstMarked(
    _ bits: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ bit: UInt8
  ) -> Int {
    let bytes = UnsafeRawBufferPointer(bits)
    let mask = UInt64(bit) &* 0x0101_0101_0101_0101
    var at = start
    while at &+ 8 <= end {
      let marks = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian & mask
      if marks != 0 { return at &+ marks.trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < end, bits[at] & bit == 0 { at &+= 1 }
    return at
  }

  private mutating func add(_ run: inout Run, y: Int32) {
    if run.label < 0 {
      run.label = Int32(parents.count)
      parents.append(run.label)
      left.append(run.left)
      right.append(run.right)
      top.append(y)
      bottom.append(y)
      areas.append(0)
    }
    let at = Int(run.label)
    left[at] = min(left[at], run.left)
    right[at] = max(right[at], run.right)
    bottom[at] = max(bottom[at], y)
    areas[at] += run.right - run.left
  }

  private mutating func root(_ label: Int32) -> Int32 {
    var at = label
    while parents[Int(at)] != at {
      parents[Int(at)] = parents[Int(parents[Int(at)])]
      at = parents[Int(at)]
    }
    return at
  }

  private mutating func join(_ a: Int32, _ b: Int32) -> Int32 {
    let (first, second) = (root(a), root(b))
    if first == second { return first }
    let (keep, drop) = (Int(min(first, second)), Int(max(first, second)))
    parents[drop] = Int32(keep)
    left[keep] = min(left[keep], left[drop])
    right[keep] = max(right[keep], right[drop])
    top[keep] = min(top[keep], top[drop])
    bottom[keep] = max(bottom[keep], bottom[drop])
    areas[keep] += areas[drop]
    return Int32(keep)
  }

  private func components() -> [ConnectedComponent] {
    parents.indices.filter { Int(parents[$0]) == $0 }.map { at in
      ConnectedComponent(
        box: PixelRect(
          x: Int(left[at]), y: Int(top[at]), width: Int(right[at] - left[at]),
          height: Int(bottom[at] - top[at]) + 1),
        area: Int(areas[at]))
    }
  }
}
