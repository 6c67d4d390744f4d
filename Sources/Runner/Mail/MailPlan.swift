import Bench
import Scenario
import SourceYAML

/// Knows before which step's action a mailbox is listed for the sake of a later mail step.
struct MailPlan: Sendable {
  /// The mail actions that want a listing, by the place of the step before whose action it is
  /// taken.
  private(set) var wanted: [SourceLocation: [AwaitMail]] = [:]

  /// Looks for the mail actions of all that may be played.
  init(_ scenarios: [Scenario]) {
    for scenario in scenarios {
      visit(scenario.steps, outer: [])
      visit(scenario.finally, outer: [])
    }
  }

  /// Walks through steps; `outer` are those before them, of all lists around, latest last.
  private mutating func visit(_ steps: [Step], outer: [Step]) {
    var earlier = outer
    for step in steps {
      if let mail = step.action as? AwaitMail {
        let anchor =
          mail.after.flatMap { name in earlier.last { $0.name == name } } ?? earlier.last ?? step
        wanted[anchor.location, default: []].append(mail)
      }
      switch step.action?.needs.plays ?? .none {
      case .none: break
      case .part(let part):
        visit(part.scenario.steps, outer: earlier)
        visit(part.scenario.finally, outer: earlier)
      case .branches(let branches, let otherwise):
        for branch in branches { visit(branch.steps, outer: earlier) }
        visit(otherwise ?? [], outer: earlier)
      case .rounds(let steps, _): visit(steps, outer: earlier)
      }
      earlier.append(step)
    }
  }
}

/// What lay in mailboxes just before the actions that ask for mail, by the place of the mail
/// action.
struct MailListings: Sendable {
  private var known: [SourceLocation: MailListing] = [:]

  /// Takes a listing for a mail action.
  mutating func take(_ listing: MailListing, for mail: AwaitMail) {
    known[mail.location] = listing
  }

  /// What lay there; nil when no listing was taken.
  func known(to mail: AwaitMail) -> MailListing? { known[mail.location] }
}
