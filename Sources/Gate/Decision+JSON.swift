import FoundationEssentials
import Ledger
public import OrderedJSON

extension Decision {
  /// The decision for programs: the same for the same ledger, policy, waivers and instant, byte for byte.
  public var json: JSONValue {
    .object([
      .init("verdict", .string(verdict.rawValue)), .init("gate", .string(gate)),
      .init("product", .string(product)),
      .init(
        "firmware",
        .object([
          .init("version", .string(firmware.version)), .init("sha256", .string(firmware.digest)),
        ])),
      .init("baseline", .optional(baseline?.description)),
      .init("asOf", .string(GateWords.instant(asOf))),
      .init("policySHA256", .string(policyDigest)),
      .init("waiversSHA256", .optional(waiversDigest)),
      .init("ledgerHead", .optional(ledger.head)), .init("damages", .strings(ledger.damages)),
      .init("reasons", .strings(reasons)),
      .init("requirements", .array(requirements.map(\.json))),
      .init("newFailures", .array(newFailures.map(\.json))),
      .init("waivers", .array(waivers.map(\.json))),
      .init("programs", .array(programs.map(\.json))),
      .init("scenarios", .array(scenarios.map(\.json))),
      .init("models", .array(models.map(\.json))), .init("rigs", .array(rigs.map(\.json))),
    ])
  }
}

extension Decision.Requirement {
  fileprivate var json: JSONValue {
    .object([
      .init("name", .string(name)), .init("asks", .string(asks)),
      .init("informative", .bool(isInformative)), .init("met", .bool(isMet)),
      .init("cells", .array(cells.map(\.json))),
    ])
  }
}

extension Decision.Cell {
  fileprivate var json: JSONValue {
    .object(
      [
        .init("scenario", .string(scenario)), .init("model", .string(model)),
        .init("state", .string(state.rawValue)),
        .init("findings", .array(findings.map(\.json))),
        .init(
          "counts", .object(counts.map { .init($0.countsAs, .int($0.runs)) })),
        .init("rigs", .strings(rigs)), .init("failures", .array(failures.map(\.json))),
      ]
        + (quarantine.map { [.init("quarantine", .string($0))] } ?? [])
        + (rate.map { [.init("passRateAtLeast", .decimal($0, digits: 4))] } ?? [])
        + (measured.isEmpty ? [] : [.init("measured", .array(measured.map(\.json)))])
        + [.init("last", .array(last.map(\.json)))])
  }
}

extension Decision.Finding {
  fileprivate var json: JSONValue {
    .object([
      .init("lack", .string(lack.rawValue)), .init("words", .string(words)),
      .init("runs", .array(runs.map(\.json))),
    ])
  }
}

extension Decision.Failure {
  fileprivate var json: JSONValue {
    .object([
      .init("cause", .string(cause)), .init("step", .optional(step)), .init("runs", .int(count)),
      .init("rigs", .strings(rigs)),
      .init("baselineHasIt", isOfBaseline.map(JSONValue.bool) ?? .null),
      .init("refutedByBaseline", .strings(refutedByBaseline)),
      .init("confirmed", .bool(isConfirmed)),
    ])
  }
}

extension Decision.NewFailure {
  fileprivate var json: JSONValue {
    .object([
      .init("scenario", .string(scenario)), .init("model", .string(model)),
      .init("failure", failure.json), .init("runs", .array(runs.map(\.json))),
    ])
  }
}

extension Decision.Measured {
  fileprivate var json: JSONValue {
    .object([
      .init("measurement", .string(measurement)), .init("statistic", .string(statistic.rawValue)),
      .init("values", .int(values)),
      .init("value", value.map { .decimal($0, digits: 3) } ?? .null),
      .init("atMost", most.map { .decimal($0, digits: 3) } ?? .null),
      .init("limit", .string(limit)),
    ])
  }
}

extension Decision.Run {
  fileprivate var json: JSONValue {
    .object([
      .init("run", .string(run)), .init("rig", .string(rig)),
      .init("startedAt", .string(GateWords.instant(startedAt))),
      .init("bookedAt", .string(GateWords.instant(bookedAt))),
      .init("countsAs", .string(countsAs)), .init("why", .optional(why)),
      .init("journalSHA256", .string(journalDigest)), .init("folder", .string(folder)),
    ])
  }
}

extension Decision.WaiverUse {
  fileprivate var json: JSONValue {
    .object([
      .init("who", .string(waiver.who)), .init("why", .string(waiver.why)),
      .init("until", .string(waiver.until)), .init("scenario", .string(waiver.scenario)),
      .init("model", .string(waiver.model)), .init("cause", .string(waiver.cause)),
      .init("step", .optional(waiver.step)),
      .init("firmware", .optional(waiver.firmware?.description)),
      .init("expired", .bool(isExpired)), .init("runs", .int(runs)),
    ])
  }
}

extension LedgerEntry.Input {
  fileprivate var json: JSONValue {
    .object([.init("name", .string(name)), .init("sha256", .string(digest))])
  }
}
