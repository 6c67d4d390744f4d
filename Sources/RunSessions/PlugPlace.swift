import BenchOpening
import FoundationEssentials
import RecorderPast
public import Runner

extension PlugFile {
  /// Where it is remembered that the plug of a rig was pulled: under `$XDG_STATE_HOME/gantry`, by
  /// the rig's name.
  ///
  /// - Parameter rig: the rig's name.
  /// - Returns: the file's place; the file stands there only while the supply is cut.
  /// - Throws: when there is no such folder and none can be made.
  public static func ofRig(_ rig: String) throws(PlugMemoryError) -> PlugFile {
    let folder = RecorderFolder.stateFolder()
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw PlugMemoryError("the folder \(folder) can't be made: \(error)")
    }
    return PlugFile(path: "\(folder)/\(rig).plug")
  }
}

extension OpenedBench {
  /// Where a cut of the supply is remembered: a virtual recorder is born with each run, a real one
  /// remembers that its plug was pulled.
  func plugMemory(rig: String) throws(PlugMemoryError) -> any PlugMemory {
    if isVirtual { MemoryOnlyPlug() } else { try PlugFile.ofRig(rig) }
  }
}
