/// What a template shows where most of it is transparent.
public enum MaskKind: String, CaseIterable, Sendable {
  /// The frame of a window, 4 to 64 pixels thick.
  case frame
  /// A coloured ring with a dark rim.
  case ring
  /// Two sides of a frame.
  case corner
  /// The upper and the lower side of a frame.
  case bars
  /// A word and the box around it.
  case word
}
