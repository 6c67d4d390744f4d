import Gate
import GateTrials
import SourceYAML
import Testing

@Suite("gate files")
struct LoaderTests {
  @Test("a whole gate is read")
  func whole() throws {
    let policy = try GateLoader.load(
      Array(
        """
        gate: release
        product: recorder
        baseline: \(ReleaseNight.baseline)
        virtual: allowed
        overrides: allowed
        witness: screen
        newFailures: none
        waivers: waivers.yaml
        pins:
          programs: ["sha256:\(ReleaseNight.digest("4"))"]
          scenarios: {reset: "sha256:\(ReleaseNight.digest("1"))"}
          models: {night: "sha256:\(ReleaseNight.digest("2"))"}
        files: {scenarios: [../Scenarios], models: [../m], rigs: [rigs]}
        require:
          - name: reset
            about: It is reset.
            scenarios: [reset]
            models: [night]
            rigs: {class: bench, tags: [hdmi-2], atLeast: 2}
            passes: {atLeast: 4, of: 5}
            passRate: {atLeast: 90 %, bound: clopper-pearson}
            within: 4w
            partial: [Read the code]
            errored: {atMost: 1}
            measurements: [{of: boot, statistic: p95, atMost: baseline + 10 %, values: 5}]
        """.utf8), file: "Gates/gate.yaml")
    #expect(policy.baseline == ReleaseNight.baseline)
    #expect(policy.countsVirtual && policy.countsOverridden && policy.needsScreen)
    #expect(policy.refusesNewFailures)
    #expect(policy.waivers?.text == "Gates/waivers.yaml")
    #expect(policy.files.scenarios.map(\.text) == ["Scenarios"])
    #expect(policy.files.rigs.map(\.text) == ["Gates/rigs"])
    #expect(policy.measurements == ["boot"])
    let requirement = try #require(policy.requirements.first)
    #expect(requirement.passes == .init(atLeast: 4, of: 5))
    #expect(requirement.passRate?.atLeast == 0.9)
    #expect(requirement.passRate?.bound == .clopperPearson)
    #expect(requirement.within == 2_419_200)
    #expect(requirement.partial == .steps(["Read the code"]))
    #expect(requirement.erroredAtMost == 1)
    #expect(requirement.measurements.first?.most == .overBaseline(0.1))
    #expect(requirement.measurements.first?.statistic == .p95)
  }

  @Test(
    "each mistake gets one line that says where it is and what would be right",
    arguments: [
      (
        "passes: 0",
        "gate.yaml:8:13: \"passes\" is \"0\", not a whole number; write a number from 1 to 10000"
      ),
      (
        "passes: {atLeast: 5, of: 4}",
        "gate.yaml:8:23: of 4 runs 5 can't pass; write a number from 1 to 4"
      ),
      (
        "passes: 1\nwithin: 30",
        "gate.yaml:9:13: \"within\" is \"30\", not a length of time; write one such as 12h, 30d or 8w"
      ),
      (
        "passes: 1\npassRate: {atLeast: 100 %}",
        "gate.yaml:9:25: \"atLeast\" is \"100 %\", not a share; write one such as 95 %"
      ),
      (
        "passes: 1\nwithn: 30d",
        "gate.yaml:9:5: \"withn\" is no key of a requirement; did you mean \"within\"?"
      ),
      (
        "passes: 1\nmeasurements: [{of: boot, atMost: baseline + 10 %}]",
        "gate.yaml:5:5: the limit of boot is that of a baseline; add baseline: VERSION@sha256:DIGEST"
      ),
      (
        "passes: 1\nmeasurements: [{of: boot, atMost: baseline - 10 %}]",
        "gate.yaml:9:39: \"atMost\" is \"baseline - 10 %\", not a limit; write one such as 60s, 62.5, baseline "
          + "or baseline + 10 %"
      ),
      (
        "passes: 1\ninformative: true",
        "gate.yaml:5:3: all requirements are informative, so that nothing decides; have one that is not"
      ),
    ])
  func mistakes(_ asks: String, _ line: String) {
    #expect(findings(Demand(asks: asks).text) == [line])
  }

  @Test(
    "so do mistakes at the top",
    arguments: [
      (
        "baseline: 4.2.1",
        "gate.yaml:3:11: \"baseline\" is \"4.2.1\", not a firmware with its digest; write "
          + "VERSION@sha256:DIGEST, as gantry flash says it"
      ),
      ("virtual: yes", "gate.yaml:3:10: \"virtual\" is \"yes\", which it can't be; write allowed"),
      (
        "newFailures: none",
        "gate.yaml:3:1: what is new is told by a baseline; add baseline: VERSION@sha256:DIGEST"
      ),
      (
        "quarantine: [{scenario: rset, owner: a, why: b, until: 2026-12-31}]",
        "gate.yaml:3:25: no requirement is about the scenario \"rset\"; did you mean \"reset\"?"
      ),
      (
        "quarantine: [{scenario: reset, owner: a, why: b, until: 2026-02-30}]",
        "gate.yaml:3:57: \"until\" is \"2026-02-30\", not a day; write one such as 2026-12-31"
      ),
      (
        "pins: {models: {nite: \"sha256:\(ReleaseNight.digest("1"))\"}}",
        "gate.yaml:3:17: no requirement is about the model \"nite\"; the models are night"
      ),
      (
        "pins: {programs: [abc]}",
        "gate.yaml:3:19: element 1 of \"programs\" is \"abc\", not a digest; write sha256: and 64 digits in hex"
      ),
    ])
  func mistakesAtTheTop(_ more: String, _ line: String) {
    #expect(findings(Demand(more: more).text) == [line])
  }

  @Test("names are held against those that there are")
  func names() throws {
    let policy = try GateLoader.load(
      Array(Demand(asks: "passes: 1\nrigs: {class: bensh, tags: [fst]}").text.utf8),
      file: "gate.yaml")
    let error = #expect(throws: Findings.self) {
      try GateLoader.check(
        policy,
        against: .init(
          scenarios: ["resett", "log-in"], models: ["nigth"], classes: ["bench"], tags: ["fast"]))
    }
    #expect(
      error?.all.map(\.description) == [
        "gate.yaml:5:5: no rig has the tag \"fst\"; did you mean \"fast\"?",
        "gate.yaml:5:5: no rig is of the class \"bensh\"; did you mean \"bench\"?",
        "gate.yaml:6:17: there is no scenario \"reset\"; did you mean \"resett\"?",
        "gate.yaml:7:14: there is no model \"night\"; did you mean \"nigth\"?",
      ])
  }

  @Test("waivers name only what the gate asks for, and causes that there are")
  func waivers() throws {
    let text = """
      waivers:
        - who: maria
          why: It is right.
          until: 2026-12-31
          scenario: rest
          model: night
          cause: expectation-unmt
      """
    let error = #expect(throws: Findings.self) {
      try WaiverLoader.load(
        Array(text.utf8), file: "w.yaml",
        names: WaiverNames(scenarios: ["reset"], models: ["night"], causes: ["expectation-unmet"]))
    }
    #expect(
      error?.all.map(\.description) == [
        "w.yaml:5:15: \"rest\" is no scenario that the gate asks for; did you mean \"reset\"?",
        "w.yaml:7:12: \"expectation-unmt\" is no cause of a failed run; did you mean "
          + "\"expectation-unmet\"?",
      ])
    let bare = #expect(throws: Findings.self) {
      try WaiverLoader.load(Array("waivers: [{who: maria}]".utf8), file: "w.yaml")
    }
    #expect(bare?.all.count == 5)
  }

  @Test("an image is told by its version and all of its digest")
  func images() {
    #expect(FirmwareImage(ReleaseNight.candidate.description) == ReleaseNight.candidate)
    for text in [
      "4.3.0", "4.3.0@", "@sha256:\(ReleaseNight.digest("a"))", "4.3.0@sha256:abc",
      "4.3.0@sha256:\(ReleaseNight.digest("A"))", "4.3.0@md5:\(ReleaseNight.digest("a"))",
    ] {
      #expect(FirmwareImage(text) == nil, "\(text)")
    }
  }

  private static func examples(of book: ShapeBook) -> [String] {
    let reference = Reference([("gate", book)])
    return Set(reference.kinds.flatMap { reference.pages(of: $0) }.compactMap(\.example)).sorted()
  }

  @Test("every example of the reference is one", arguments: examples(of: GateFormat.book))
  func shown(example: String) {
    var text = example
    let isOfRequirement = GateFormat.requirementKeys.contains { text.hasPrefix("\($0):") }
    if isOfRequirement {
      text = Demand(asks: text.hasPrefix("passes:") ? text : "passes: 1\n\(text)").text
      if example.contains("baseline") { text += "\nbaseline: \(ReleaseNight.baseline)" }
      if example.hasPrefix("informative") {
        text += "\n  - {name: b, scenarios: [a], models: [b], passes: 1}"
      }
    } else {
      text += "\n" + Demand(scenarios: "[reset, expired-code]").text
      if example.hasPrefix("newFailures") { text += "\nbaseline: \(ReleaseNight.baseline)" }
    }
    #expect(findings(text) == [], "\(text)")
  }

  @Test("every example of waivers is one", arguments: examples(of: WaiverFormat.book))
  func shownWaivers(example: String) {
    #expect(throws: Never.self) {
      _ = try WaiverLoader.load(Array(example.utf8), file: "waivers.yaml")
    }
  }
}
