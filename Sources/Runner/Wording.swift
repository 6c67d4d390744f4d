import RecorderModel
import Scenario

/// Says in plain words what a scenario does and expects. Values stay names: nothing here can tell
/// a secret.
struct Wording: Sendable {
  let model: RecorderModel

  /// What a step does; what a sensitive step types is not said, not even where it is no reference.
  func does(_ step: Step, isSensitive: Bool) -> String {
    guard let action = step.action else { return "look at the screen" }
    if case .type(let field, _) = action, isSensitive {
      return "type a secret into the field \(field.name)"
    }
    return does(action)
  }

  private func does(_ action: Action) -> String {
    switch action {
    case .click(let target, let button, let count):
      let click = button == .right ? "right-click" : "click"
      return "\(count == 2 ? "double-\(click)" : click) \(words(target))"
    case .move(let target): return "move the pointer to \(words(target))"
    case .drag(let from, let to): return "drag from \(words(from)) to \(words(to))"
    case .scroll(let target, let detents):
      return "turn the wheel by \(abs(detents)) \(detents < 0 ? "down" : "up") over "
        + words(target)
    case .type(let field, let text): return "type \(words(text)) into the field \(field.name)"
    case .power(let power): return does(power)
    case .mail(let mail): return does(mail)
    case .read(let read): return "read \(read.save) in \(words(read.region))"
    case .wait(let time): return "wait \(words(time))"
    case .capture(let name): return "keep the picture as \(name)"
    case .operate(let request): return "ask the operator: \(request.ask.asWritten)"
    case .use(let use): return "play \(use.scenario.name)"
    case .either(let branches, let otherwise):
      let parts = branches.map { words($0.expectation) } + (otherwise == nil ? [] : ["otherwise"])
      return "go by what is seen first: \(parts.joined(separator: "; "))"
    }
  }

  private func does(_ power: PowerAction) -> String {
    switch power {
    case .off: return "cut the power"
    case .on: return "switch the power on"
    case .restore: return "switch the power on, if it is off"
    case .cycle(let minimum):
      return "cut the power for at least \(minimum.map(words) ?? "the rig's minimum")"
        + " and switch it on again"
    }
  }

  private func does(_ mail: MailAction) -> String {
    var words = "await a mail"
    if let subject = mail.subject { words += " with \(self.words(subject)) in the subject" }
    if let sender = mail.sender { words += " from \(self.words(sender))" }
    if !mail.saves.isEmpty {
      words += ", save \(mail.saves.map(\.name).joined(separator: ", "))"
    }
    return words + " within \(self.words(mail.within))"
  }

  /// An expectation with its time.
  func words(_ expectation: Expectation) -> String {
    if case .equal = expectation.predicate { return words(expectation.predicate) }
    return "\(words(expectation.predicate)) within \(words(expectation.within))"
  }

  /// What must hold.
  func words(_ predicate: Predicate) -> String {
    switch predicate {
    case .seen(let target): "see \(words(target))"
    case .notSeen(let target): "no longer see \(words(target))"
    case .anyOf(let parts): parts.map { words($0) }.joined(separator: " or ")
    case .allOf(let parts): parts.map { words($0) }.joined(separator: " and ")
    case .signalLost: "lose the signal"
    case .signalBack: "have a picture again"
    case .rebooting: "see the recorder restart by itself"
    case .still(let region, let time):
      "see nothing move\(region.map { " in \(words($0))" } ?? "") for \(words(time))"
    case .changed(let region): "see \(region.map(words) ?? "the picture") change"
    case .equal(let a, let b): "find \(words(a)) to be \(words(b))"
    }
  }

  /// A place.
  func words(_ target: Target) -> String {
    let place: String
    switch target.kind {
    case .image(let name): place = "the image \(name)"
    case .label(let key): place = words(label: key)
    case .text(let text): place = "the text \(words(text))"
    case .point(.centre): place = "the middle of the screen"
    case .point(let point): place = "the point \(words(point.x)), \(words(point.y))"
    case .beside(let side, let other, _): place = "\(words(side)) \(words(other))"
    case .anyOf(let targets):
      place = "any of " + targets.map { words($0) }.joined(separator: ", ")
    case .group(let name): place = "any of \(name)"
    }
    return target.region.map { "\(place) in \(words($0))" } ?? place
  }

  /// A wording of the model, by key and by what it says there.
  func words(label key: String) -> String {
    model.labels[key].map { "the words “\($0.text)”" } ?? "the label \(key)"
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

  private func words(_ region: Region) -> String {
    switch region {
    case .named(let name, _): "the region \(name)"
    case .rect(let rect): "the region \(rect)"
    }
  }

  private func words(_ text: ValueText) -> String { "“\(text.asWritten)”" }

  /// A time, such as `1 min 30 s`.
  func words(_ time: Duration) -> String {
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
  var asWritten: String {
    segments.map { segment in
      switch segment {
      case .literal(let text): text
      case .reference(let name): "${\(name)}"
      }
    }.joined()
  }
}
