import Gate
import GateTrials
import Ledger
import Testing

@Suite("what is still to be played")
struct PlanTests {
  private static func rig(_ name: String, model: String = "night", isVirtual: Bool = false)
    -> GateLab.Rig
  {
    GateLab.Rig(
      name: name, path: "/lab/\(name).yaml", rigClass: "bench", tags: [], model: model,
      isVirtual: isVirtual, remembers: true)
  }

  private static let lab = GateLab(
    scenarios: ["reset": "/lab/reset.yaml", "log-in": "/lab/log-in.yaml"],
    models: ["night": "/lab/night"],
    rigs: [
      rig("bench-1"), rig("bench-2"), rig("soft", isVirtual: true), rig("h-1", model: "harbor"),
    ])

  /// The plan of a demand over some runs: rig, firmware and seed of each run.
  private func plan(
    _ demand: Demand, _ runs: [ReleaseRun] = [], byBaseline: Bool = false
  ) throws -> GatePlan {
    let policy = try GateLoader.load(Array(demand.text.utf8), file: "gate.yaml")
    return GatePlan(
      of: try demand.decide(runs), by: policy, with: Self.lab,
      byBaseline: byBaseline)
  }

  private func words(_ plan: GatePlan) -> [String] {
    plan.runs.map { "\($0.scenario) \($0.rig) \($0.firmware.version) \($0.seed)" }
  }

  @Test("as many rigs are played on as are asked for")
  func rigs() throws {
    let plan = try plan(Demand(asks: "passes: 3\nrigs: {atLeast: 2}"))
    #expect(
      plan.runs.map(\.rig) == ["/lab/bench-1.yaml", "/lab/bench-2.yaml", "/lab/bench-1.yaml"])
    let second = try self.plan(Demand(asks: "passes: 3\nrigs: {atLeast: 2}"), passes(3))
    #expect(second.runs.map(\.rig) == ["/lab/bench-2.yaml"])
  }

  @Test("what lacks is played on the rigs of the kind, none of them virtual")
  func missing() throws {
    let plan = try plan(Demand(asks: "passes: 3"))
    #expect(
      words(plan) == [
        "/lab/reset.yaml /lab/bench-1.yaml 4.3.0 1", "/lab/reset.yaml /lab/bench-1.yaml 4.3.0 2",
        "/lab/reset.yaml /lab/bench-1.yaml 4.3.0 3",
      ])
    #expect(plan.gaps.isEmpty)
  }

  @Test("what needs least comes first, and each is played once before any is played twice")
  func breadthFirst() throws {
    let plan = try plan(
      Demand(asks: "passes: 2", scenarios: "[reset, log-in]"),
      passes(1, scenario: "log-in"))
    #expect(
      plan.runs.map(\.scenario) == ["/lab/log-in.yaml", "/lab/reset.yaml", "/lab/reset.yaml"])
  }

  @Test("a failure is confirmed on a second rig before anything else, and more passes don't help")
  func confirmation() throws {
    let plan = try plan(Demand(asks: "passes: 3"), passes(1) + [one("a").failed()])
    #expect(words(plan) == ["/lab/reset.yaml /lab/bench-2.yaml 4.3.0 2"])
    #expect(plan.runs[0].why.contains("Confirm on a second rig: expectation-unmet at Open"))
  }

  @Test("where some may fail, so many more must pass that it is no worse than it may be")
  func tolerated() throws {
    let plan = try plan(
      Demand(asks: "passes: {atLeast: 2, of: 3}"),
      [one("a").failed(), one("b", rig: "bench-2").failed()])
    #expect(plan.runs.count == 4)
  }

  @Test("the baseline is played on the rigs that failed")
  func byBaseline() throws {
    let demand = Demand(asks: "passes: 3", more: "baseline: \(ReleaseNight.baseline)")
    let failed = [one("a").failed(), one("b", rig: "bench-2").failed()]
    #expect(
      words(try plan(demand, failed, byBaseline: true)) == [
        "/lab/reset.yaml /lab/bench-1.yaml 4.2.1 2", "/lab/reset.yaml /lab/bench-2.yaml 4.2.1 3",
      ])
    let good = one("c", rig: "bench-2", firmware: ReleaseNight.baseline)
    #expect(
      words(try plan(demand, failed + [good], byBaseline: true)) == [
        "/lab/reset.yaml /lab/bench-1.yaml 4.2.1 2"
      ])
  }

  @Test("what can't be planned is told")
  func gaps() throws {
    let three = try plan(Demand(asks: "passes: 1\nrigs: {atLeast: 3}"))
    #expect(three.gaps == ["reset on night: 1 more rig(s) are needed than the lab has of the kind"])
    let none = try plan(Demand(asks: "passes: 1", models: "[summit]"))
    #expect(none.runs.isEmpty)
    #expect(none.gaps.count == 1)
  }

  @Test("nothing is planned for a gate that is open")
  func nothing() throws {
    let plan = try plan(Demand(asks: "passes: 3"), passes(3))
    #expect(plan.runs.isEmpty)
    #expect(plan.suite.contains("Nothing is to be played"))
  }
}
