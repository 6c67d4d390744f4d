import Bench
public import FrameVision
public import Frames

/// What a rig's capture chain was calibrated to, and what may be seen in its pictures.
public struct CalibratedChain: Sendable {
  private let calibration: CaptureCalibration
  private let references: [String: PhotometricReference]
  private let size: PixelSize
  private let remedy: String

  /// Creates what a check needs.
  ///
  /// - Parameters:
  ///   - calibration: the calibration.
  ///   - references: the model's references by name.
  ///   - size: the size of the model's screen.
  ///   - remedy: what to do where it no longer fits.
  public init(
    _ calibration: CaptureCalibration, references: [String: PhotometricReference], size: PixelSize,
    remedy: String
  ) {
    (self.calibration, self.references) = (calibration, references)
    (self.size, self.remedy) = (size, remedy)
  }

  /// Whether frames of the chain still fit.
  ///
  /// - Parameters:
  ///   - name: what the check is called.
  ///   - frames: frames of one still screen.
  /// - Returns: the check.
  func check(_ name: String, by frames: [Frame]) -> RigCheck {
    let now = CaptureCalibration(of: frames.map { $0.fitted(to: size) }, references: references)
    if let misfit = calibration.misfit(now) { return .unwell(name, misfit, remedy: remedy) }
    return .well(
      name,
      now.transform == nil
        ? "the noise is as it was; no reference is seen that tells the tone" : "fits")
  }
}
