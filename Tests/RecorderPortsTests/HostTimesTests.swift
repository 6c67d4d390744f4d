import Drivers
import Frames
import Testing

@testable import RecorderPorts

@Suite("A rig's instants on the host's clock")
struct HostTimesTests {
  private let now = HostClock.present

  @Test("There and back again, an instant is the same; one look that comes late changes nothing")
  func same() {
    var times = HostTimes(rig: MonotonicInstant(nanoseconds: 7), host: now)
    let capture = MonotonicInstant(nanoseconds: 5)
    #expect(times.onRig(times.onHost(capture)) == capture)
    times.follow(rig: MonotonicInstant(nanoseconds: 400_000_000), host: now)
    #expect(times.onHost(MonotonicInstant(nanoseconds: 7)) == now)
  }

  @Test("When the host has slept, deadlines lie as far ahead as they do on its clock")
  func sleep() {
    var times = HostTimes(rig: .zero, host: now)
    let slept = MonotonicInstant.zero.advanced(by: .seconds(3600))
    times.follow(rig: slept, host: now)
    #expect(times.onRig(now.advanced(by: .seconds(2))) == slept.advanced(by: .seconds(2)))
  }

  @Test("What can't be meant is brought to where it does no harm")
  func absurd() {
    let times = HostTimes(rig: .zero, host: now)
    #expect(times.onRig(MonotonicInstant(nanoseconds: .min)).seconds == -1)
    #expect(times.onRig(MonotonicInstant(nanoseconds: .max)).seconds < 700)
  }
}
