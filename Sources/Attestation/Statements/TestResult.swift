public import FoundationEssentials
import OrderedJSON

/// How tests went: in-toto's test result, version 0.1
/// (`https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md`).
public struct TestResult: Sendable, Hashable {
  static let type = "https://in-toto.io/attestation/test-result/v0.1"
  /// A member of ours, which has a URI for its name, as in-toto asks of those.
  private static let madeAt = "urn:gantry:made-at"

  /// What all of it came to.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// All that was required passed.
    case passed = "PASSED"
    /// It passed, with something to be known, such as a waiver.
    case warned = "WARNED"
    /// Something that was required did not pass, or is missing.
    case failed = "FAILED"
  }

  /// What it came to.
  public var outcome: Outcome
  /// What was tested with: scenarios, models, rigs, Gantry itself.
  public var configuration: [AttestedResource]
  /// Where the runs can be seen; nil where nobody said.
  public var url: String?
  /// The names of the tests that passed.
  public var passed: [String]
  /// The names of those that passed with something to be known.
  public var warned: [String]
  /// The names of those that did not pass.
  public var failed: [String]
  /// When the statement was made; nil in one of another program.
  public var madeAt: Date?

  /// Creates a result.
  public init(
    _ outcome: Outcome, configuration: [AttestedResource], url: String? = nil, passed: [String],
    warned: [String], failed: [String], madeAt: Date
  ) {
    self.outcome = outcome
    self.configuration = configuration
    self.url = url
    self.passed = passed
    self.warned = warned
    self.failed = failed
    self.madeAt = madeAt
  }

  var json: JSONValue {
    .object(
      [
        .init("result", .string(outcome.rawValue)),
        .init("configuration", .array(configuration.map(\.json))),
      ] + (url.map { [.init("url", .string($0))] } ?? []) + [
        .init("passedTests", .strings(passed)), .init("warnedTests", .strings(warned)),
        .init("failedTests", .strings(failed)),
      ] + (madeAt.map { [.init(Self.madeAt, Timestamp.json($0))] } ?? []))
  }

  init(_ json: StrictJSON) throws(AttestationError) {
    let result = try json.member("result")
    guard let outcome = Outcome(rawValue: try result.text()) else {
      throw .invalid("\(result.place) is not PASSED, WARNED or FAILED")
    }
    self.outcome = outcome
    configuration = []
    for resource in try json.member("configuration").list() {
      configuration.append(try AttestedResource(resource))
    }
    url = try json.optional("url")?.text()
    passed = try Self.names("passedTests", json)
    warned = try Self.names("warnedTests", json)
    failed = try Self.names("failedTests", json)
    madeAt = try json.optional(Self.madeAt).map { json throws(AttestationError) in
      try Timestamp.date(json)
    }
    if outcome != .failed, !failed.isEmpty {
      throw .invalid("\(result.place) is \(outcome.rawValue), and failedTests names some")
    }
  }

  private static func names(
    _ member: String, _ json: StrictJSON
  ) throws(AttestationError) -> [String] {
    var names: [String] = []
    for name in try json.optional(member)?.list() ?? [] { names.append(try name.text()) }
    return names
  }
}

/// Instants in statements, as RFC 3339 writes them, in UTC.
enum Timestamp {
  static func json(_ date: Date) -> JSONValue { .string(date.formatted(.iso8601)) }

  static func date(_ json: StrictJSON) throws(AttestationError) -> Date {
    guard let date = date(try json.text()) else {
      throw .invalid("\(json.place) is no time such as 2026-03-01T10:15:00Z")
    }
    return date
  }

  /// The instant of a text; nil where it is none, or none from 1970 to 9999.
  static func date(_ text: String) -> Date? {
    let date =
      (try? Date(text, strategy: .iso8601))
      ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    return date.flatMap { (0..<253_402_300_800).contains($0.timeIntervalSince1970) ? $0 : nil }
  }
}
