import RigDescription
import Scenario
import SourceYAML

/// Every hand that a scenario needs is wired, and no cut is shorter than the rig allows.
struct RigUseCheck {
  /// What a step may need of a device.
  fileprivate enum Hand: String, CaseIterable {
    case screen
    case mouse
    case power = "power switch"
    case mail = "mailbox"
  }

  /// A hand that is not there: who needs it first, and how many more do.
  private struct Lack {
    var device: String
    var hand: Hand
    var location: SourceLocation
    var others = 0
  }

  private let rig: RigDescription
  private var findings: [Finding] = []
  private var lacks: [Lack] = []

  init(rig: RigDescription) {
    self.rig = rig
  }

  /// What was found; a hand that is not there is one line, however many steps need it.
  var allFindings: [Finding] {
    findings
      + lacks.map { lack in
        let device = lack.device == DeviceWiring.recorder ? "" : " for \(lack.device)"
        let others =
          switch lack.others {
          case 0: ""
          case 1: ", and one more step too"
          default: ", and \(lack.others) more steps too"
          }
        return Finding(
          lack.location,
          "this step needs a \(lack.hand.rawValue)\(others); the rig \(rig.name) has none\(device)",
          remedy: "wire one, or play the scenario on another rig")
      }
  }

  /// Looks at one step.
  mutating func visit(_ visit: StepVisit) {
    let step = visit.step
    let name = step.device ?? DeviceWiring.recorder
    guard let device = rig.device(name) else {
      findings.append(
        Finding(
          step.location, "the rig \(rig.name) has no device \"\(name)\"",
          remedy: NearestName.remedy(for: name, among: rig.devices.map(\.name), what: "devices")))
      return
    }
    for (hand, location) in Self.needs(of: step) where !device.has(hand) {
      note(hand, of: name, at: location)
    }
    if case .power(.cycle(let minimum?)) = step.action, let power = device.power,
      minimum < power.minimumOff
    {
      let least = DurationText.text(power.minimumOff)
      findings.append(
        Finding(
          step.actionLocation,
          "a cut of \(DurationText.text(minimum)) is shorter than the rig \(rig.name) allows"
            + " (\(least))", remedy: "write at least \(least)"))
    }
  }

  private mutating func note(_ hand: Hand, of device: String, at location: SourceLocation) {
    if let index = lacks.firstIndex(where: { $0.device == device && $0.hand == hand }) {
      lacks[index].others += 1
    } else {
      lacks.append(Lack(device: device, hand: hand, location: location))
    }
  }

  /// What a step needs, each hand once.
  private static func needs(of step: Step) -> [(hand: Hand, location: SourceLocation)] {
    var needs: [(hand: Hand, location: SourceLocation)] = []
    for hand in step.action.map(hands(of:)) ?? [] { needs.append((hand, step.actionLocation)) }
    for (predicate, location) in step.predicates {
      for hand in hands(of: predicate) where !needs.contains(where: { $0.hand == hand }) {
        needs.append((hand, location))
      }
    }
    return needs
  }

  private static func hands(of action: Action) -> [Hand] {
    switch action {
    case .click, .move, .drag, .scroll, .type: [.screen, .mouse]
    case .power: [.power]
    case .mail: [.mail]
    case .read, .capture: [.screen]
    case .wait, .operate, .use, .either: []
    }
  }

  private static func hands(of predicate: Predicate) -> [Hand] {
    switch predicate {
    case .seen, .notSeen, .signalLost, .signalBack, .still, .changed: [.screen]
    // That its USB host is gone is what tells a restart from a pulled cable.
    case .rebooting: [.screen, .mouse]
    case .anyOf(let parts), .allOf(let parts):
      Hand.allCases.filter { hand in parts.contains { hands(of: $0).contains(hand) } }
    case .equal: []
    }
  }
}

extension DeviceWiring {
  fileprivate func has(_ hand: RigUseCheck.Hand) -> Bool {
    switch hand {
    case .screen: screen != nil
    case .mouse: mouse != nil
    case .power: power != nil
    case .mail: mail != nil
    }
  }
}
