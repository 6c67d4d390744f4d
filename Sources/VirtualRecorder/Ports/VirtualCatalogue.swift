/// What the virtual recorder can be, and what can be wrong with it and its rig.
public enum VirtualCatalogue {
  /// Something that can be asked for by name.
  public struct Entry: Sendable, Hashable, Codable {
    /// The name, in lower case with hyphens.
    public var name: String
    /// What it is or does, in a sentence without a final stop.
    public var about: String
  }

  /// The kinds of recorders, the default first.
  public static let models = VirtualModel.all.map { Entry(name: $0.name, about: $0.about) }

  /// The versions of the firmware of each kind of recorder, from the oldest to the newest.
  ///
  /// - Parameter model: a name of ``models``.
  /// - Returns: none of a kind that there is not.
  public static func firmware(of model: String) -> [Entry] {
    (VirtualModel.named(model)?.releases ?? []).map {
      Entry(name: $0.version, about: $0.about)
    }
  }

  /// What can be wrong with a recorder.
  public static let defects = VirtualDefect.allCases.map {
    Entry(name: $0.rawValue, about: $0.about)
  }

  /// What can be wrong with a rig.
  public static let faults = VirtualFault.allCases.map {
    Entry(name: $0.rawValue, about: $0.about)
  }
}
