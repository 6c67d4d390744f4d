/// What a case is about.
public enum Kind: String, CaseIterable, Sendable {
  /// One letter is another one.
  case letter
  /// One digit is another one.
  case digit
  /// A box ticked or not, with a line of one pixel.
  case tick
  /// A radio button chosen or not.
  case radio
  /// A button with the focus: its face is 30 levels brighter or darker.
  case focus
  /// A button held down.
  case pressed
  /// A button that can't be pressed: its letters are pale.
  case disabled
  /// The same shape in another colour of equal luma.
  case color
  /// One password dot more or less.
  case dot
  /// Nothing where something thin is wanted, and the other way round.
  case blank
  /// An icon from 12x12 pixels, and another one.
  case icon
  /// A badge of which only its own pixels count, on another ground.
  case transparent
  /// A whole dialog in which one letter differs.
  case dialog
  /// A widget that touches the frame's edge.
  case border
  /// Six rows that look the same.
  case rows
  /// A widget of which a part is covered and ignored.
  case hidden
  /// A widget of 1080 lines captured as 720, or of 720 captured as 1080; one letter differs.
  case scaled
  /// A phrase to find by reading, and one with another number or another word.
  case phrase
  /// A code to read without a mistake, its alphabet given.
  case code

  /// Whether the case is about reading rather than about finding a template.
  var isText: Bool { self == .phrase || self == .code }
}
