extension RunStart {
  /// What stands before a parameter among the overrides.
  private static let parameterMark = "param "

  /// A parameter, `name=value`, as it stands among the overrides.
  public static func toldParameter(_ parameter: String) -> String { parameterMark + parameter }

  /// Values of rig and model that were overridden, `key=value`.
  public var settings: [String] { Self.settings(of: overrides) }

  /// Those of some overrides that are values of rig and model, `key=value`.
  public static func settings(of overrides: [String]) -> [String] {
    overrides.filter { !$0.hasPrefix(parameterMark) }
  }

  /// Values that parameters were given, `name=value`.
  public var parameters: [String] {
    overrides.filter { $0.hasPrefix(Self.parameterMark) }
      .map { String($0.dropFirst(Self.parameterMark.count)) }
  }
}
