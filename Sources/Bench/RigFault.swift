/// A part of a rig that can be at fault.
public enum RigPart: String, Sendable, Codable, CaseIterable {
  /// The capture device and its cable.
  case screen
  /// The mouse emulator and its cable.
  case mouse
  /// The relay or switch on the recorder's supply.
  case power
  /// The mailbox.
  case mail
  /// The machine that Gantry runs on: its disk, its clock, its memory.
  case host
}

/// Something wrong with the rig, never with the recorder: it makes a run `errored`.
public struct RigFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The part at fault.
  public var part: RigPart
  /// What kind of fault it is.
  public var code: FaultCode
  /// What is wrong, in a sentence without a final stop.
  public var reason: String
  /// The error number of the system call that failed; nil where none did.
  public var errno: Int32?

  /// Creates a fault.
  public init(_ part: RigPart, _ code: FaultCode, _ reason: String, errno: Int32? = nil) {
    self.part = part
    self.code = code
    self.reason = reason
    self.errno = errno
  }

  /// Such as `mouse: the device left the bus`.
  public var description: String { "\(part.rawValue): \(reason)" }
}

/// Why a call into the bench did not return.
public enum BenchError: Error, Hashable, Sendable {
  /// The rig is at fault.
  case fault(RigFault)
  /// The run was asked to stop.
  case cancelled
}

extension BenchError {
  /// What happened, for people.
  public var words: String {
    switch self {
    case .fault(let fault): fault.reason
    case .cancelled: "it was stopped"
    }
  }
}
