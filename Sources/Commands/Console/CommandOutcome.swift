import Attestation
import Digests
import FrameVision
import Frames
import Ledger
import MatchCases
import RecorderModel
import RecorderPast
import RunSessions
import Runner
import SourceYAML

/// What the program ends with.
public enum CommandOutcome: Int32, Sendable, CaseIterable {
  /// Everything held.
  case passed = 0
  /// The recorder did not do what was expected, or what was looked for is not there.
  case failed = 1
  /// A file or an argument is wrong.
  case invalid = 2
  /// The rig, the scenario or the model is at fault.
  case errored = 3
  /// Somebody stopped it.
  case interrupted = 130

  /// The worse of two: interrupted, invalid, failed, errored, passed. A sick rig hides no failed
  /// recorder.
  public func worse(_ other: CommandOutcome) -> CommandOutcome {
    rank < other.rank ? self : other
  }

  private var rank: Int {
    switch self {
    case .interrupted: 0
    case .invalid: 1
    case .failed: 2
    case .errored: 3
    case .passed: 4
    }
  }
}

/// Why a command ends early: what to say, and what to end with.
struct CommandFailure: Error, Hashable, CustomStringConvertible {
  /// One clear line; several where several things are wrong.
  var description: String
  /// What the program ends with.
  var status: CommandOutcome

  /// Something in a file or an argument is wrong.
  static func invalid(_ message: String) -> CommandFailure {
    CommandFailure(description: message, status: .invalid)
  }

  /// The host or the rig does not do its part.
  static func errored(_ message: String) -> CommandFailure {
    CommandFailure(description: message, status: .errored)
  }
}

extension CommandFailure {
  /// What an error of the modules below ends the program with; nil for one that none of them has.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case is Findings, is Finding, is DigestError, is PictureError, is PartOutsidePicture,
      is BadMatchCase, is ModelFolderError, is CalibrationError, is UpgradedFile.Refusal:
      self = .invalid("\(error)")
    case is UnwritableRun, is TextReaderError, is PlugMemoryError, is RecordError:
      self = .errored("\(error)")
    case let error as AttestationError:
      let status: CommandOutcome =
        switch error.kind {
        case .invalid: .invalid
        case .refused: .failed
        case .broken: .errored
        }
      self.init(description: "\(error)", status: status)
    case let error as LedgerError:
      self = error.isInput ? .invalid("\(error)") : .errored("\(error)")
    default: return nil
    }
  }
}
