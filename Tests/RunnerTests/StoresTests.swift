import FrameVision
import Frames
import Scenario
import SourceYAML
import Testing

@testable import Runner

@Suite("What a run keeps to itself")
struct StoresTests {
  private let at = MonotonicInstant(nanoseconds: 60_000_000_000)

  @Test("A wait ends with the run, and with the part that is played, whichever comes first")
  func limits() async {
    let stage = Stage()
    let time = RunTime(clock: stage, patience: 2)
    #expect(time.patient(.seconds(3)) == .seconds(6))
    time.begin(until: at, "the run's time")
    time.beginPart(until: at.advanced(by: .seconds(9)), "the part's time")
    #expect(time.limited(at.advanced(by: .seconds(5))) == at)
    time.endPart()
    time.beginPart(until: at.advanced(by: .seconds(-20)), "the part's time")
    #expect(time.limited(at) == at.advanced(by: .seconds(-20)))
    #expect(time.limitReached(by: at.advanced(by: .seconds(-21))) == nil)
    #expect(time.limitReached(by: at.advanced(by: .seconds(-20))) == "the part's time ran out")
    time.endPart()
    #expect(time.limited(at.advanced(by: .seconds(-1))) == at.advanced(by: .seconds(-1)))
  }

  @Test("A restart lifts what hid the places of secrets, but not the keyboard's")
  func veil() async {
    let secrecy = Secrecy(sink: MemorySink())
    let field = PixelRect(x: 100, y: 100, width: 40, height: 20)
    secrecy.hide(typedInto: field)
    #expect(secrecy.isVeiled(field))
    #expect(!secrecy.isVeiled(field.offset(byX: 0, y: 60)))
    secrecy.lift()
    #expect(!secrecy.isVeiled(field))
    #expect(secrecy.hidesKeyboard)
    await secrecy.conceal(Secret("hunter22"))
    #expect(secrecy.written("Hunter 22 is wrong") == Secret.placeholder)
    #expect(secrecy.written("all is well") == "all is well")
  }

  @Test("Words in a part of the screen that has not changed are not read again")
  func wordsAreReadOnce() async {
    let reader = CountingReader()
    let words = WordsRead()
    let box = PixelRect(x: 40, y: 40, width: 80, height: 24)
    func find(_ frame: Frame) async -> TextFindAnswer {
      await words.find("menu", in: box, of: frame, ignoring: [], reader: reader)
    }
    _ = await find(Self.frame(1, elsewhere: 90))
    _ = await find(Self.frame(2, elsewhere: 200))
    #expect(await reader.count == 1)
    // What is not found is looked for anew after a while: it may be fading in.
    _ = await find(Self.frame(3, elsewhere: 90))
    _ = await find(Self.frame(4, elsewhere: 90))
    #expect(await reader.count == 2)
    words.forgetPictures()
    _ = await find(Self.frame(5, elsewhere: 90))
    #expect(await reader.count == 3)
  }

  private static func frame(_ number: Int, elsewhere light: UInt8) -> Frame {
    var luma = Plane(width: 320, height: 200, filledWith: 90)
    for y in 120..<180 { for x in 200..<300 { luma[x, y] = light } }
    let grey = Plane(width: 160, height: 100, filledWith: 128)
    return Frame(
      luma: luma, cb: grey, cr: grey, number: number,
      capturedAt: MonotonicInstant(nanoseconds: Int64(number) * 33_000_000))
  }
}

/// Reads nothing, and counts how often it is asked.
private actor CountingReader: WordReader {
  private(set) var count = 0

  func lines(in frame: Frame, region: PixelRect?, alphabet: String?) -> [TextLine] { [] }

  func answer(
    to text: String, before proof: String, in frame: Frame, region: PixelRect, alphabet: String
  ) -> FieldTextAnswer {
    FieldTextAnswer(.unclear, read: "")
  }

  func find(
    _ phrase: String, in frame: Frame, region: PixelRect?, ignoring ignored: [PixelRect]
  ) -> TextFindAnswer {
    count += 1
    return .absent(nearest: nil)
  }
}
