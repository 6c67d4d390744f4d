import Bench
import Scenario
import SourceYAML

/// Knows before which step's action a mailbox is listed for the sake of a later mail step.
struct MailPlan: Sendable {
  /// The mail actions that want a listing, by the place of the step before whose action it is
  /// taken.
  private(set) var wanted: [SourceLocation: [MailAction]] = [:]

  init(_ scenario: Scenario) {
    visit(scenario.steps, outer: [])
    visit(scenario.finally, outer: [])
  }

  /// Walks through steps; `outer` are those before them, of all lists around, latest last.
  private mutating func visit(_ steps: [Step], outer: [Step]) {
    var earlier = outer
    for step in steps {
      switch step.action {
      case .mail(let mail):
        let anchor =
          mail.after.flatMap { name in earlier.last { $0.name == name } } ?? earlier.last ?? step
        wanted[anchor.location, default: []].append(mail)
      case .use(let use):
        visit(use.scenario.steps, outer: earlier)
        visit(use.scenario.finally, outer: earlier)
      case .either(let branches, let otherwise):
        for branch in branches { visit(branch.steps, outer: earlier) }
        visit(otherwise ?? [], outer: earlier)
      default: break
      }
      earlier.append(step)
    }
  }
}

/// What lay in mailboxes just before the actions that ask for mail, by the place of the mail
/// action.
struct MailListings: Sendable {
  private var known: [SourceLocation: Set<MailIdentifier>] = [:]

  /// Takes a listing for a mail action.
  mutating func take(_ entries: [MailEntry], for mail: MailAction) {
    known[mail.location] = Set(entries.map(\.identifier))
  }

  /// What lay there; nil when no listing was taken.
  func known(to mail: MailAction) -> Set<MailIdentifier>? { known[mail.location] }
}
