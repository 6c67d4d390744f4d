import Bench

extension HandError {
  /// What happened, for people.
  public var words: String {
    switch self {
    case .bench(let error): error.words
    case .signal(let state, _): "there is no picture (\(state.rawValue))"
    case .mouse(.configured), .mouse(.suspended):
      "the recorder has taken the mouse, but does not fetch its reports"
    case .mouse(.notAttached):
      "the mouse hangs on no recorder: check the USB cable, and that the recorder has power"
    case .mouse(.notConfigured): "the recorder has not taken the mouse; restart it, plugged in"
    case .deliveryUnknown: "what became of a report stayed unknown"
    case .pointerNotSeen(let search): "no pointer was seen (\(search))"
    case .targetMissed(let target, let pointer):
      "the pointer came to \(pointer) instead of \(target)"
    case .outOfTime: "there was not enough time"
    case .keyboardNotSeen, .characterNotOnKeyboard, .pageNotShown:
      "the keyboard was not as expected"
    }
  }
}
