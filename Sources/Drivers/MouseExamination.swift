public import Bench

extension RigDevice where Self: Mouse {
  /// What the doctor asks of any mouse: whether the recorder has taken it.
  public func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    do throws(BenchError) {
      let state = try await busState()
      let found = "bus \(state.rawValue)"
      tell(
        state.isHosted
          ? .well("mouse", found)
          : .unwell(
            "mouse", found,
            remedy: "check that the recorder has power, and the USB cable: it must carry data"))
      return true
    } catch {
      tell(.unwell("mouse", error.words, remedy: "check the cable to the mouse chip"))
      return false
    }
  }
}
