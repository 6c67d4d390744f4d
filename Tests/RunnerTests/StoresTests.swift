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

  /// A screen with strokes in a field, as letters have them.
  private static func screen(lettersIn field: PixelRect) -> Look {
    var luma = Plane(width: 320, height: 240)
    for y in 0..<luma.height {
      for x in 0..<luma.width { luma[x, y] = field.contains(PixelPoint(x: x, y: y)) ? 220 : 90 }
    }
    for (at, rows) in [0b11011, 0b10100, 0b01110, 0b10011, 0b11101, 0b00110].enumerated() {
      for row in 0..<5 where rows >> row & 1 == 1 {
        for y in 0..<2 {
          for x in 0..<4 + row { luma[field.x + 6 + 10 * at + x, field.y + 4 + 2 * row + y] = 30 }
        }
      }
    }
    let chroma = Plane(width: 160, height: 120, filledWith: 128)
    let frame = Frame(
      luma: luma, cb: chroma, cr: chroma, encoding: ColorEncoding(range: .full, matrix: .bt601),
      number: 1, capturedAt: .zero)
    return Look(frame, noInput: nil, photometry: PhotometricConsensus())
  }

  @Test("What was typed is hidden wherever its field goes, until a restart")
  func veil() async {
    let secrecy = Secrecy(sink: MemorySink())
    let field = PixelRect(x: 100, y: 100, width: 80, height: 20)
    let (here, moved) = (
      Self.screen(lettersIn: field), Self.screen(lettersIn: field.offset(byX: -30, y: 60))
    )
    let elsewhere = field.offset(byX: -30, y: 60)
    secrecy.hide(typedInto: field)
    #expect(secrecy.mayBeSeen(in: field, of: here))
    #expect(!secrecy.mayBeSeen(in: elsewhere, of: moved), "nothing was typed yet")
    secrecy.remember(here, of: field)
    #expect(secrecy.mayBeSeen(in: elsewhere, of: moved))
    #expect(!secrecy.mayBeSeen(in: elsewhere, of: here))
    #expect(!secrecy.typed.hasUnseen)
    secrecy.remember(nil, of: field)
    #expect(secrecy.typed.hasUnseen, "a picture that may show it can't be blanked")
    secrecy.lift()
    #expect(!secrecy.mayBeSeen(in: field, of: here))
    #expect(!secrecy.typed.hasUnseen)
    #expect(secrecy.hidesKeyboard, "keys that light up")
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
