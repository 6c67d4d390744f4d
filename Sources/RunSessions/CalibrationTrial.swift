import Evidence
import FoundationEssentials
public import FrameVision
import Frames
public import RecorderModel
import RunJournal

extension RecorderModel {
  /// The reference pictures by name, by which a capture chain is calibrated.
  public var photometricReferences: [String: PhotometricReference] {
    var references: [String: PhotometricReference] = [:]
    for (name, image) in images {
      references[name] = PhotometricReference(Template(image.picture), in: image.region)
    }
    return references
  }
}

/// What becomes of pictures that earlier runs kept, when they are judged by a new calibration.
public struct CalibrationTrial: Sendable {
  /// How many pictures were looked at.
  public private(set) var pictures = 0
  /// How many references were found in them.
  public private(set) var found = 0
  /// Pictures of another tone, or in which a reference is not found any more, each in a phrase.
  public private(set) var losses: [String] = []

  /// At most so many pictures are looked at, those of the latest runs.
  private static let mostPictures = 40

  /// Judges pictures of earlier runs.
  ///
  /// - Parameters:
  ///   - calibration: the new calibration.
  ///   - model: what the recorder looks like.
  ///   - rig: the rig's name: runs on others say nothing.
  ///   - runs: the folder of all run folders; what is no run is passed over.
  public init(
    of calibration: CaptureCalibration, _ model: RecorderModel, rig: String, runs: String
  ) {
    let references = model.photometricReferences.sorted { $0.key < $1.key }
    for path in Self.pictures(rig: rig, runs: runs) {
      guard let frame = try? Frame(contentsOf: path), frame.size == model.screen else { continue }
      pictures += 1
      func looked(_ consensus: PhotometricConsensus) -> [FindAnswer] {
        let searchable = SearchableFrame(frame, consensus: consensus)
        return references.map {
          TemplateFinder().find($0.value.template, in: searchable, region: $0.value.region)
        }
      }
      let free = PhotometricConsensus(references: references.map(\.value))
      let judged = PhotometricConsensus(
        references: references.map(\.value), calibration: calibration)
      for (at, (before, after)) in zip(looked(free), looked(judged)).enumerated() {
        guard before.match != nil else { continue }
        found += 1
        if after.match == nil { losses.append("\(references[at].key) in \(path)") }
      }
      // References that agree on another transform upset a calibration.
      if !judged.isCalibrated { losses.append("the tone of \(path)") }
    }
  }

  /// The pictures of frames that the latest runs on a rig kept.
  private static func pictures(rig: String, runs: String) -> [String] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
    var pictures: [String] = []
    for folder in folders.sorted(by: >) where pictures.count < mostPictures {
      let path = "\(runs)/\(folder)"
      guard
        let bytes = try? Data(contentsOf: URL(filePath: "\(path)/\(RunFolder.FileName.journal)")),
        let journal = try? Journal(reading: Array(bytes)), journal.start.rig.name == rig
      else { continue }
      for entry in journal.entries {
        guard case .pictureKept(let picture) = entry.event, picture.role != .template,
          !pictures.contains("\(path)/\(picture.file)")
        else { continue }
        pictures.append("\(path)/\(picture.file)")
      }
    }
    return Array(pictures.prefix(mostPictures))
  }
}
