import Frames
public import OrderedJSON
import RunJournal

extension RunComparison {
  /// The comparison as the program's JSON tells it.
  public var json: JSONValue {
    .object([
      .init("first", .string(first.start.wall.runID)),
      .init("second", .string(second.start.wall.runID)),
      .init("inputs", .array(inputs.map(\.json))), .init("steps", .array(steps.map(\.json))),
    ])
  }
}

extension RunComparison.Difference {
  fileprivate var json: JSONValue {
    .object([
      .init("what", .string(what)), .init("first", .optional(first)),
      .init("second", .optional(second)),
    ])
  }
}

extension RunComparison.Step {
  fileprivate var json: JSONValue {
    .object([
      .init("path", .string(path)), .init("differs", .bool(differs)),
      .init("first", first?.json ?? .null), .init("second", second?.json ?? .null),
      .init("timeDiffers", .bool(timeDiffers)), .init("texts", .array(texts.map(\.json))),
      .init("picture", picture?.json ?? .null),
    ])
  }
}

extension RunComparison.Side {
  fileprivate var json: JSONValue {
    .object([
      .init("outcome", .optional(outcome?.rawValue)),
      .init("seconds", seconds.map { .decimal($0, digits: 3) } ?? .null),
      .init("picture", .optional(picture)),
    ])
  }
}

extension RunComparison.PictureChange {
  fileprivate var json: JSONValue {
    .object([
      .init("differs", .bool(isVisible)), .init("share", .decimal(share, digits: 4)),
      .init("place", .optional(place?.description)),
    ])
  }
}
