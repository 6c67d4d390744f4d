import Bench
import Foundation
import Frames
import Testing

@testable import VirtualRecorder

@Suite("A recorder without a rig around it")
struct WiredRecorderTests {
  private func recorder() throws -> WiredRecorder {
    try WiredRecorder(VirtualRecorderOptions(model: "night-series", seed: 5), calendarStart: 0)
  }

  private func seconds(_ seconds: Double) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(seconds * 1e9))
  }

  private func picture(of recorder: WiredRecorder) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1280 * 720 * 3 / 2)
    let isThere = bytes.withUnsafeMutableBytes { recorder.copyPicture(into: $0) }
    return isThere ? bytes : []
  }

  @Test("What changes from picture to picture is all that is converted, and nothing is missed")
  func onlyChangesAreConverted() throws {
    let (watched, late) = (try recorder(), try recorder())
    for step in 1...12 {
      for recorder in [watched, late] {
        recorder.advance(to: seconds(Double(step) * 0.2))
        recorder.receive(MouseReport(dx: 20, dy: -9))
      }
      _ = watched.draw()
    }
    #expect(late.draw())
    #expect(!picture(of: late).isEmpty && picture(of: watched) == picture(of: late))
  }

  @Test("What is sent keeps to the levels of video, from near black to near white")
  func videoLevels() throws {
    let recorder = try recorder()
    recorder.advance(to: seconds(1))
    recorder.receive(MouseReport(dx: 9))
    _ = recorder.draw()
    let picture = picture(of: recorder)
    let (luma, chroma) = (picture.prefix(1280 * 720), picture.dropFirst(1280 * 720))
    #expect(luma.allSatisfy { (16...235).contains($0) } && luma.contains { $0 > 230 })
    #expect(chroma.allSatisfy { (16...240).contains($0) })
  }

  @Test("A picture that has not changed is told from one that has")
  func unchanged() throws {
    let recorder = try recorder()
    recorder.advance(to: seconds(1.05))
    #expect(recorder.draw())
    recorder.advance(to: seconds(1.1))
    #expect(!recorder.draw())
    recorder.receive(MouseReport(dx: 30, dy: 30))
    recorder.advance(to: seconds(1.15))
    #expect(recorder.draw())
  }

  @Test("A cut takes picture and USB away; a long one is followed by a start")
  func cut() throws {
    let recorder = try recorder()
    recorder.advance(to: seconds(1))
    #expect(recorder.isUSBReady && recorder.pictureSize == PixelSize(width: 1280, height: 720))
    recorder.setSupply(on: false)
    #expect(!recorder.isUSBReady && recorder.pictureSize == nil && !recorder.draw())
    recorder.advance(to: seconds(11))
    recorder.setSupply(on: true)
    recorder.advance(to: seconds(17))
    #expect(!recorder.isUSBReady && recorder.pictureSize != nil)
    recorder.advance(to: seconds(40))
    #expect(recorder.isUSBReady)
  }

  @Test("One with a memory goes on where it was, also after somebody has set the date back")
  func memory() throws {
    let path = NSTemporaryDirectory() + "gantry-wired-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let options = VirtualRecorderOptions(model: "night-series", seed: 5)
    func next(at calendarStart: Double) throws -> (WiredRecorder, RecorderMemoryFolder) {
      let folder = try RecorderMemoryFolder(path: path, for: options)
      return (try WiredRecorder(options, memory: folder, calendarStart: calendarStart), folder)
    }
    let (first, folder) = try next(at: 1_800_000_000)
    first.setSupply(on: false)
    first.advance(to: seconds(12))
    first.setSupply(on: true)
    first.advance(to: seconds(13))
    #expect(!first.isUSBReady)
    _ = first.arrivedMail()
    try first.keep()
    folder.close()
    for (calendarStart, isUp) in [
      (1_800_000_014.0, false), (1_799_990_000, false), (1_800_000_100, true),
    ] {
      let (recorder, folder) = try next(at: calendarStart)
      #expect(recorder.isUSBReady == isUp)
      folder.close()
    }
  }
}
