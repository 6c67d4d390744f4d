/// What one check of a rig came to.
public struct RigCheck: Sendable, Hashable {
  /// What was checked, such as `frame clock`.
  public var name: String
  /// Whether it is well.
  public var isWell: Bool
  /// What was found.
  public var found: String
  /// What to try next; nil where it is well, or nothing helps.
  public var remedy: String?

  /// Creates an outcome.
  public init(name: String, isWell: Bool, found: String, remedy: String? = nil) {
    self.name = name
    self.isWell = isWell
    self.found = found
    self.remedy = remedy
  }

  /// Something that is well.
  public static func well(_ name: String, _ found: String) -> RigCheck {
    RigCheck(name: name, isWell: true, found: found)
  }

  /// Something that is not well, and what to try next.
  public static func unwell(_ name: String, _ found: String, remedy: String) -> RigCheck {
    RigCheck(name: name, isWell: false, found: found, remedy: remedy)
  }
}

/// A device of this host that is open: it can say how it is, and be given back.
public protocol RigDevice: Sendable {
  /// Looks how the device is, and does nothing to the recorder.
  ///
  /// - Parameter tell: is told what each check came to, as soon as it is known.
  /// - Returns: whether the device answered, so that more can be done with it.
  func examine(_ tell: (RigCheck) -> Void) async -> Bool

  /// Gives the device back; a recorder is left supplied, and with no button down.
  func close()
}

/// Something on this host that could be a part of a rig.
public struct UsableDevice: Sendable, Hashable {
  /// The part that it could be.
  public var part: RigPart
  /// Its node or the kernel's name.
  public var name: String
  /// What it calls itself.
  public var about: String
  /// What selects it in a rig file.
  public var rigLine: String

  /// Creates a description.
  public init(part: RigPart, name: String, about: String, rigLine: String) {
    self.part = part
    self.name = name
    self.about = about
    self.rigLine = rigLine
  }
}
