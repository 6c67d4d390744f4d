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
      self.init("the picture was lost while \(what) (\(state.rawValue))", ifHealthy: .errored)
    case .mouse(let bus):
      self.init(
        "the recorder did not take the mouse while \(what) (USB \(bus.rawValue))",
        ifHealthy: .errored)
    case .deliveryUnknown:
      throw .errored(RigFault(.mouse, "the fate of reports stayed unknown while \(what)"))
    case .pointerNotSeen(let search):
      self.init("no pointer was seen while \(what) (\(search))", ifHealthy: .errored)
    case .targetMissed(let target, let pointer):
      self.init(
        "the pointer could not be brought to \(target); it was last seen at \(pointer)",
        ifHealthy: .errored)
    case .outOfTime: self.init("time ran out while \(what)", ifHealthy: .errored)
    case .keyboardNotSeen:
      self.init("the on-screen keyboard was not seen while \(what)", ifHealthy: .failed)
    case .characterNotOnKeyboard:
      throw .errored("the model's keyboard has no key for a character of the text")
    case .pageNotShown(let page):
      self.init("the keyboard did not show its page \(page) while \(what)", ifHealthy: .failed)
    }
  }
}
