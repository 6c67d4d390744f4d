import Frames

/// Keeps layers as pictures for as long as they do not change.
final class LayerCache {
  /// Which layer of the screen.
  enum Slot: Hashable {
    case window(Int)
    case keyboard
    case notice
    case toast
    case clock
    case cameraName(Int)
  }

  private struct Entry {
    var layer: Layer
    var picture: Picture
  }

  private var entries: [Slot: Entry] = [:]

  /// The layer's picture, drawn anew only when the layer differs from the last one in its slot.
  func picture(of layer: Layer, in slot: Slot, artist: ElementArtist) -> Picture {
    if let entry = entries[slot], entry.layer == layer { return entry.picture }
    let picture = Picture(size: layer.area.size) { painter in
      painter.translate(x: -Double(layer.area.x), y: -Double(layer.area.y))
      for element in layer.elements {
        artist.draw(element, with: painter)
      }
    }
    entries[slot] = Entry(layer: layer, picture: picture)
    return picture
  }
}
