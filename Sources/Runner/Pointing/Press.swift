import Bench
import Frames

/// A click that was made, as long as nothing else was done since: what a pop-up may have taken.
struct Press {
  /// Where it went.
  var place: Place
  /// The picture that it was aimed on.
  var before: Look
  /// What does not count in that picture.
  var ignored: [PixelRect]
  /// Makes it again.
  var act: Pointing.Act
  /// Whether it was made again.
  var wasRepeated = false
  /// Whether a pop-up has come since, so that nobody knows who took it.
  var isInDoubt = false

  /// The part of the screen around the place in which most clicks show what they do: what is clicked
  /// goes, or looks otherwise. No larger, since pictures move around most windows.
  func surroundings(on screen: PixelSize) -> PixelRect {
    let box = place.box ?? PixelRect(x: place.point.x, y: place.point.y, width: 1, height: 1)
    return box.insetBy(-max(screen.width, screen.height) / 32).intersection(PixelRect(screen))
  }
}
