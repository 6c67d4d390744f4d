import Bench
import FoundationEssentials
import RigDescription
import SourceYAML
public import Suites

/// What a suite comes to: every run that is to be played, in order, all files checked.
public struct SuitePlan: Sendable {
  /// One run that is to be played.
  public struct Unit: Sendable {
    /// What it is made from.
    public let subject: RunSubject
    /// Which of the subject's scenarios.
    public let part: RunSubject.Part
    /// The firmware under test; nil where nobody tells.
    public let firmware: String?
    /// Where all that is drawn by lot comes from.
    public let seed: UInt64
    /// The rig whose devices one run at a time may have; nil for a recorder that is born with the
    /// run.
    public let lane: String?
  }

  /// The suite.
  public let suite: SuiteDescription
  /// The runs in the order in which they are played.
  public private(set) var units: [Unit] = []

  /// The causes for which an errored run may be played again: the rig's, its mail's and the host's.
  /// What was done to a recorder before, and what a scenario lacks, no second try puts right.
  public static let retriable = FaultCode.allCases.filter {
    [.rig, .mail, .host].contains($0.owner)
  }.map(\.rawValue)

  /// Reads and checks a suite with all files that it names.
  ///
  /// - Parameters:
  ///   - path: the suite file.
  ///   - overrides: values that replace those of each rig file, `key=value`.
  ///   - parameters: values of parameters.
  ///   - program: what journals call the program.
  /// - Throws: all that is wrong, in one go.
  public init(
    _ path: String, overrides: [String], parameters: GivenParameters, program: String
  ) throws {
    suite = try SuiteLoader.load(path, retriable: Self.retriable)
    var findings: [Finding] = []
    for run in suite.runs {
      do {
        units += try Self.units(
          of: run, overrides: overrides, parameters: parameters, program: program)
      } catch let wrong as Findings {
        findings += wrong.all
      }
    }
    let scenarios = suite.scenarios.flatMap {
      Self.files(at: $0, holding: "scenario", "scenarios", &findings)
    }
    let rigs = Self.rigs(suite.rigs, &findings)
    if rigs.isEmpty, !scenarios.isEmpty {
      // What is wrong with the scenarios themselves is told all the same.
      do {
        _ = try InputFiles(scenarios: scenarios, rig: nil)
      } catch {
        findings += error.all
      }
    }
    // Rig by rig, as little as possible is changed on a bench from one run to the next.
    for rig in rigs {
      for model in suite.models.isEmpty ? [nil] : suite.models.map(Optional.some) {
        let replaced = overrides + (model.map { ["model=\(Self.absolute($0.text))"] } ?? [])
        for firmware in suite.firmwares.isEmpty ? [nil] : suite.firmwares.map(\.text) {
          do {
            let files = try InputFiles(
              scenarios: scenarios, rig: rig,
              extras: .init(overrides: replaced, parameters: parameters, firmware: firmware))
            let subject = try RunSubject(
              files, rigPath: rig, overrides: replaced, program: program)
            let lane = subject.rig.hasPast ? rig : nil
            units += subject.parts.flatMap { part in
              suite.seeds.flatMap { seed in
                (0..<suite.repeats).map { _ in
                  Unit(subject: subject, part: part, firmware: firmware, seed: seed, lane: lane)
                }
              }
            }
          } catch let wrong as Findings {
            findings += wrong.all
          }
        }
      }
    }
    if !findings.isEmpty { throw Findings(findings) }
  }

  /// A run that is named by itself, as often as it is played.
  private static func units(
    of run: SuiteDescription.Run, overrides: [String], parameters: GivenParameters,
    program: String
  ) throws -> [Unit] {
    let replaced = overrides + (run.model.map { ["model=\(absolute($0.text))"] } ?? [])
    let files = try InputFiles(
      scenarios: [run.scenario.text], rig: run.rig.text,
      extras: .init(overrides: replaced, parameters: parameters, firmware: run.firmware))
    let subject = try RunSubject(
      files, rigPath: run.rig.text, overrides: replaced, program: program)
    let lane = subject.rig.hasPast ? run.rig.text : nil
    return subject.parts.flatMap { part in
      (0..<run.times).map { time in
        Unit(
          subject: subject, part: part, firmware: run.firmware, seed: run.seed + UInt64(time),
          lane: lane)
      }
    }
  }

  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// The rigs that are chosen.
  private static func rigs(_ choice: SuiteDescription.RigChoice, _ findings: inout [Finding])
    -> [String]
  {
    let all = choice.places.flatMap { files(at: $0, holding: "rig", "rigs", &findings) }
    guard choice.rigClass != nil || !choice.tags.isEmpty else { return all }
    let read = all.compactMap { path in
      RigLoader.load(file: path).rig.map { (path: path, rig: $0) }
    }
    let chosen = read.filter { _, rig in
      (choice.rigClass == nil || rig.rigClass == choice.rigClass?.text)
        && choice.tags.allSatisfy { rig.tags.contains($0.text) }
    }
    if chosen.isEmpty, let wanted = choice.rigClass ?? choice.tags.first, !read.isEmpty {
      let known = read.flatMap { ($0.rig.rigClass.map { [$0] } ?? []) + $0.rig.tags }
      findings.append(
        Finding(
          wanted.location, "none of the \(read.count) rigs is of that class and has these tags",
          remedy: NearestName.remedy(
            for: wanted.text, among: Set(known).sorted(), what: "classes and tags")))
    }
    return chosen.map(\.path)
  }

  /// The file that is named, or the files in the folder that is.
  static func files(
    at place: LocatedText, holding key: String, _ what: String, _ findings: inout [Finding]
  ) -> [String] {
    guard let found = FolderOfFiles(place.text) else { return [place.text] }
    let files = found.files(holding: key)
    if files.isEmpty {
      findings.append(
        Finding(
          place.location, "there are no \(what) in the folder \(place.text)",
          remedy: "name a file, or a folder with files that begin with \(key):"))
    }
    return files
  }
}
