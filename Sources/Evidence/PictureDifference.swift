import Frames

/// How a part of a kept frame differs from the picture that was expected there.
///
/// The grabber's tone is taken out first: the expected picture's brightness is fitted to the frame's,
/// by gain and offset over the whole part, as a person would who compares the two. It shows people
/// where to look; what the run decided by is in the journal.
struct PictureDifference {
  /// The differences as colours over the frame's brightness: the same is grey, the most is yellow.
  let heat: RGBImage
  /// The share of pixels that differ visibly, 0…1.
  let share: Double
  /// The window of the largest difference, in the frame; nil where nothing differs visibly.
  let worst: PixelRect?

  /// Steps of brightness that people see beside each other, after noise and compression.
  private static let visible = 24.0
  /// The windows' side in pixels.
  private static let window = 16

  /// Compares a part of a frame with a picture of its size.
  ///
  /// - Returns: nil where the part does not lie in the frame.
  init?(frame: Plane, at box: PixelRect, expected: RGBImage) {
    guard box.size == expected.size, !box.isEmpty,
      PixelRect(frame.size).intersection(box) == box
    else { return nil }
    self.init(
      seen: frame.cropped(to: box),
      expected: Frame(image: expected, encoding: .jpeg, chroma: .full).luma, at: box)
  }

  /// Compares two pictures of one size.
  ///
  /// - Returns: nil where their sizes differ.
  init?(seen: Plane, expected: Plane) {
    guard seen.size == expected.size, seen.size.area > 0 else { return nil }
    self.init(seen: seen, expected: expected, at: PixelRect(seen.size))
  }

  private init(seen: Plane, expected wanted: Plane, at box: PixelRect) {
    let (gain, offset) = Self.fit(wanted, to: seen)
    var heat = RGBImage(size: box.size, filledWith: RGBColor(red: 0, green: 0, blue: 0))
    var differing = 0
    let columns = (box.width + Self.window - 1) / Self.window
    let rows = (box.height + Self.window - 1) / Self.window
    var sums = [Double](repeating: 0, count: columns * rows)
    for y in 0..<box.height {
      for x in 0..<box.width {
        let difference = abs(Double(seen[x, y]) - (gain * Double(wanted[x, y]) + offset))
        heat[x, y] = Self.color(difference, over: seen[x, y])
        guard difference >= Self.visible else { continue }
        differing += 1
        sums[y / Self.window * columns + x / Self.window] += difference
      }
    }
    self.heat = heat
    share = Double(differing) / Double(box.size.area)
    let most = sums.indices.max { sums[$0] < sums[$1] } ?? 0
    worst =
      differing == 0
      ? nil
      : PixelRect(
        x: box.x + most % columns * Self.window, y: box.y + most / columns * Self.window,
        width: Self.window, height: Self.window
      ).intersection(box)
  }

  /// Gain and offset by least squares; a picture of one brightness has only an offset.
  private static func fit(_ plane: Plane, to other: Plane) -> (gain: Double, offset: Double) {
    let count = Double(plane.samples.count)
    let a = plane.samples.reduce(0.0) { $0 + Double($1) } / count
    let b = other.samples.reduce(0.0) { $0 + Double($1) } / count
    var (both, own) = (0.0, 0.0)
    for (x, y) in zip(plane.samples, other.samples) {
      both += (Double(x) - a) * (Double(y) - b)
      own += (Double(x) - a) * (Double(x) - a)
    }
    // What is something else altogether is not explained by turning the contrast round or off.
    let gain = own > 0 ? min(max(both / own, 0.7), 1.3) : 1
    return (gain, b - gain * a)
  }

  private static func color(_ difference: Double, over luma: UInt8) -> RGBColor {
    let grey = 20 + Double(luma) / 4
    let heat = min(1, max(0, difference - visible / 2) / 96)
    func mixed(_ value: Double) -> UInt8 {
      UInt8(min(255, max(0, grey * (1 - min(1, 3 * heat)) + value * min(1, 3 * heat))))
    }
    return RGBColor(
      red: mixed(255), green: mixed(255 * max(0, heat - 0.25) / 0.75), blue: mixed(60 * (1 - heat)))
  }
}
