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

extension FirmwareRelease {
  /// The versions that all models have, one image for all of them: a family's, as a gate decides about
  /// it.
  ///
  /// - Parameters:
  ///   - regression: what the third one has in this model.
  ///   - flaw: what the fourth one has, which somebody answers for.
  ///   - unsteady: what the fifth one has, which does not show each time.
  /// - Returns: the versions, from the oldest to the newest.
  static func family(
    regression: Set<VirtualDefect> = [], flaw: Set<VirtualDefect> = [],
    unsteady: Set<VirtualDefect> = []
  ) -> [FirmwareRelease] {
    [
      FirmwareRelease(version: "8.0.0", about: "the whole family's, and well"),
      FirmwareRelease(version: "8.1.0", about: "the family's next, and well"),
      FirmwareRelease(
        version: "8.2.0", about: "the family's, with a regression of one model",
        defects: regression),
      FirmwareRelease(
        version: "8.3.0", about: "the family's, with a flaw of one model that is known",
        defects: flaw),
      FirmwareRelease(
        version: "8.4.0", about: "the family's, with a flaw of one model that shows now and then",
        defects: unsteady),
    ]
  }
}

extension VirtualModel {
  /// The release of a version.
  func release(_ version: String) -> FirmwareRelease? {
    releases.first { $0.version == version }
  }
}
