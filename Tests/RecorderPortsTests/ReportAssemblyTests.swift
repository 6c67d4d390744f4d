import Bench
import CRecorderPorts
import Frames
import Glibc
import Testing

@testable import RecorderPorts

@Suite("Putting a mouse's reports together from input events")
struct ReportAssemblyTests {
  private func event(_ type: Int32, _ code: Int32, _ value: Int32) -> input_event {
    var event = input_event()
    event.time.tv_sec = 7
    event.time.tv_usec = 250_000
    event.type = UInt16(type)
    event.code = UInt16(code)
    event.value = value
    return event
  }

  private func reports(_ events: [input_event]) -> [MouseSocket.Arrival] {
    var assembly = ReportAssembly()
    return events.compactMap { assembly.take($0) }
  }

  @Test("A report is whole when the kernel says so, with the kernel's time")
  func whole() {
    let arrivals = reports([
      event(EV_REL, REL_X, -127), event(EV_REL, REL_Y, 5), event(EV_REL, REL_WHEEL, 1),
      event(EV_KEY, BTN_LEFT, 1), event(EV_SYN, SYN_REPORT, 0),
    ])
    let report = MouseReport(buttons: .left, dx: -127, dy: 5, wheel: 1)
    #expect(
      arrivals == [
        .init(instant: MonotonicInstant(nanoseconds: 7_250_000_000), report: report)
      ])
  }

  @Test("Buttons stay down until they are let go; movement happens once")
  func buttonsStay() {
    let arrivals = reports([
      event(EV_KEY, BTN_RIGHT, 1), event(EV_SYN, SYN_REPORT, 0),
      event(EV_REL, REL_X, 3), event(EV_SYN, SYN_REPORT, 0),
      event(EV_KEY, BTN_RIGHT, 0), event(EV_SYN, SYN_REPORT, 0),
    ])
    #expect(
      arrivals.map(\.report) == [
        MouseReport(buttons: .right), MouseReport(buttons: .right, dx: 3), MouseReport(),
      ])
  }

  @Test("Scan codes and empty reports are no movement")
  func othersAreLeftOut() {
    let arrivals = reports([
      event(EV_MSC, MSC_SCAN, 0x90001), event(EV_SYN, SYN_REPORT, 0),
      event(EV_SYN, SYN_REPORT, 0),
    ])
    #expect(arrivals.isEmpty)
  }
}
