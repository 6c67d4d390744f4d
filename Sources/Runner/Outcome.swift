/// What came of something that may fail to be seen or done.
enum Outcome<Value> {
  /// It was seen or done.
  case done(Value)
  /// It was not.
  case unmet(Unmet)
}

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
