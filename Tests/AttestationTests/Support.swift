import Attestation
import Foundation
import Testing

/// A fresh folder that goes with its last user.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-attest-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file; its path.
  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    return "\(path)/\(name)"
  }
}

/// What tests attest.
enum Sample {
  static let image = String(repeating: "ab", count: 32)
  static let now = Date(timeIntervalSince1970: 1_772_360_100)

  /// A statement of a test result.
  static func result(
    _ outcome: TestResult.Outcome = .passed, failed: [String] = [], madeAt: Date = now
  ) -> Statement {
    Statement(
      of: [AttestedResource(name: "firmware 4.3.0", sha256: image)],
      TestResult(
        outcome,
        configuration: [
          AttestedResource(
            name: "password-reset", sha256: String(repeating: "1", count: 64), kind: "scenario"),
          AttestedResource(
            name: "gantry", sha256: String(repeating: "2", count: 64), kind: "program"),
        ], passed: ["password-reset on \"night\" · é 🎛"], warned: [], failed: failed,
        madeAt: madeAt))
  }

  /// A statement of a decision.
  static func summary(isPassed: Bool = true, at: Date = now) -> Statement {
    Statement(
      of: [AttestedResource(name: "firmware 4.3.0", sha256: image)],
      VerificationSummary(
        verifier: "urn:gantry:gate", verifiedAt: at, resource: "urn:gantry:firmware:4.3.0",
        policy: .init(uri: "Gates/release.yaml", sha256: String(repeating: "3", count: 64)),
        inputs: [.init(uri: "", sha256: String(repeating: "4", count: 64))], isPassed: isPassed))
  }

  /// An envelope as bytes of a file.
  static func file(_ envelopes: SignedEnvelope...) -> [UInt8] {
    Array(envelopes.map { "\($0.json)\n" }.joined().utf8)
  }

  /// Trust in one key.
  static func trust(
    _ key: PrivateKey, from: Date? = nil, until: Date? = nil, revoked: String? = nil
  ) -> TrustedKeys {
    TrustedKeys([
      .init(name: "release", key: key.publicKey, from: from, until: until, revoked: revoked)
    ])
  }
}

/// Runs a program; what it wrote, without the last line's end.
func answer(of program: String, _ arguments: [String], input: Data? = nil) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  let said = Pipe()
  process.standardOutput = said
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let bytes = try said.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(program) \(arguments)")
  return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}
