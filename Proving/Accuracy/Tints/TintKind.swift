/// How a control differs from the same control at rest.
public enum TintKind: String, CaseIterable, Sendable {
  /// The face of a button is lighter or darker; its letters are not.
  case face
  /// The face of a button is lighter or darker, and its letters with it.
  case whole
  /// A menu's row is lighter or darker than its neighbours.
  case row
  /// A translucent white or black lies over a button.
  case overlay
  /// The face of a button has another colour of equal luma.
  case hue
  /// A row is selected: its face is mixed with the accent colour.
  case selected
  /// A button has the focus: a ring of two pixels inside its edge.
  case ring
  /// A button can't be pressed: its letters are pale.
  case disabled

  /// Whether the control is a row of a menu rather than a button.
  var isRow: Bool { self == .row || self == .selected }
}

/// How far a control differs.
public enum TintBand: String, CaseIterable, Sendable {
  /// So little that it is noise: either answer is right.
  case noise
  /// In between: nothing is asked.
  case between
  /// So much that it must never be matched.
  case tint
}

/// What is shown to the eyes together with a template.
public enum TintContext: String, CaseIterable, Sendable {
  /// Nothing: one template in the first picture.
  case alone
  /// The neighbours' templates, as a model has them.
  case glance
  /// Nothing, but still frames of the screen at rest told the chain's transform before.
  case calibrated
}

/// How a template is cut.
public enum TintCut: String, CaseIterable, Sendable {
  /// The face, without the edge.
  case tight
  /// The control with some pixels around it.
  case around
}
