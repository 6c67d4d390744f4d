public import Bench
import Drivers
public import RigDescription
import WholeFiles

/// What a rig's recorder takes for a USB stick.
public enum RigStick {
  /// Puts a file on it, where the recorder finds it next.
  ///
  /// - Parameters:
  ///   - bytes: what lies in the file.
  ///   - name: what it is called.
  ///   - stick: what the rig says.
  ///   - recorder: whose stick it is.
  ///   - folder: where the image of a stick lies that this machine shows.
  ///   - limit: how long a command of the lab's may take.
  /// - Throws: where it can't be put there.
  public static func put(
    _ bytes: [UInt8], as name: String, on stick: FlashStick, of recorder: String,
    images folder: String, within limit: Duration
  ) async throws(RigFault) {
    switch stick {
    case .folder(let path):
      try files(path) { () throws(WholeFile.Failure) in
        try WholeFile.makeFolder(path)
        try WholeFile.replace("\(path)/\(name)", with: bytes)
      }
    case .switched(let path, let toHost, let toRecorder):
      if !toHost.isEmpty { try await RigCommand.run(toHost, within: limit) }
      // One that is not there has not been mounted: what is written elsewhere reaches no recorder.
      try files(path) { () throws(WholeFile.Failure) in
        try WholeFile.replace("\(path)/\(name)", with: bytes)
      }
      WholeFile.sync(path)
      if !toRecorder.isEmpty { try await RigCommand.run(toRecorder, within: limit) }
    case .gadget(let controller):
      try files(folder) { () throws(WholeFile.Failure) in try WholeFile.makeFolder(folder) }
      let file = recorder.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
      try StickGadget(controller: controller).plugIn(
        bytes, as: name, image: "\(folder)/\(String(file)).img")
    }
  }

  /// Takes it from the recorder, where this machine shows it; others stay.
  public static func remove(_ stick: FlashStick) throws(RigFault) {
    guard case .gadget(let controller) = stick else { return }
    try StickGadget(controller: controller).pull()
  }

  private static func files(
    _ path: String, _ work: () throws(WholeFile.Failure) -> Void
  ) throws(RigFault) {
    do throws(WholeFile.Failure) {
      try work()
    } catch {
      throw RigFault(
        .host, .diskFails, "the stick can't be written: \(path): \(error.reason)",
        errno: error.code)
    }
  }
}
