import Frames

/// Says in plain words what a scenario does and expects. Values stay names: nothing here can tell
/// a secret.
public struct Wording: Sendable {
  private let labels: [String: String]

  /// Creates a wording.
  ///
  /// - Parameter labels: the words of the model's labels, by key.
  public init(labels: [String: String]) {
    self.labels = labels
  }

  /// What a step does; what a sensitive step types is not said, not even where it is no reference.
  public func does(_ step: Step, isSensitive: Bool) -> String {
    step.action?.words(self, isSensitive: isSensitive) ?? "look at the screen"
  }

  /// An expectation with its time.
  public func words(_ expectation: Expectation) -> String {
    let predicate = expectation.predicate
    if predicate.meaning.needsNoFrame { return predicate.words(self) }
    return "\(predicate.words(self)) within \(words(expectation.within))"
  }

  /// A place.
  public func words(_ target: Target) -> String {
    var place: String
    switch target.kind {
    case .image(let name): place = "the image \(name.asWritten)"
    case .label(let key):
      place = key.constant.map(words(label:)) ?? "the label \(key.asWritten)"
    case .text(let text): place = "the text \(words(text))"
    case .point(.centre): place = "the middle of the screen"
    case .point(let point): place = "the point \(words(point.x)), \(words(point.y))"
    case .beside(let side, let other, _): place = "\(words(side)) \(words(other))"
    case .anyOf(let targets):
      place = "any of " + targets.map { words($0) }.joined(separator: ", ")
    case .group(let name): place = "any of \(name.asWritten)"
    case .keyboardDismissal: place = "what puts the keyboard away"
    }
    if let choice = target.choice { place += ", \(choice.nth) of \(choice.count)" }
    return target.region.map { "\(place) in \(words($0))" } ?? place
  }

  /// A wording of the model, by key and by what it says there.
  public func words(label key: String) -> String {
    labels[key].map { "the words “\($0)”" } ?? "the label \(key)"
  }

  private func words(_ side: Side) -> String {
    switch side {
    case .below: "just below"
    case .above: "just above"
    case .leftOf: "just left of"
    case .rightOf: "just right of"
    }
  }

  private func words(_ coordinate: ScreenPoint.Coordinate) -> String {
    switch coordinate {
    case .share(let share): "\(Int((share * 100).rounded())) %"
    case .pixels(let pixels): "\(pixels)"
    }
  }

  /// A part of the screen.
  public func words(_ region: Region) -> String {
    switch region {
    case .named(let name): "the region \(name.asWritten)"
    case .rect(let rect): "the region \(rect)"
    case .part(let part): "the third at the \(part.rawValue)"
    case .around(.image(let name)), .around(.label(let name)): "the box around \(name.asWritten)"
    }
  }

  /// A text.
  public func words(_ text: ValueText) -> String { "“\(text.asWritten)”" }

  /// A time, such as `1 min 30 s`.
  public func words(_ time: Duration) -> String {
    let milliseconds = time.wholeMilliseconds
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    let seconds = milliseconds / 1000
    if milliseconds % 1000 != 0 || seconds < 60 {
      let tenths = milliseconds % 1000 / 100
      return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
    }
    return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

extension ValueText {
  /// The text as it stands in its file: references stay names.
  public var asWritten: String {
    segments.map { segment in
      switch segment {
      case .literal(let text): text
      case .reference(let name): "${\(name)}"
      }
    }.joined()
  }
}
