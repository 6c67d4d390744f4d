/// What follows of a scenario if a predicate holds.
public struct Meaning: Sendable {
  /// The value that it always has; nil where a run decides.
  public var constant: Bool?
  /// What must be so of the one frame that it holds on.
  var claims: [FrameClaim]
  /// Whether it says something of the signal rather than of the picture.
  public var concernsSignal: Bool
  /// Whether it holds only where the signal is lost.
  public var saysSignalIsLost: Bool
  /// Whether it holds only where the picture shows something of the recorder's own.
  public var showsRecorder: Bool
  /// Whether it is judged once, without a frame.
  public var needsNoFrame: Bool
  /// How long must have passed at least before it can hold.
  var leastTime: Duration

  /// Creates a meaning; what is left out is not so.
  init(
    constant: Bool? = nil, claims: [FrameClaim], concernsSignal: Bool = false,
    saysSignalIsLost: Bool = false, showsRecorder: Bool = false, needsNoFrame: Bool = false,
    leastTime: Duration = .zero
  ) {
    self.constant = constant
    self.claims = claims
    self.concernsSignal = concernsSignal
    self.saysSignalIsLost = saysSignalIsLost
    self.showsRecorder = showsRecorder
    self.needsNoFrame = needsNoFrame
    self.leastTime = leastTime
  }

  /// What at least one of several predicates means.
  static func any(_ parts: [Meaning]) -> Meaning {
    let constant: Bool? =
      if parts.contains(where: { $0.constant == true }) {
        true
      } else {
        parts.allSatisfy { $0.constant == false } ? false : nil
      }
    return Meaning(
      constant: constant, claims: [], concernsSignal: parts.contains(where: \.concernsSignal),
      saysSignalIsLost: !parts.isEmpty && parts.allSatisfy(\.saysSignalIsLost),
      showsRecorder: !parts.isEmpty && parts.allSatisfy(\.showsRecorder))
  }

  /// What several predicates mean together.
  static func all(_ parts: [Meaning]) -> Meaning {
    let constant: Bool? =
      if parts.contains(where: { $0.constant == false })
        || FrameClaim.contradict(parts.flatMap(\.claims))
      {
        false
      } else {
        parts.allSatisfy { $0.constant == true } ? true : nil
      }
    return Meaning(
      constant: constant, claims: [], concernsSignal: parts.contains(where: \.concernsSignal),
      saysSignalIsLost: parts.contains(where: \.saysSignalIsLost),
      showsRecorder: parts.contains(where: \.showsRecorder))
  }
}

/// Something that is so of a frame.
enum FrameClaim: Sendable, Hashable {
  /// It is a picture.
  case picture
  /// It is none.
  case noPicture
  /// It shows something, by its summary.
  case shows(String)
  /// It does not show something.
  case lacks(String)

  /// Whether one frame can't do all of it.
  static func contradict(_ claims: [FrameClaim]) -> Bool {
    let all = Set(claims)
    if all.contains(.picture) && all.contains(.noPicture) { return true }
    return all.contains { claim in
      if case .shows(let thing) = claim { all.contains(.lacks(thing)) } else { false }
    }
  }
}
