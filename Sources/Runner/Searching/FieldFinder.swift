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
    guard let box = box(of: field, label: place, on: look) else {
      return .absent(
        label: target,
        Sighting(kind: .absent, words: "the words at \(place), but no box of a field beside them"))
    }
    if let pointer = await step.device.pointerBox, pointer.intersects(box) {
      return .hidden(box, label: target)
    }
    return .here(TextField(box: box, display: field.display))
  }

  /// Where a field lies whose label is known to stand somewhere; nil where no box is drawn there.
  func box(of field: FieldDescription, label: PixelRect, on look: Look) -> PixelRect? {
    switch field.place {
    case .box(let box): box
    case .beside(.rightOf, _): look.frame.fieldBox(.rightOf, of: label)
    case .beside(.below, _): look.frame.fieldBox(.below, of: label)
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
