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
  /// Whether it was surely taken by what it was meant for: a picture captured well after it shows no
  /// pop-up, so that one that comes later was not there.
  var wasTaken = false
  /// When a pop-up was sent away that came since, so that nobody knows who took it; nil where none
  /// did, or it was made again.
  var doubtedSince: MonotonicInstant?

  /// The part of the screen around the place in which most clicks show what they do: what is clicked
  /// goes, or looks otherwise. No larger, since pictures move around most windows.
  ///
  /// - Returns: nil where nothing was clicked but a point: what that does may show anywhere.
  func surroundings(on screen: PixelSize) -> PixelRect? {
    guard let box = place.box else { return nil }
    return box.insetBy(-max(screen.width, screen.height) / 32).intersection(PixelRect(screen))
  }
}
