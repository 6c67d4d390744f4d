public import Bench

/// What the doctor asks of a capture device, with what the device knows of its stream.
extension V4L2Screen: RigDevice {
  /// Waits for a picture, then counts those of two seconds.
  public func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    await ScreenExamination(of: self, remedy: "check the USB cable of the capture device").perform(
      setting: { setting },
      losses: {
        let counts = counts
        return ", \(counts.dropped) dropped, \(counts.lost) lost"
      }, tell)
  }
}
