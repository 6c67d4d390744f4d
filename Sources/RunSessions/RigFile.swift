import BenchOpening
public import FrameVision
public import Frames
public import RigDescription
public import SourceYAML

/// A rig file by itself, without the model that it names.
public enum RigFile {
  /// Reads and checks a rig file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - overrides: values that replace those in the file, `key=value`.
  /// - Returns: the rig, which names nothing that there is not.
  /// - Throws: all that is wrong, in one go.
  public static func read(
    _ path: String, overrides: [String]
  ) throws(Findings) -> RigDescription {
    let (overrides, wrong) = Override.parse(all: overrides)
    let parsed = RigLoader.load(file: path, overrides: overrides)
    let findings = wrong + parsed.findings + (parsed.rig.map(BenchOpener.findings) ?? [])
    guard let rig = parsed.rig, findings.isEmpty else { throw Findings(findings) }
    return rig
  }
}

extension RigDescription {
  /// What the grabber shows when it has no input; nil where the rig names no picture of it.
  ///
  /// - Throws: when the picture can't be read, or can't be told from what a recorder may show.
  public func noInputPicture() throws(PictureError) -> NoInputPicture? {
    guard let noInput else { return nil }
    return try NoInputPicture(contentsOf: noInput.text)
  }
}
