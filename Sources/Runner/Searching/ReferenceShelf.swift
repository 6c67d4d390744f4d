import Bench
import FrameVision
import Frames
import RecorderModel

/// The model's reference pictures, each made ready to be found once.
final class ReferenceShelf: Sendable {
  private let templates: [String: Template]
  private let regions: [String: PixelRect]

  init(_ model: RecorderModel) {
    templates = model.images.mapValues { Template($0.picture) }
    regions = model.images.compactMapValues(\.region)
  }

  /// What is known of the transform that pictures of a device have, of which all references may tell:
  /// what was calibrated, or nothing yet.
  func photometry(_ calibration: CaptureCalibration?) -> PhotometricConsensus {
    PhotometricConsensus(
      references: templates.sorted { $0.key < $1.key }
        .map { PhotometricReference($0.value, in: regions[$0.key]) }, calibration: calibration)
  }

  /// The template of a reference.
  func template(_ name: String) throws(Stop) -> Template {
    guard let template = templates[name] else {
      throw Stop(.modelIncomplete, "the model has no image named \(name)")
    }
    return template
  }
}
