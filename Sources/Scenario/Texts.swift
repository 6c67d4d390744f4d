extension Predicate {
  /// The texts that the predicate refers to values in.
  public var texts: [ValueText] {
    switch self {
    case .seen(let target), .notSeen(let target): target.texts
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.texts)
    case .equal(let first, let second): [first, second]
    case .signalLost, .signalBack, .rebooting, .still, .changed: []
    }
  }
}

extension Target {
  /// The texts that the target refers to values in.
  public var texts: [ValueText] {
    switch kind {
    case .text(let text): [text]
    case .beside(_, let other, _): other.texts
    case .anyOf(let targets): targets.flatMap(\.texts)
    case .image, .label, .point, .group: []
    }
  }
}

extension Condition {
  /// The texts that the condition refers to values in.
  public var texts: [ValueText] {
    switch self {
    case .equal(let first, let second): [first, second]
    case .modelRebootsByItself: []
    case .seen(let expectation): expectation.predicate.texts
    case .not(let other): other.texts
    }
  }
}

extension Action {
  /// The texts that the action itself refers to values in, without those of parts and branches.
  public var texts: [ValueText] {
    switch self {
    case .click(let target, _, _), .move(let target), .scroll(let target, _): target.texts
    case .drag(let from, let to): from.texts + to.texts
    case .type(_, let text): [text]
    case .mail(let mail): [mail.subject, mail.sender].compactMap { $0 }
    case .operate(let request): [request.ask]
    case .use(let use): use.arguments.map(\.value)
    case .power, .read, .wait, .capture, .either: []
    }
  }
}
