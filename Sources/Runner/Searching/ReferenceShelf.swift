import Bench
import FrameVision
import RecorderModel

/// The model's reference pictures, each made ready to be found once.
final class ReferenceShelf: Sendable {
  private let templates: [String: Template]

  init(_ model: RecorderModel) {
    templates = model.images.mapValues { Template($0.picture) }
  }

  /// The template of a reference.
  func template(_ name: String) throws(Stop) -> Template {
    guard let template = templates[name] else {
      throw Stop(.modelIncomplete, "the model has no image named \(name)")
    }
    return template
  }
}
