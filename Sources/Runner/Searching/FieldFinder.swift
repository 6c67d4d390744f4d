import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Finds the text fields of a model in a picture: where they always are, or beside their labels.
struct FieldFinder {
  /// What came of looking for a field.
  enum Sight {
    /// It is there.
    case here(TextField)
    /// It is not: its label, and what was seen instead.
    case absent(label: Target, Sighting)
    /// The pointer lies on it, so that what stands in it can't be told.
    case hidden(PixelRect, label: Target)
  }

  /// What to do where no box is seen.
  static let wayOut = "where it always lies in one place, its model may say that by box"

  let model: RecorderModel
  let finder: TargetFinder

  /// What a model says of a field.
  func description(of name: String, at location: SourceLocation) throws(Stop) -> FieldDescription {
    guard let field = model.fields[name] else {
      throw Stop(.modelIncomplete, "\(location): the model has no field named \(name)")
    }
    return field
  }

  /// The label that shows that a field is there.
  func label(of name: String, at location: SourceLocation) throws(Stop) -> Target {
    guard let key = try description(of: name, at: location).label(named: name, of: model) else {
      throw Stop(
        .modelIncomplete, "\(location): nothing shows whether the field \(name) is there")
    }
    return Target(
      kind: .label(ValueText(constant: key, at: location)), region: nil, location: location)
  }

  /// Looks for a field in a picture.
  func look(
    for name: String, at location: SourceLocation, on look: Look, in step: StepState
  ) async throws(Stop) -> Sight {
    let field = try description(of: name, at: location)
    let target = try label(of: name, at: location)
    let sighting = try await finder.search(target, on: look, in: step)
    guard sighting.holds, let place = sighting.places.first?.box else {
      return .absent(label: target, sighting)
    }
    switch box(of: field, label: place, on: look, pointer: await step.device.pointerBox) {
    case .here(let box): return .here(TextField(box: box, display: field.display))
    case .hidden(let part): return .hidden(part, label: target)
    case .absent:
      return .absent(
        label: target,
        Sighting(
          kind: .absent,
          words: "the words at \(place), but no box of a field beside them; \(Self.wayOut)"))
    }
  }

  /// What is drawn beside a label.
  enum Box {
    /// The box of a field.
    case here(PixelRect)
    /// The pointer lies on it, or where it would be: its edges may be the pointer's.
    case hidden(PixelRect)
    /// None.
    case absent
  }

  /// Looks for the box of a field whose label is known to stand somewhere.
  ///
  /// - Parameters:
  ///   - field: the field.
  ///   - label: where its label stands.
  ///   - look: the picture.
  ///   - pointer: where the pointer is drawn in it; nil where that is not known, or it has none.
  /// - Returns: what is drawn there.
  func box(
    of field: FieldDescription, label: PixelRect, on look: Look, pointer: PixelRect?
  ) -> Box {
    let side: FieldSide
    switch field.place {
    case .box(let box): return pointer?.intersects(box) == true ? .hidden(box) : .here(box)
    case .beside(let place, _): side = FieldSide(place)
    }
    let box = look.frame.fieldBox(side, of: label)
    let reach = Self.reach(side, of: label, look.frame)
    let part = box.map { $0.union(label).insetBy(-8) } ?? reach
    // What is seen may end at the pointer: all of where it may reach is to be seen.
    if let pointer, pointer.intersects(part) { return .hidden(part.union(reach)) }
    return box.map { .here($0) } ?? .absent
  }

  /// The box that is drawn beside a label, whether or not the pointer lies on it.
  func drawnBox(of field: FieldDescription, label: PixelRect, on look: Look) -> PixelRect? {
    guard case .beside(let side, _) = field.place else { return nil }
    return look.frame.fieldBox(FieldSide(side), of: label)
  }

  /// Where the box of a label may be drawn.
  private static func reach(_ side: FieldSide, of label: PixelRect, _ frame: Frame) -> PixelRect {
    let reach =
      switch side {
      case .rightOf:
        PixelRect(
          x: label.x, y: label.y - 2 * label.height, width: label.width + frame.size.width / 2,
          height: 5 * label.height)
      case .below:
        PixelRect(
          x: label.x, y: label.y, width: frame.size.width / 2, height: 6 * label.height)
      }
    return reach.intersection(frame.bounds)
  }
}

extension FieldSide {
  /// The side that a model says.
  init(_ side: FieldDescription.Side) {
    switch side {
    case .rightOf: self = .rightOf
    case .below: self = .below
    }
  }
}

extension Sighting {
  /// A place that the pointer lies on, so that what is there can't be told.
  static func hidden(_ box: PixelRect) -> Sighting {
    Sighting(
      kind: .absent, words: "the pointer hides what stands there", boxes: [box],
      unclear: "the pointer could not be moved off it")
  }
}
