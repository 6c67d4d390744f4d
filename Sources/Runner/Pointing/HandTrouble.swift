import Bench
import Hands

extension Unmet {
  /// What a hand's error means before the witnesses are asked.
  ///
  /// - Throws: what needs no witness: a fault that is certain, or the end of the run.
  init(_ error: HandError, doing what: String) throws(Stop) {
    switch error {
    case .bench(let error): throw Stop(error)
    case .signal(let state, _):
      self.init(.signalLost, "the picture was lost while \(what) (\(state.rawValue))")
    case .mouse(let bus):
      self.init(
        .mouseNotTaken,
        "the recorder did not take the mouse while \(what) (USB \(bus.rawValue))")
    case .deliveryUnknown:
      throw Stop(
        RigFault(.mouse, .mouseUnreachable, "the fate of reports stayed unknown while \(what)"))
    case .pointerNotSeen(let search):
      self.init(.mouseAstray, "no pointer was seen while \(what) (\(search))")
    case .targetMissed(let target, let pointer):
      self.init(
        .mouseAstray,
        "the pointer could not be brought to \(target); it was last seen at \(pointer)")
    case .outOfTime: self.init(.mouseAstray, "time ran out while \(what)")
    case .keyboardNotSeen:
      self.init(.keyboardFails, "the on-screen keyboard was not seen while \(what)")
    case .characterNotOnKeyboard:
      throw Stop(.modelIncomplete, "the model's keyboard has no key for a character of the text")
    case .pageNotShown(let page):
      self.init(.keyboardFails, "the keyboard did not show its page \(page) while \(what)")
    }
  }
}
