import FrameVision
import Frames
import ScreenKit

/// A screen with a widget, the same screen with one that must not be taken for it, and the template
/// cut from the first: drawn once, and disturbed in many ways.
struct Sheet {
  let kind: Kind
  let template: Template
  /// What the template was cut from, for people to look at.
  let cutting: RGBImage
  /// Where the template is on `screen`.
  let place: PixelRect
  let screen: RGBImage
  /// The screen with the near miss.
  let other: RGBImage
  /// What stands on both screens, where the case is about reading.
  let texts: Texts?
  /// Places that don't count.
  let ignored: [PixelRect]
  /// What else a model has pictures of that is on both screens: parts of the header and the menu.
  let references: [Template]
  /// All places of the template, in reading order, where it is there several times.
  let places: [PixelRect]

  /// Draws a sheet, or nothing where the dice make one that would be unfair: a near miss that
  /// nobody could see, or a template that can't be told from elsewhere.
  init?(_ kind: Kind, seed: UInt64, number: Int) {
    var dice = Dice(seed, UInt64(number), kind.number)
    let subject = Subject(kind, &dice)
    let desktop = Desktop(
      size: subject.size, theme: subject.theme, without: subject.shape, seed: dice.next())
    guard let staging = Staging(subject, on: desktop, &dice) else { return nil }
    self.kind = kind
    place = staging.box
    places = staging.places
    ignored = staging.ignored
    texts = subject.texts

    let before = desktop.draw(time: 0)
    staging.dress(before, isLater: false)
    let after = desktop.draw(time: 7)
    staging.dress(after, isLater: true)
    let near = after.copy()
    staging.put(subject.widget, on: before)
    staging.put(subject.widget, on: after)
    staging.put(subject.other, on: near)
    staging.cover(after)
    staging.cover(near)

    var cutting = before.image().cropped(to: staging.box)
    if kind == .transparent { staging.cutOut(&cutting) }
    self.cutting = cutting
    template = Template(cutting)
    references = Self.references(before.image(), desktop)
    screen = after.image()
    other = near.image()
    if template.weakness != nil || !isVisible(through: .none) { return nil }
  }

  private static func references(_ screen: RGBImage, _ desktop: Desktop) -> [Template] {
    desktop.parts.map { Template(screen.cropped(to: $0)) }.filter { $0.weakness == nil }
  }

  /// Whether the near miss can be seen after a tone change: a change that clips a tint away leaves
  /// nothing that anybody could tell.
  func isVisible(through tone: ToneChange) -> Bool {
    let (clean, peak) = difference(.none)
    if peak < 24 || clean < 300 { return false }
    if tone == .none { return true }
    let (left, leftPeak) = difference(tone)
    return Double(left) > 0.6 * Double(clean) && Double(leftPeak) > 0.6 * Double(peak)
  }

  /// By how much both screens differ at the template's place: the sum over all pixels, and the
  /// most, in levels of the part (red, green or blue) that differs most.
  private func difference(_ tone: ToneChange) -> (sum: Int, peak: Int) {
    var one = Light(screen.cropped(to: place))
    var two = Light(other.cropped(to: place))
    tone.apply(to: &one)
    tone.apply(to: &two)
    var (sum, peak) = (Float(0), Float(0))
    for y in 0..<place.height {
      for x in 0..<place.width {
        let at = y * place.width + x
        if cutting.pixels[4 * at + 3] < 128 { continue }
        let spot = PixelPoint(x: place.x + x, y: place.y + y)
        if ignored.contains(where: { $0.contains(spot) }) { continue }
        let most = max(
          abs(one.red[at] - two.red[at]), abs(one.green[at] - two.green[at]),
          abs(one.blue[at] - two.blue[at]))
        sum += most
        peak = max(peak, most)
      }
    }
    return (Int(sum), Int(peak))
  }
}

extension Kind {
  /// A number of its own, for seeds.
  var number: UInt64 { rawValue.utf8.reduce(7) { $0 &* 131 &+ UInt64($1) } }
}

extension Desktop {
  /// The parts of which a model has pictures: of the header and of the menu.
  var parts: [PixelRect] {
    let (letters, corner) = (theme.textSize, side.y)
    return [
      PixelRect(x: 4, y: 3, width: 16 * letters, height: corner - 6),
      PixelRect(
        x: 4, y: corner + 6, width: side.width - 8, height: min(12 * letters, side.height - 12)),
    ]
  }
}
