import FoundationEssentials
import Gate
import GateTrials
import Ledger
import RunJournal
import Testing

/// A policy, a ledger, and what must come of them.
struct DecisionCase: Sendable, CustomTestStringConvertible {
  var name: String
  var demand: Demand
  var runs: [ReleaseRun]
  var verdict: Decision.Verdict
  /// What lacks, in order.
  var lacks: [Decision.Lack]
  /// A part of a reason or a note that must be said; nil where the lacks say all.
  var says: String?

  var testDescription: String { name }

  /// A gate that is open.
  static func open(
    _ name: String, _ demand: Demand, _ runs: [ReleaseRun], says: String? = nil
  ) -> DecisionCase {
    DecisionCase(name: name, demand: demand, runs: runs, verdict: .open, lacks: [], says: says)
  }

  /// A gate that is closed.
  static func closed(
    _ name: String, _ demand: Demand, _ runs: [ReleaseRun], _ lacks: [Decision.Lack] = [],
    says: String? = nil
  ) -> DecisionCase {
    DecisionCase(
      name: name, demand: demand, runs: runs, verdict: .closed, lacks: lacks, says: says)
  }
}

private let base = "baseline: 4.2.1@sha256:\(ReleaseNight.digest("b"))"
private let waived = """
  waivers:
    - who: maria
      why: The new dialog is right.
      until: 2026-03-31
      scenario: reset
      model: night
      cause: expectation-unmet
  """
private let three = Demand()
private let month = Demand(asks: "passes: 2\nwithin: 30d")
private let days = 24.0 * 60

extension DecisionCase {
  static let passes: [DecisionCase] = [
    .open("three passes of three", three, GateTests.passes(3)),
    .open("more passes than are asked for", three, GateTests.passes(9)),
    .closed("no run at all", three, [], [.missing], says: "no run of this image is booked"),
    .closed("two passes of three", three, GateTests.passes(2), [.tooFew], says: "2 of 3 passes"),
    .closed(
      "only runs of the version, without a digest", three,
      GateTests.passes(3).map { $0.with { $0.firmware = "4.3.0" } }, [.missing]),
    .closed(
      "only runs of another image of the same version", three,
      GateTests.passes(3, firmware: ReleaseNight.image("4.3.0", "c")), [.missing]),
    .closed(
      "only runs of the image under another version", three,
      GateTests.passes(3, firmware: ReleaseNight.image("4.3.1", "a")), [.missing]),
    .closed(
      "only runs of another scenario", three, GateTests.passes(3, scenario: "log-in"), [.missing]),
    .closed("only runs on another model", three, GateTests.passes(3, model: "harbor"), [.missing]),
    .closed(
      "a failure and no pass", three, [one("a").failed()], [.failed],
      says: "1 run failed: expectation-unmet at Open"),
    .closed(
      "a failure after three passes", three, GateTests.passes(3) + [one("a").failed()], [.flaky],
      says: "1 run failed and 3 passed on the same image"),
    .closed(
      "a failure before three passes: it is not played until it passes", three,
      GateTests.passes(3) + [one("a", minutesAgo: 600).failed()], [.flaky]),
    .open(
      "a failure of another image", three,
      GateTests.passes(3) + [one("a", firmware: ReleaseNight.baseline).failed()]),
    .closed(
      "passes that were booked after the instant", three,
      GateTests.passes(3).map { $0.with { $0.bookedAt = ReleaseNight.asOf + 1 } }, [.missing]),
    .open(
      "a failure that was booked after the instant", three,
      GateTests.passes(3) + [one("a").failed().with { $0.bookedAt = ReleaseNight.asOf + 1 }]),
    .open(
      "four of the last five", Demand(asks: "passes: {atLeast: 4, of: 5}"),
      GateTests.passes(4) + [one("a").failed()]),
    .closed(
      "three of the last five, where four must", Demand(asks: "passes: {atLeast: 4, of: 5}"),
      GateTests.passes(3) + [one("a").failed(), one("b").failed()], [.flaky]),
    .closed(
      "four of the last five, and worse before that", Demand(asks: "passes: {atLeast: 4, of: 5}"),
      GateTests.passes(4)
        + (0..<4).map { one("old-\($0)", minutesAgo: 100 + Double($0)).failed() }, [.flaky]),
    .open(
      "four of the last five, and the same before that",
      Demand(asks: "passes: {atLeast: 4, of: 5}"),
      GateTests.passes(8)
        + [one("a", minutesAgo: 11.5).failed(), one("b", minutesAgo: 100).failed()]),
    .closed(
      "one of two models", Demand(models: "[night, harbor]"), GateTests.passes(3), [.missing],
      says: "reset on harbor"),
    .open(
      "both models", Demand(models: "[night, harbor]"),
      GateTests.passes(3) + GateTests.passes(3, model: "harbor")),
    .closed(
      "one of two scenarios", Demand(scenarios: "[reset, log-in]"), GateTests.passes(3),
      [.missing], says: "log-in on night"),
  ]

  static let neverPasses: [DecisionCase] = [
    .closed(
      "errored runs are no passes", three, GateTests.passes(2) + [one("a").errored()],
      [.tooFew, .errored], says: "1 run: capture-gone"),
    .closed(
      "killed runs are no passes", three, GateTests.passes(2) + [one("a").killed()],
      [.tooFew, .killed], says: "killed at Open"),
    .closed(
      "aborted runs are no passes", three, GateTests.passes(2) + [one("a").aborted()],
      [.tooFew, .aborted]),
    .closed(
      "passes in part are no passes", three,
      GateTests.passes(2) + [one("a").with { $0.leftOut = ["Read the code on the phone"] }],
      [.tooFew, .partial], says: "left out: Read the code on the phone"),
    .closed(
      "a pass of which nobody wrote down what was left out", three,
      GateTests.passes(2) + [one("a").with { $0.leftOut = nil }], [.tooFew, .partial]),
    .closed(
      "a pass of which nobody counted what was judged", three,
      GateTests.passes(2) + [one("a").with { $0.held = nil }], [.tooFew, .partial],
      says: "nobody counted what was judged"),
    .closed(
      "all of it at once", three,
      [
        one("a").errored(), one("b").killed(), one("c").aborted(),
        one("d").with { $0.leftOut = ["x"] },
      ], [.tooFew, .partial, .errored, .killed, .aborted]),
    .open(
      "errored runs beside enough passes", three, GateTests.passes(3) + [one("a").errored()]),
    .open(
      "passes in part, where they are enough", Demand(asks: "passes: 1\npartial: allowed"),
      [one("a").with { $0.leftOut = ["Read the code on the phone"] }]),
    .open(
      "a step left out that may be", Demand(asks: "passes: 1\npartial: [Read the code]"),
      [one("a").with { $0.leftOut = ["Read the code"] }]),
    .closed(
      "another step left out", Demand(asks: "passes: 1\npartial: [Read the code]"),
      [one("a").with { $0.leftOut = ["Read the code", "Log in"] }], [.tooFew, .partial]),
    .open("two passes of this month", month, GateTests.passes(2)),
    .closed(
      "passes that are too old", month, GateTests.passes(2, from: 31 * days), [.tooFew, .stale],
      says: "passed more than 30d ago"),
    .closed(
      "old runs that are booked only now", month,
      GateTests.passes(2, from: 31 * days).map { $0.with { $0.bookedAt = ReleaseNight.asOf - 1 } },
      [.tooFew, .stale]),
    .open(
      "a failure that is too old", month,
      GateTests.passes(2) + [one("a", minutesAgo: 31 * days).failed()]),
    .closed(
      "more errored runs than may be", Demand(asks: "passes: 3\nerrored: {atMost: 1}"),
      GateTests.passes(3) + [one("a").errored(), one("b").killed()], [.errored],
      says: "2 runs ended errored or were killed, where 1 may"),
    .open(
      "as many errored runs as may be", Demand(asks: "passes: 3\nerrored: {atMost: 2}"),
      GateTests.passes(3) + [one("a").errored(), one("b").killed(), one("c").aborted()]),
  ]

  static let places: [DecisionCase] = [
    .closed(
      "virtual rigs", three, GateTests.passes(3).map { $0.with { $0.rigKind?.isVirtual = true } },
      [.tooFew, .uncounted], says: "it was played on a virtual rig"),
    .open(
      "virtual rigs where they are named", Demand(more: "virtual: allowed"),
      GateTests.passes(3).map { $0.with { $0.rigKind?.isVirtual = true } }),
    .closed(
      "recorders that are born with the run, even where virtual rigs count",
      Demand(more: "virtual: allowed"),
      GateTests.passes(3).map {
        $0.with {
          $0.rigKind?.isVirtual = true
          $0.rigKind?.remembers = false
        }
      }, [.tooFew, .uncounted], says: "the image is only told"),
    .closed(
      "rigs of which nobody knows what they are", Demand(more: "virtual: allowed"),
      GateTests.passes(3).map { $0.with { $0.rigKind = nil } }, [.tooFew, .uncounted]),
    .closed(
      "one rig where two must be", Demand(asks: "passes: 3\nrigs: {atLeast: 2}"),
      GateTests.passes(3), [.rigs], says: "it passed on bench-1, not on 2 different rigs"),
    .open(
      "two rigs", Demand(asks: "passes: 3\nrigs: {atLeast: 2}"),
      GateTests.passes(3) + [one("a", rig: "bench-2", minutesAgo: 900)]),
    .closed(
      "a second rig that only failed",
      Demand(asks: "passes: {atLeast: 3, of: 4}\nrigs: {atLeast: 2}"),
      GateTests.passes(3) + [one("a", rig: "bench-2").failed()], [.rigs]),
    .closed(
      "rigs of another class", Demand(asks: "passes: 3\nrigs: {class: lab}"), GateTests.passes(3),
      [.tooFew, .uncounted], says: "the rig bench-1 is of the class bench"),
    .open(
      "rigs of the class", Demand(asks: "passes: 3\nrigs: {class: bench, tags: [hdmi-2]}"),
      GateTests.passes(3)),
    .closed(
      "rigs without a tag", Demand(asks: "passes: 3\nrigs: {tags: [hdmi-2, fast]}"),
      GateTests.passes(3), [.tooFew, .uncounted], says: "has not the tag fast"),
    .closed(
      "overridden values", three,
      GateTests.passes(3).map { $0.with { $0.overrides = ["virtual.defects=[no-mail]"] } },
      [.tooFew, .uncounted], says: "virtual.defects was overridden"),
    .open(
      "overridden values where they are allowed", Demand(more: "overrides: allowed"),
      GateTests.passes(3).map { $0.with { $0.overrides = ["power.minimumOff=9s"] } }),
    .open(
      "parameters, and a model that a suite chose", three,
      GateTests.passes(3).map {
        $0.with { $0.overrides = ["param address=a@b", "model=/models/night"] }
      }),
    .closed(
      "the version was not read off the screen", Demand(more: "witness: screen"),
      GateTests.passes(3), [.tooFew, .uncounted], says: "did not read the version off the screen"),
    .open(
      "the version was read off the screen", Demand(more: "witness: screen"),
      GateTests.passes(3).map { $0.with { $0.sawFirmware = true } }),
    .closed(
      "another program than the pinned one",
      Demand(more: "pins: {programs: [\"sha256:\(ReleaseNight.digest("9"))\"]}"),
      GateTests.passes(3), [.tooFew, .uncounted], says: "another program"),
    .closed(
      "another scenario than the pinned one",
      Demand(more: "pins: {scenarios: {reset: \"sha256:\(ReleaseNight.digest("9"))\"}}"),
      GateTests.passes(3), [.tooFew, .uncounted], says: "another scenario of this name"),
    .closed(
      "another model than the pinned one",
      Demand(more: "pins: {models: {night: \"sha256:\(ReleaseNight.digest("9"))\"}}"),
      GateTests.passes(3), [.tooFew, .uncounted], says: "another model of this name"),
    .open(
      "what is pinned",
      Demand(
        more: """
          pins:
            programs: ["sha256:\(ReleaseNight.digest("4"))"]
            scenarios: {reset: "sha256:\(ReleaseNight.digest("1"))"}
            models: {night: "sha256:\(ReleaseNight.digest("2"))"}
          """), GateTests.passes(3)),
  ]

  static let sure: [DecisionCase] = [
    .closed(
      "three of three is not 90 % for sure",
      Demand(asks: "passes: 3\npassRate: {atLeast: 90 %}"), GateTests.passes(3), [.rate],
      says: "3 of 3 passed: with 95 % confidence at least 43.8 %, not 90 % (wilson)"),
    .open(
      "35 of 35 is", Demand(asks: "passes: 3\npassRate: {atLeast: 90 %}"), GateTests.passes(35)),
    .closed(
      "35 of 35 is not by the interval that covers at least",
      Demand(asks: "passes: 3\npassRate: {atLeast: 90 %, bound: clopper-pearson}"),
      GateTests.passes(35), [.rate], says: "at least 89.9 %, not 90 % (clopper-pearson)"),
    .open(
      "36 of 36 is",
      Demand(asks: "passes: 3\npassRate: {atLeast: 90 %, bound: clopper-pearson}"),
      GateTests.passes(36)),
    .closed(
      "boot time above the limit",
      Demand(asks: "passes: 3\nmeasurements: [{of: boot, atMost: 60s}]"),
      measuring(GateTests.passes(3), [59, 61, 62]), [.measurement],
      says: "median of boot is 61, more than 60 (60s)"),
    .open(
      "boot time at the limit",
      Demand(asks: "passes: 3\nmeasurements: [{of: boot, atMost: 60s}]"),
      measuring(GateTests.passes(3), [59, 60, 62])),
    .closed(
      "boot time that nobody measured",
      Demand(asks: "passes: 3\nmeasurements: [{of: boot, atMost: 60s}]"), GateTests.passes(3),
      [.measurement], says: "too few values for the median of boot: 0"),
    .closed(
      "boot time of failed runs only",
      Demand(asks: "passes: {atLeast: 1, of: 4}\nmeasurements: [{of: boot, atMost: 60s}]"),
      GateTests.passes(1) + measuring((0..<3).map { one("f\($0)").failed() }, [50, 50, 50]),
      [.measurement]),
    .closed(
      "boot time above the baseline and ten per cent",
      Demand(
        asks: "passes: 3\nmeasurements: [{of: boot, statistic: p95, atMost: baseline + 10 %}]",
        more: base),
      measuring(GateTests.passes(3), [50, 50, 56])
        + measuring(GateTests.passes(3, firmware: ReleaseNight.baseline, name: "b"), [50, 50, 50]),
      [.measurement], says: "p95 of boot is 55.4, more than 55"),
    .open(
      "boot time below that",
      Demand(
        asks: "passes: 3\nmeasurements: [{of: boot, statistic: median, atMost: baseline + 10 %}]",
        more: base),
      measuring(GateTests.passes(3), [50, 55, 70])
        + measuring(GateTests.passes(3, firmware: ReleaseNight.baseline, name: "b"), [50, 50, 50])),
    .closed(
      "a baseline that nobody measured",
      Demand(
        asks: "passes: 3\nmeasurements: [{of: boot, atMost: baseline}]", more: base),
      measuring(GateTests.passes(3), [50, 50, 50]), [.measurement],
      says: "the baseline has too few values"),
  ]

  static let failures: [DecisionCase] = [
    .closed(
      "a failure that the baseline has not",
      Demand(asks: "passes: {atLeast: 3, of: 4}", more: "\(base)\nnewFailures: none"),
      GateTests.passes(3) + [one("a").failed()]
        + GateTests.passes(2, firmware: ReleaseNight.baseline, name: "b"),
      says: "new failure: reset on night: expectation-unmet at Open, which the baseline has not"),
    .closed(
      "a failure where the baseline was not played",
      Demand(asks: "passes: {atLeast: 3, of: 4}", more: "\(base)\nnewFailures: none"),
      GateTests.passes(3) + [one("a").failed()], says: "where the baseline was not played"),
    .open(
      "a failure that the baseline has, too",
      Demand(asks: "passes: {atLeast: 3, of: 4}", more: "\(base)\nnewFailures: none"),
      GateTests.passes(3) + [one("a").failed()]
        + [one("b", firmware: ReleaseNight.baseline).failed()]),
    .closed(
      "the baseline's failure at another step",
      Demand(asks: "passes: {atLeast: 3, of: 4}", more: "\(base)\nnewFailures: none"),
      GateTests.passes(3) + [one("a").failed()]
        + [one("b", firmware: ReleaseNight.baseline).failed(at: "Close")],
      says: "new failure"),
    .closed(
      "a new failure in a scenario that nobody requires",
      Demand(more: "\(base)\nnewFailures: none"),
      GateTests.passes(3) + [one("a", scenario: "log-in").failed()], says: "log-in on night"),
    .closed(
      "a new failure that is older than the runs that count",
      Demand(asks: "passes: 3\nwithin: 1d", more: "\(base)\nnewFailures: none"),
      GateTests.passes(3) + [one("a", minutesAgo: 40 * days).failed()], says: "new failure"),
    .open(
      "a failure that somebody answers for", Demand(waivers: waived),
      GateTests.passes(2) + [one("a").failed()],
      says: "waived by maria until 2026-03-31: expectation-unmet of reset on night, 1 failed run"),
    .open(
      "an only failure that somebody answers for, and that is new",
      Demand(more: "\(base)\nnewFailures: none", waivers: waived),
      GateTests.passes(3) + [one("a").failed()]),
    .closed(
      "a waiver of another cause",
      Demand(waivers: waived.replacing("expectation-unmet", with: "no-mail")),
      GateTests.passes(3) + [one("a").failed()], [.flaky]),
    .closed(
      "a waiver of another scenario", Demand(waivers: waived.replacing("reset", with: "log-in")),
      GateTests.passes(3) + [one("a").failed()], [.flaky]),
    .closed(
      "a waiver of another model", Demand(waivers: waived.replacing("night", with: "harbor")),
      GateTests.passes(3) + [one("a").failed()], [.flaky]),
    .closed(
      "a waiver of another step", Demand(waivers: waived + "\n    step: Close"),
      GateTests.passes(3) + [one("a").failed()], [.flaky]),
    .closed(
      "a waiver of another firmware",
      Demand(waivers: waived + "\n    firmware: \(ReleaseNight.baseline)"),
      GateTests.passes(3) + [one("a").failed()], [.flaky]),
    .closed(
      "a waiver whose last day is over",
      Demand(waivers: waived.replacing("2026-03-31", with: "2026-02-28")),
      GateTests.passes(3) + [one("a").failed()], [.flaky],
      says: "maria's waiver of expectation-unmet of reset on night ended with 2026-02-28; it would "
        + "cover 1 failed run"),
    .open(
      "a waiver on its last day",
      Demand(waivers: waived.replacing("2026-03-31", with: "2026-03-01")),
      GateTests.passes(3) + [one("a").failed()]),
    .closed(
      "waivers cover no errored run", Demand(waivers: waived),
      GateTests.passes(2) + [one("a").errored("expectation-unmet")], [.tooFew, .errored]),
    .closed("waivers cover nothing that is missing", Demand(waivers: waived), [], [.missing]),
  ]

  static let aside: [DecisionCase] = [
    .open(
      "what is in quarantine decides nothing",
      Demand(
        more: quarantine("2026-03-31"), scenarios: "[reset, log-in]"),
      GateTests.passes(3), says: "in quarantine (maria, until 2026-03-31"),
    .closed(
      "a quarantine that is over",
      Demand(
        more: quarantine("2026-02-28"), scenarios: "[reset, log-in]"),
      GateTests.passes(3), [.missing]),
    .closed(
      "all in quarantine: then nothing decides",
      Demand(
        more: quarantine("2026-03-31"), scenarios: "[log-in]"), [], says: "nothing decides"),
    .open(
      "an informative requirement", Demand(others: informative), GateTests.passes(3),
      says: "wish does not hold, and decides nothing"),
    .closed(
      "a failure in an informative requirement only, where the other lacks passes",
      Demand(others: informative), GateTests.passes(2), [.tooFew]),
    .open(
      "a new failure in what only informs",
      Demand(
        more: "\(base)\nnewFailures: none", others: informative),
      GateTests.passes(3) + [one("a", scenario: "log-in").failed()]),
  ]

  private static let informative = """
      - {name: wish, scenarios: [log-in], models: [night], passes: 9, informative: true}
    """

  private static func quarantine(_ until: String) -> String {
    """
    quarantine:
      - {scenario: log-in, owner: maria, why: The clock is wrong., until: \(until)}
    """
  }

  private static func measuring(_ runs: [ReleaseRun], _ values: [Double]) -> [ReleaseRun] {
    zip(runs, values).map { run, value in run.with { $0.measured = ["boot": [value]] } }
  }

  static let all = passes + neverPasses + places + sure + failures + aside
}
