/// What runs write of actions that others measure by, word for word.
///
/// The sentences stand in ``ActionRecord/what``; whoever plays and whoever measures take them from
/// here, so that one can't change without the other.
public enum ActionWords {
  /// The plug was pulled.
  public static let powerCut = "cut the power"
  /// How a sentence begins that tells that the supply was switched on.
  public static let powerOn = "switched the power on"
  /// How a note ends that tells that the signal came back.
  public static let signalBack = "is back"
  /// How a sentence begins that tells that the mail that was waited for was read.
  public static let mailRead = "read a new mail with a fitting subject"
  /// The step before a run's own in which the screen shows the version that is under test.
  public static let firmwareSeen = "Start with the firmware under test"
}
