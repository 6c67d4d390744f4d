import Frames
import RunJournal

/// Something that was not seen or could not be done, before anybody says whose fault it is.
struct Unmet {
  /// What was not seen or done, and what was seen instead, in words.
  var reason: String
  /// Whose fault it is when all witnesses say that the rig works.
  var ifHealthy: Stop.Kind
  /// The picture that shows it; nil where none does.
  var look: Look?

  init(_ reason: String, ifHealthy: Stop.Kind, look: Look? = nil) {
    self.reason = reason
    self.ifHealthy = ifHealthy
    self.look = look
  }
}

/// What one glance says about an expectation.
struct Sight {
  /// Whether it holds.
  var held: Bool
  /// What was seen, in words.
  var words: String
  /// What was found or came near.
  var boxes: [PixelRect] = []
  /// What came near to what was looked for.
  var nearest: Judgement.Candidate?
  /// Why it can't be told, where the picture is too poor.
  var unclear: String?
}
