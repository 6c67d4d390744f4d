import Bench
import FoundationEssentials
public import Gate
import RecorderModel
import RigDescription
public import SourceYAML

/// A gate file with its waivers, and what its names stand for.
public struct GateFiles: Sendable {
  /// The policy.
  public let policy: GatePolicy
  /// What somebody answers for; nil where the policy names no file.
  public let waivers: Waivers?
  /// The lab's files by the names in them.
  public let lab: GateLab

  /// Reads and checks a gate file with all that it names.
  ///
  /// - Parameter path: the gate file.
  /// - Throws: all that is wrong, in one go.
  public init(_ path: String) throws(Findings) {
    policy = try GateLoader.load(path)
    var findings: [Finding] = []
    lab = Self.lab(policy.files, &findings)
    do throws(Findings) {
      try GateLoader.check(policy, against: lab.names)
    } catch {
      findings += error.all
    }
    var waivers: Waivers?
    do throws(Findings) {
      waivers = try WaiverLoader.load(of: policy, causes: Self.failures)
    } catch {
      findings += error.all
    }
    if !findings.isEmpty { throw Findings(findings) }
    self.waivers = waivers
  }

  /// The causes that failed runs may have.
  static let failures = FaultCode.allCases.filter { $0.owner == .recorder }.map(\.rawValue)

  private static func lab(_ files: GatePolicy.Files, _ findings: inout [Finding]) -> GateLab {
    var lab = GateLab()
    func name(_ path: String, _ key: String, _ place: SourceLocation) -> String? {
      let reading = YAMLReader.read(file: path, from: .disk)
      if let name = reading.root?[key]?.text { return name }
      findings.append(
        Finding(
          place, "\(path) \(reading.root == nil ? "can't be read" : "is no \(key) file")",
          remedy: "name a file with the key \(key) at its top"))
      return nil
    }
    for place in files.scenarios {
      for path in SuitePlan.files(at: place, holding: "scenario", "scenarios", &findings) {
        if let name = name(path, "scenario", place.location) {
          lab.scenarios[name] = SuitePlan.absolute(path)
        }
      }
    }
    for place in files.models {
      if let name = name("\(place.text)/model.yaml", "model", place.location) {
        lab.models[name] = SuitePlan.absolute(place.text)
      }
    }
    for place in files.rigs {
      for path in SuitePlan.files(at: place, holding: "rig", "rigs", &findings) {
        let parsed = RigLoader.load(file: path)
        guard let rig = parsed.rig else {
          findings += parsed.findings
          continue
        }
        let model = YAMLReader.read(file: "\(rig.modelFolder)/model.yaml", from: .disk)
          .root?["model"]?.text
        lab.rigs.append(
          .init(
            name: rig.name, path: SuitePlan.absolute(path), rigClass: rig.rigClass, tags: rig.tags,
            model: model,
            isVirtual: rig.isVirtual, remembers: rig.hasPast))
      }
    }
    return lab
  }
}
