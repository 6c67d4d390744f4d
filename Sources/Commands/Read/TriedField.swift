import ArgumentParser
import FrameVision
import Frames
import OrderedJSON
import RecorderModel
import Runner
import SourceYAML

/// A field of a model that is tried on a picture: `gantry read --field`.
struct TriedField {
  private let name: String
  private let model: RecorderModel

  /// Reads the model.
  ///
  /// - Throws: when something is wrong with it, or it has no such field.
  init(_ name: String, of folder: String) throws {
    self.name = name
    model = try ModelLoader.load(folder: folder).checked()
    guard model.fields[name] != nil else {
      let remedy = NearestName.remedy(for: name, among: model.fields.keys.sorted(), what: "fields")
      throw CommandFailure.invalid(
        "the model \(model.name) has no field called \"\(name)\"; \(remedy)")
    }
  }

  /// Tries it, and says what came of it.
  ///
  /// - Throws: when the picture is not of the model's screen, or the field's box is not there.
  func report(
    on frame: Frame, by reader: TextReader, asJSON: Bool, explaining folder: ExplainFolder?
  ) async throws {
    guard frame.size == model.screen else {
      throw CommandFailure.invalid(
        "the picture is \(frame.size), and the screen of the model \(model.name) is \(model.screen)"
      )
    }
    guard let trial = await FieldTrial.of(name, of: model, on: frame, by: reader) else { return }
    let words = words(of: trial)
    if asJSON {
      Console.current.say(json(of: trial, words).description)
    } else {
      for line in words { Console.current.say(line) }
    }
    try folder?.explain(trial, on: frame, words)
    if trial.box == nil { throw ExitCode(CommandOutcome.failed.rawValue) }
  }

  // MARK: In words

  private func words(of trial: FieldTrial) -> [String] {
    switch trial {
    case .noLabel(let reason):
      return ["\(name): no field, since its label is not there: \(reason)"]
    case .noBox(let side, let label, let passedOver):
      let (heights, shape) = (FieldBoxForm.heights, FieldBoxForm.leastShape)
      let place = side == .rightOf ? "to the right of" : "below"
      let line =
        "\(name): no box is seen \(place) its label at [\(label.spaced)]: an even ground with four "
        + "sides that can be seen, \(heights.lowerBound) to \(heights.upperBound) times as high as the "
        + "label's words, at least \(shape) times as wide as high, "
        + (side == .below ? "that begins, ends or has its middle where they do, " : "")
        + "and no pointer on it; where it always lies in one place, write box: [x, y, width, height] "
        + "instead"
      return [line] + passedOver.map { "  [\($0.box.spaced)] is none: \($0.words)" }
    case .found(let box, let content, _, let missing):
      let line = "\(name): [\(box.spaced)], \(content.words)"
      return [line]
        + (missing.map {
          ["  a run would take it for missing where it must be filled or empty: \($0)"]
        } ?? [])
    }
  }

  // MARK: As an object

  private func json(of trial: FieldTrial, _ words: [String]) -> JSONValue {
    func place(_ box: PixelRect?) -> JSONValue {
      box.map { .object($0.jsonMembers) } ?? .null
    }
    let content = trial.content
    return .object(
      [.init("found", .bool(trial.box != nil)), .init("field", .string(name))]
        + (trial.box?.jsonMembers ?? ["x", "y", "width", "height"].map { .init($0, .null) })
        + [
          .init("content", .optional(content?.code)),
          .init("dots", content?.dots.map { .int($0) } ?? .null),
          .init("text", .optional(content?.text)), .init("label", place(trial.label)),
          .init("words", .string(words[0])),
        ])
  }
}

extension FieldTrial {
  fileprivate var box: PixelRect? {
    if case .found(let box, _, _, _) = self { box } else { nil }
  }

  fileprivate var content: Content? {
    if case .found(_, let content, _, _) = self { content } else { nil }
  }

  fileprivate var label: PixelRect? {
    switch self {
    case .noLabel: nil
    case .noBox(_, let label, _): label
    case .found(_, _, let label, _): label
    }
  }

  fileprivate var passedOver: [FieldBoxMisfit] {
    if case .noBox(_, _, let boxes) = self { boxes } else { [] }
  }
}

extension FieldTrial.Content {
  fileprivate var words: String {
    switch self {
    case .nothing: "with nothing in it"
    case .placeholder(let text): "empty: it shows its placeholder \"\(text)\""
    case .dots(let count): "with \(count) dot\(count == 1 ? "" : "s") in it"
    case .text(let text): "with the text \"\(text)\" in it"
    case .marks: "with something in it that is no countable number of dots"
    case .words(let text):
      "with \"\(text)\" in it in place of dots: where it stands there while nothing is typed, write it "
        + "as its placeholder"
    }
  }

  fileprivate var code: String {
    switch self {
    case .nothing: "empty"
    case .placeholder: "placeholder"
    case .dots: "dots"
    case .text: "text"
    case .marks: "marks"
    case .words: "words"
    }
  }

  fileprivate var dots: Int? { if case .dots(let count) = self { count } else { nil } }

  fileprivate var text: String? {
    switch self {
    case .text(let text), .words(let text), .placeholder(let text): text
    case .nothing, .dots, .marks: nil
    }
  }
}

extension FieldBoxMisfit {
  fileprivate var words: String {
    switch reason {
    case .low: "it is not higher than the words"
    case .high: "it is too high"
    case .narrow: "it is too narrow for its height"
    case .unaligned: "it stands elsewhere than its label"
    }
  }
}

extension PixelRect {
  /// As a model file has it within brackets.
  fileprivate var spaced: String { "\(x), \(y), \(width), \(height)" }
}

extension ExplainFolder {
  /// Draws what was found of a field, and what was passed over.
  fileprivate func explain(_ trial: FieldTrial, on frame: Frame, _ words: [String]) throws {
    var picture = RGBImage(frame)
    for misfit in trial.passedOver { picture.outline(misfit.box, .passedOver) }
    if let label = trial.label { picture.outline(label, .considered) }
    if let box = trial.box { picture.outline(box, .answer) }
    try write(picture, as: "field.png")
    try write(words, as: "field.txt")
  }
}
