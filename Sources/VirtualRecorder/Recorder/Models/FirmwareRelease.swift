/// A version of a model's firmware, and how it differs from the others.
struct FirmwareRelease: Sendable {
  var version: String
  /// What it is, in a sentence without a final stop.
  var about: String
  /// What is wrong with it.
  var defects: Set<VirtualDefect> = []
  /// Whether a recorder with it shows any life.
  var isAlive = true
}

extension VirtualModel {
  /// The release of a version.
  func release(_ version: String) -> FirmwareRelease? {
    releases.first { $0.version == version }
  }
}
