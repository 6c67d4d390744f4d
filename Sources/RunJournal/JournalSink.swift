public import Frames

/// Where a run puts what happens: a run folder, or whatever a test remembers.
///
/// The run goes on only after a call has returned: what was reported stands on the disk before
/// the next thing happens on the rig. Progress in a terminal is one more sink around the first.
public protocol JournalSink: Sendable {
  /// Writes down what happened.
  ///
  /// - Throws: when it can't be written; the run then ends, since it could not be proven.
  func append(_ entry: JournalEntry) async throws(JournalSinkError)

  /// Keeps a picture, blanked as told before anything of it is stored.
  ///
  /// The run itself reports the kept picture afterwards, by ``append(_:)``.
  ///
  /// - Returns: the file's name inside the run folder, the same for the same run.
  /// - Throws: when it can't be written.
  func keep(_ picture: PictureToKeep) async throws(JournalSinkError) -> String

  /// Names a secret as soon as it is known, so that whatever is written later can't hold it.
  ///
  /// The run's own words never hold a secret; this is the last line of defence behind them.
  func conceal(_ secret: String) async
}

/// A picture on its way into the run folder.
public struct PictureToKeep: Sendable {
  /// What the picture is.
  public enum Content: Sendable {
    /// A captured frame.
    case frame(Frame)
    /// A reference picture of the model.
    case reference(RGBImage)
  }

  /// What the picture is.
  public var content: Content
  /// The step that it belongs to; nil outside of steps.
  public var step: Int?
  /// What it shows.
  public var role: KeptPicture.Role
  /// What the file is called for people: the reference's name, or the name that the scenario gave;
  /// nil where step and role say enough.
  public var name: String?
  /// Parts to make black, since they may show a secret. They may reach beyond the picture.
  public var blanked: [PixelRect]

  /// Creates a picture to keep.
  public init(
    _ content: Content, step: Int?, role: KeptPicture.Role, name: String? = nil,
    blanked: [PixelRect] = []
  ) {
    self.content = content
    self.step = step
    self.role = role
    self.name = name
    self.blanked = blanked
  }
}

/// Why a run could not write down what happened.
public struct JournalSinkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop, such as `journal.jsonl: No space left on
  /// device`.
  public var reason: String

  /// Creates an error.
  public init(_ reason: String) {
    self.reason = reason
  }

  /// The reason.
  public var description: String { reason }
}
