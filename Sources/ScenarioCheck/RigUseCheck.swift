import RigDescription
import Scenario
import SourceYAML

/// All equipment that a scenario needs is wired, and no cut is shorter than the rig allows.
struct RigUseCheck {
  /// Equipment that is not there: who needs it first, and how many more do.
  private struct Lack {
    var device: String
    var equipment: Equipment
    var location: SourceLocation
    var others = 0
  }

  private let rig: RigDescription
  private var findings: [Finding] = []
  private var lacks: [Lack] = []

  init(rig: RigDescription) {
    self.rig = rig
  }

  /// What was found; equipment that is not there is one line, however many steps need it.
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
          "this step needs a \(lack.equipment.rawValue)\(others); the rig \(rig.name) has none\(device)",
          remedy: "wire one, or play the scenario on another rig")
      }
  }

  /// Looks at one step.
  mutating func visit(_ visit: StepVisit) {
    let step = visit.step
    guard let constant = visit.device, !constant.isSecret else { return }
    let name = constant.text
    guard let device = rig.device(name) else {
      findings.append(
        Finding(
          step.location,
          "the rig \(rig.name) has no device \"\(name)\"\(step.device?.standing ?? "")",
          remedy: NearestName.remedy(for: name, among: rig.devices.map(\.name), what: "devices")))
      return
    }
    for (equipment, location) in Self.needs(of: step) where !device.has(equipment) {
      note(equipment, of: name, at: location)
    }
    if case .restored(let minimum?) = step.action?.needs.supply, let power = device.power,
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

  private mutating func note(
    _ equipment: Equipment, of device: String, at location: SourceLocation
  ) {
    if let index = lacks.firstIndex(where: { $0.device == device && $0.equipment == equipment }) {
      lacks[index].others += 1
    } else {
      lacks.append(Lack(device: device, equipment: equipment, location: location))
    }
  }

  /// What a step needs, each kind of equipment once.
  private static func needs(of step: Step) -> [(equipment: Equipment, location: SourceLocation)] {
    var needs: [(equipment: Equipment, location: SourceLocation)] = []
    for (part, location) in step.needs {
      for equipment in part.equipment where !needs.contains(where: { $0.equipment == equipment }) {
        needs.append((equipment, location))
      }
    }
    return needs
  }
}

extension DeviceWiring {
  fileprivate func has(_ equipment: Equipment) -> Bool {
    switch equipment {
    case .screen: screen != nil
    case .mouse: mouse != nil
    case .powerSwitch: power != nil
    case .mailbox: mail != nil
    }
  }
}
