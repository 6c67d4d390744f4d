import Bench
import FrameVision
import Frames
import RecorderModel
import Scenario

/// Where the parts of a screen are that are named, or hang on something.
extension TargetFinder {
  /// What a region is in every picture.
  enum Extent {
    /// A part of the screen that is always there.
    case fixed(PixelRect)
    /// One that goes where something else goes.
    case hanging(HangingRegion)

    var rect: PixelRect? { if case .fixed(let rect) = self { rect } else { nil } }
    var hanging: HangingRegion? { if case .hanging(let region) = self { region } else { nil } }
  }

  func extent(of region: Region) throws(Stop) -> Extent {
    switch region {
    case .rect(let rect): return .fixed(rect)
    case .part(let part): return .fixed(part.rect(of: model.screen))
    case .around(.image(let name)):
      return .hanging(HangingRegion(on: .image(try values.name(name)), .around))
    case .around(.label(let key)):
      return .hanging(HangingRegion(on: .label(try values.name(key)), .around))
    case .named(let text):
      let name = try values.name(text)
      if let hanging = model.hangingRegions[name] { return .hanging(hanging) }
      guard let rect = model.regions[name] else {
        throw Stop(.modelIncomplete, "\(text.location): the model has no region named \(name)")
      }
      return .fixed(rect)
    }
  }

  /// Where a region is in one picture.
  enum RegionSight {
    /// Its pixels; nil for the whole screen.
    case here(PixelRect?)
    /// What it hangs on is not there, or nothing is drawn around it.
    case absent(Sighting)
  }

  /// Looks where a region is in a picture; one that is left out is the whole screen.
  func locate(_ region: Region?, on look: Look, in step: StepState) async throws(Stop)
    -> RegionSight
  {
    guard let region else { return .here(nil) }
    switch try extent(of: region) {
    case .fixed(let rect): return .here(rect)
    case .hanging(let hanging): return try await rect(of: hanging, on: look, in: step)
    }
  }

  func rect(
    of region: HangingRegion, on look: Look, in step: StepState
  ) async throws(Stop) -> RegionSight {
    let anchor = Target(
      kind: region.anchor.kind(at: model.location), region: nil, location: model.location)
    let sighting = try await search(sign(of: anchor), on: look, in: step)
    guard sighting.holds, let place = sighting.places.first?.box else {
      let words = sighting.words ?? "nothing like it was seen"
      return .absent(
        Sighting(
          kind: .absent, words: "what its region hangs on is not there: \(words)",
          unclear: sighting.unclear))
    }
    switch region.extent {
    case .box(let box):
      return .here(box.offset(byX: place.x, y: place.y).intersection(PixelRect(model.screen)))
    case .around:
      if let box = look.frame.box(around: place) { return .here(steady(box, of: region)) }
      // Lines that can't be told are no evidence against the recorder.
      return .absent(
        Sighting(
          kind: .absent, words: "no box is seen around what stands at \(place)",
          unclear: "something may lie over a side of the box"))
    }
  }

  /// A box whose sides wander by a pixel from picture to picture, which is noise, stands where it was.
  private func steady(_ box: PixelRect, of region: HangingRegion) -> PixelRect {
    if let last = boxes[region], box.insetBy(-3).contains(last), last.insetBy(-3).contains(box) {
      return last
    }
    boxes[region] = box
    return box
  }

  /// Where a target is looked for; nil for anywhere, or where something else says.
  func region(of target: Target) throws(Stop) -> PixelRect? {
    if let region = target.region { return try extent(of: region).rect }
    switch target.kind {
    case .image(let name): return model.images[try values.name(name)]?.region
    case .label(let key): return model.labels[try values.name(key)]?.region
    case .beside(_, let other, _): return try region(of: other)
    case .text, .point, .anyOf, .group, .keyboardDismissal: return nil
    }
  }
}
