public import FrameVision
public import Frames
public import RecorderModel

/// A text field of a model, tried on one picture: where a run would find it, and what it would take for
/// its content.
public enum FieldTrial: Sendable, Hashable {
  /// What stands in a field.
  public enum Content: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// The words that the model says stand in it while nothing is typed.
    case placeholder(String)
    /// So many dots.
    case dots(Int)
    /// What is typed, as it is read.
    case text(String)
    /// Marks in a field that shows dots, which can't be counted.
    case marks
    /// Words in a field that shows dots: nobody can tell whether they were typed.
    case words(String)
  }

  /// Its label is not seen; why, in words.
  case noLabel(String)
  /// Its label is seen, and no box beside it.
  case noBox(FieldDescription.Side, label: PixelRect, passedOver: [FieldBoxMisfit])
  /// Its box, what stands in it, and its label; nil where it has none, or one that is not seen, without
  /// which a run takes the field for missing where it is asked whether it is filled or empty.
  case found(box: PixelRect, Content, label: PixelRect?, missing: String?)

  /// Tries a field.
  ///
  /// - Parameters:
  ///   - name: the field's name.
  ///   - model: its model, whose screen is as large as the picture.
  ///   - frame: the picture.
  ///   - reader: reads words.
  /// - Returns: what came of it; nil where the model has no such field.
  public static func of(
    _ name: String, of model: RecorderModel, on frame: Frame, by reader: TextReader
  ) async -> FieldTrial? {
    guard let field = model.fields[name] else { return nil }
    let trial = Trial(model: model, frame: frame, reader: reader)
    var place: PixelRect?
    var missing: String?
    if let label = field.label(named: name, of: model) {
      do throws(Unseen) { place = try await trial.place(ofLabel: label) } catch {
        missing = error.words
      }
    }
    switch field.place {
    case .box(let box):
      let content = await trial.content(of: field, in: box)
      return .found(box: box, content, label: place, missing: missing)
    case .beside(let side, _):
      guard let place else { return .noLabel(missing ?? "the model has no such label") }
      let boxes = frame.fieldBoxes(FieldSide(side), of: place)
      guard let box = boxes.field else {
        return .noBox(side, label: place, passedOver: boxes.misfits)
      }
      return .found(box: box, await trial.content(of: field, in: box), label: place, missing: nil)
    }
  }
}

/// Why something of a model is not seen.
private struct Unseen: Error {
  var words: String
}

/// Looks for a field's label, and what that hangs on, in one picture; there is no run around it.
private struct Trial {
  let model: RecorderModel
  let frame: Frame
  let reader: TextReader

  func content(of field: FieldDescription, in box: PixelRect) async -> FieldTrial.Content {
    func read() async -> String {
      await reader.lines(in: frame, region: box.intersection(frame.bounds), alphabet: nil)
        .map(\.text).joined(separator: " ")
    }
    switch await FieldContent.seen(in: box, of: field, on: frame, by: reader) {
    case .nothing: return .nothing
    case .placeholder: return .placeholder(field.placeholder ?? "")
    case .dots(let count): return .dots(count)
    case .text: return .text(await read())
    case .marks: return .marks
    case .words: return .words(await read())
    }
  }

  func place(ofLabel key: String) async throws(Unseen) -> PixelRect {
    guard let label = model.labels[key] else {
      throw Unseen(words: "the model has no label named \(key)")
    }
    var region = label.region
    if let hanging = label.hangs { region = try await rect(of: hanging) }
    let place = region.map { " in [\($0)]" } ?? ""
    switch await reader.find(label.text, in: frame, region: region) {
    case .found(let match): return match.box
    case .absent(let nearest):
      let heard = nearest.map { "; most like it is \"\($0.heard)\" at [\($0.box)]" } ?? ""
      throw Unseen(words: "the words \"\(label.text)\" are not seen\(place)\(heard)")
    case .ambiguous(let one, let other):
      throw Unseen(
        words:
          "the words \"\(label.text)\" are seen twice\(place), at [\(one.box)] and [\(other.box)]")
    }
  }

  private func rect(of region: HangingRegion) async throws(Unseen) -> PixelRect {
    let anchor = try await place(of: region.anchor)
    switch region.extent {
    case .box(let box):
      return box.offset(byX: anchor.x, y: anchor.y).intersection(PixelRect(model.screen))
    case .around:
      guard let box = frame.box(around: anchor) else {
        throw Unseen(words: "no box is seen around what stands at [\(anchor)], where its label is")
      }
      return box
    }
  }

  private func place(of member: GroupMember) async throws(Unseen) -> PixelRect {
    switch member {
    case .label(let key): return try await place(ofLabel: key)
    case .image(let name):
      guard let image = model.images[name] else {
        throw Unseen(words: "the model has no image named \(name)")
      }
      let answer = TemplateFinder().find(Template(image.picture), in: frame, region: image.region)
      guard let match = answer.match else {
        throw Unseen(words: "the image \(name), on which its label's region hangs, is not seen")
      }
      return match.rect
    }
  }
}
