import Frames
import Testing

@testable import Runner

@Suite("Waiting for a target to be at rest, without a bench")
struct ApproachTests {
  private let start = MonotonicInstant(nanoseconds: 1_000_000_000)

  private func approach() -> Approach {
    Approach(Watch(after: start, until: start.advanced(by: .seconds(6))))
  }

  private func place(_ name: String, _ x: Int) -> Place {
    Place(point: PixelPoint(x: x, y: 50), sign: Sign(kind: .image(name)))
  }

  /// What a look comes to, in a word.
  private func word(_ verdict: Approach.Verdict) -> String {
    switch verdict {
    case .atRest(let places): "at rest in \(places.count)"
    case .lookAgain: "look again"
    case .missing: "missing"
    case .ambiguous: "ambiguous"
    }
  }

  @Test("A target is at rest when two pictures running show it in its place, but for a pixel")
  func atRest() {
    var still = approach()
    #expect(word(still.saw(.here([place("a", 50)]), at: start)) == "look again")
    #expect(word(still.saw(.here([place("a", 51)]), at: start)) == "at rest in 1")
    var moving = approach()
    for x in stride(from: 0, to: 50, by: 5) {
      #expect(word(moving.saw(.here([place("a", x)]), at: start)) == "look again")
    }
  }

  @Test("Another target in the same place, or one more, is not at rest")
  func others() {
    var other = approach()
    _ = other.saw(.here([place("a", 50)]), at: start)
    #expect(word(other.saw(.here([place("b", 50)]), at: start)) == "look again")
    #expect(word(other.saw(.here([place("b", 50), place("c", 90)]), at: start)) == "look again")
    #expect(word(other.saw(.here([place("b", 50), place("c", 90)]), at: start)) == "at rest in 2")
  }

  @Test("A picture without it, or no picture, begins anew")
  func interrupted() {
    for interrupt: (inout Approach) -> Void in [
      { $0.sawNothing() }, { _ = $0.saw(.nothing, at: .zero) },
    ] {
      var approach = approach()
      _ = approach.saw(.here([place("a", 50)]), at: start)
      interrupt(&approach)
      #expect(word(approach.saw(.here([place("a", 50)]), at: start)) == "look again")
    }
  }

  @Test("A thing in two places is an error only when it stays so for three pictures")
  func ambiguous() {
    let box = PixelRect(x: 0, y: 0, width: 4, height: 4)
    let twice = Sighting.ambiguous(Sign(kind: .image("a")), box, box.offset(byX: 9, y: 0))
    var approach = approach()
    #expect(word(approach.saw(twice, at: start)) == "look again")
    #expect(word(approach.saw(twice, at: start)) == "look again")
    #expect(word(approach.saw(.here([place("a", 50)]), at: start)) == "look again")
    #expect(word(approach.saw(twice, at: start)) == "look again")
    #expect(word(approach.saw(twice, at: start)) == "look again")
    #expect(word(approach.saw(twice, at: start)) == "ambiguous")
  }

  @Test("What came nearest when it was missing last is what is told")
  func nearest() {
    var approach = approach()
    #expect(word(approach.saw(.saying("far", holds: false), at: start)) == "missing")
    #expect(word(approach.saw(.saying("near", holds: false), at: start)) == "missing")
    #expect(approach.nearest.words == "near")
  }
}
