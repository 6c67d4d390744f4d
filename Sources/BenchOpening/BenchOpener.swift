public import Bench
public import Logging
public import RigDescription
public import SourceYAML
import VirtualRecorder

/// Opens what a rig file describes; the only place that knows drivers and the virtual recorder.
public enum BenchOpener {
  /// How fast the time of a virtual rig goes.
  public enum Pace: String, Sendable, CaseIterable {
    /// A second takes a second.
    case real
    /// Waiting costs nothing.
    case virtual
  }

  /// What a rig file names that there is not: recorders, defects, faults.
  ///
  /// - Parameter rig: the description, as it was read.
  /// - Returns: all of them; empty when the rig can be opened as far as names go.
  public static func findings(_ rig: RigDescription) -> [Finding] {
    rig.virtual?.findings(
      knownRecorders: VirtualCatalogue.models.map(\.name),
      knownFirmware: rig.virtual.map {
        VirtualCatalogue.firmware(of: $0.recorder.text).map(\.name)
      } ?? [],
      knownDefects: VirtualCatalogue.defects.map(\.name),
      knownFaults: VirtualCatalogue.faults.map(\.name)) ?? []
  }

  /// Opens a rig.
  ///
  /// - Parameters:
  ///   - rig: a description without findings.
  ///   - seed: where everything that a virtual rig draws by lot comes from.
  ///   - pace: how fast the time of a virtual rig goes.
  ///   - log: where operators are told what is opened.
  /// - Returns: the bench; close it when the run is over.
  /// - Throws: a fault of the part that can't be opened.
  public static func open(
    _ rig: RigDescription, seed: UInt64, pace: Pace, log: Logger
  ) throws(RigFault) -> OpenedBench {
    log.info("opening the rig \(rig.name)")
    do throws(RigFault) {
      let opened = try open(rig, seed: seed, pace: pace)
      let kind = opened.isVirtual ? "a virtual recorder" : "real devices"
      log.info("the rig \(rig.name) is open: \(kind)")
      return opened
    } catch {
      log.error("the rig \(rig.name) can't be opened: \(error)")
      throw error
    }
  }

  private static func open(
    _ rig: RigDescription, seed: UInt64, pace: Pace
  ) throws(RigFault) -> OpenedBench {
    guard let recorder = rig.device(DeviceWiring.recorder) else {
      throw RigFault(
        .host, .rigIncomplete, "the rig \(rig.name) describes nothing that this program can open")
    }
    guard let virtual = rig.virtual else { return try RealBench.open(rig, recorder: recorder) }
    return try VirtualBench.open(
      virtual, wiring: recorder, patience: rig.patience, seed: seed, pace: pace)
  }
}
