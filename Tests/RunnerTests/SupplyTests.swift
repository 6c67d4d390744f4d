import Frames
import Testing

@testable import Runner

@Suite("What a run has done with a supply")
struct SupplyTests {
  private let noon = MonotonicInstant(nanoseconds: 12_000_000_000)

  @Test("A cut is confirmed after it is made, and forgotten when the supply is on again")
  func cutAndRestored() {
    var supply = Supply()
    supply.confirm(at: noon)
    #expect(supply.confirmedAt == nil)
    supply.cut()
    #expect(supply.isCut && supply.confirmedAt == nil)
    supply.confirm(at: noon)
    #expect(supply.confirmedAt == noon)
    supply.cut()
    #expect(supply.confirmedAt == nil)
    supply.restore()
    #expect(!supply.isCut && supply.confirmedAt == nil)
  }

  @Test("A cut lasts as long as the step wants, and never shorter than the rig's minimum")
  func length() {
    let short = Supply.end(ofCutSince: noon, wanted: .seconds(2), minimum: .seconds(10))
    #expect(short == noon.advanced(by: .seconds(10)))
    let long = Supply.end(ofCutSince: noon, wanted: .seconds(30), minimum: .seconds(10))
    #expect(long == noon.advanced(by: .seconds(30)))
  }
}
