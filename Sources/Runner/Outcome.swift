import Bench
import Scenario

/// What came of something that may fail to be seen or done.
enum Outcome<Value> {
  /// It was seen or done.
  case done(Value)
  /// It was not.
  case unmet(Unmet)
}

/// Something that was not seen or could not be done, before anybody says whose fault it is.
struct Unmet {
  /// What it is when all witnesses say that the rig works.
  var ifHealthy: FaultCode
  /// What was not seen or done, and what was seen instead, in words.
  var reason: String
  /// The picture that shows it; nil where none does.
  var look: Look?

  init(_ ifHealthy: FaultCode, _ reason: String, look: Look? = nil) {
    self.ifHealthy = ifHealthy
    self.reason = reason
    self.look = look
  }

  /// Something of which nobody can tell, since nobody looked in the last part of the time that it had.
  init(unwatched gap: Duration, _ reason: String, _ wording: Wording, look: Look? = nil) {
    self.init(
      .hostFails, "\(reason); nobody looked in the last \(wording.words(gap)) of that time",
      look: look)
  }
}
