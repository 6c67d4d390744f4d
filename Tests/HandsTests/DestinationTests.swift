import Frames
import Testing

@testable import Hands

@Suite("Where a pointer is brought")
struct DestinationTests {
  private let place = PixelPoint(x: 400, y: 300)
  private let box = PixelRect(x: 388, y: 288, width: 25, height: 25)

  @Test("A hot spot must be known as well as what is clicked is small")
  func small() {
    let target = Destination(place, inside: box)
    #expect(target.allows(slack: 4))
    #expect(!target.allows(slack: 13))
  }

  @Test("Out of the way it need not be known: finding it out took until the time was over")
  func outOfTheWay() {
    let target = Destination(place, inside: box, isOfUse: false)
    #expect(target.allows(slack: 13))
    #expect(!target.accepts(place.offset(byX: 20, y: 0)))
  }
}
