import Bench
import FrameVision
import Frames
import Testing
import VirtualRecorder

@Suite("A recorder behind its ports")
struct PortsRecorderTests {
  @Test("Every model shows a picture, takes the mouse, and comes back after a power cut")
  func models() async throws {
    for model in VirtualCatalogue.models {
      let rig = try VirtualRig(
        VirtualRecorderOptions(model: model.name, seed: 12), pace: .asFastAsPossible
      ) { _ in }
      let reading = try await rig.screen.reading(after: .zero, by: .seconds(5))
      #expect(try #require(reading.frame).condition() == .picture)
      let report = MouseReport(buttons: [], dx: 20, dy: 20)
      #expect(try await rig.mouse.send(report, by: .seconds(5)) == .delivered)

      try await rig.power.setPower(on: false, by: .seconds(5))
      try await rig.clock.sleep(until: .seconds(15))
      let dark = try await rig.screen.reading(after: .seconds(15), by: .seconds(20))
      #expect(dark.signal == .noSignal)
      try await rig.power.setPower(on: true, by: .seconds(20))
      try await rig.clock.sleep(until: .seconds(200))
      let back = try await rig.screen.reading(after: .seconds(200), by: .seconds(205))
      #expect(try #require(back.frame).condition() == .picture)
    }
  }

  @Test("Every fault and every defect can be had, on every seed that is asked for")
  func everything() async throws {
    for (index, fault) in VirtualCatalogue.faults.enumerated() {
      let defect = VirtualCatalogue.defects[index % VirtualCatalogue.defects.count]
      let rig = try VirtualRig(
        VirtualRecorderOptions(
          seed: UInt64(index), defects: [defect.name], faults: [fault.name], autoReboot: false),
        pace: .asFastAsPossible
      ) { _ in }
      try await rig.clock.sleep(until: .seconds(60))
      let reading = try await rig.screen.reading(after: .seconds(60), by: .seconds(65))
      #expect(reading.instant > .seconds(60))
    }
  }
}
