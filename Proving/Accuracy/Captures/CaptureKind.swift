/// What a capture chain does that the matcher has no hypothesis for.
public enum CaptureKind: String, CaseIterable, Sendable {
  case sharpening, saturation, gains, vignette
  /// Each row is a little lighter or darker.
  case rows
  /// All is 0.3 % larger or smaller.
  case scale
  /// JPEG, twice.
  case twice
  /// Motion JPEG by ffmpeg.
  case mjpeg
  /// H.264 by ffmpeg, a few frames after the screen changed.
  case h264

  /// What is done to the picture; nil where a codec does it.
  var unmodelled: UnmodelledCapture.Kind? {
    switch self {
    case .sharpening: .sharpening
    case .saturation: .saturation
    case .gains: .gains
    case .vignette: .vignette
    case .rows: .rowNoise
    case .scale: .scaled
    case .twice: .compressed
    case .mjpeg, .h264: nil
    }
  }
}
