public import Bench

/// What the doctor asks of any power switch: what it reads back.
extension GuardedPowerSwitch: RigDevice {
  /// Reads back.
  public nonisolated func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    do throws(BenchError) {
      switch try await readBack() {
      case true?: tell(.well("power switch", "reads back on" + (caveat.map { "; \($0)" } ?? "")))
      case nil: tell(.well("power switch", "taken; it can't read back"))
      case false?:
        tell(
          .unwell(
            "power switch", "reads back off",
            remedy: "gantry power RIG on makes a full cut and switches on"))
      }
      return true
    } catch {
      tell(
        .unwell("power switch", error.words, remedy: "check the cable of the relay board"))
      return false
    }
  }
}
