import Bench
import Frames
import Testing

@testable import VirtualRecorder

/// Somebody who clicks about: what is reached that nobody thought of must survive, too.
@Suite("A recorder that survives runs, wherever it was left")
struct MemoryWanderingTests {
  /// Defects whose traces a memory is not to keep to the letter: their strikes are drawn anew, and
  /// a clock that is wrong by decades is kept to a microsecond.
  private static let inexact = DefectStrikes.inWindows.union([.clockResetByPowerCut])

  /// One thing that somebody does: mostly what leads on.
  private func act(_ recorder: RecorderHarness, _ lots: inout RandomStream) {
    if lots.happens(withProbability: 0.07) {
      return disturb(recorder, &lots)
    }
    guard let top = recorder.device.firmware?.topWindow else { return recorder.chooseIcon() }
    if top is LogInPrompt, lots.happens(withProbability: 0.5) {
      return recorder.click(.forgotPassword)
    }
    if top.entry != nil, lots.happens(withProbability: 0.8) {
      recorder.type(text(for: top, recorder, &lots))
      recorder.click(.accept)
      if lots.happens(withProbability: 0.5) { recorder.wait(2.5) }
      return
    }
    let intents: [Intent] = [
      .accept, .accept, .cancel, .forgotPassword, .field, .tile(lots.integer(in: 0...5)),
      .menuIcon(0),
    ]
    recorder.click(intents[lots.integer(in: 0...(intents.count - 1))])
  }

  /// What nobody does who wants to get on.
  private func disturb(_ recorder: RecorderHarness, _ lots: inout RandomStream) {
    switch lots.integer(in: 0...2) {
    case 0: recorder.cutPower(for: lots.number(in: 1...20))
    case 1: recorder.device.setSupply(on: lots.happens(withProbability: 0.5))
    default: recorder.wait(lots.number(in: 0...400))
    }
  }

  /// What fits into a field, or not.
  private func text(
    for window: any Window, _ recorder: RecorderHarness, _ lots: inout RandomStream
  ) -> String {
    let isRight = lots.happens(withProbability: 0.8)
    return switch window {
    case is ResetDialog: isRight ? recorder.device.firmware?.desk.request?.code ?? "1" : "2"
    case is PasswordDialog: isRight ? "Willow417" : "Willow418"
    default: isRight ? recorder.device.board.flash.password : "no"
    }
  }

  /// What lies in the file, but for when somebody is logged out, which follows from the rest.
  private func text(of recorder: RecorderHarness) throws -> String {
    var memory = try #require(recorder.device.memory)
    if case .running(var firmware) = memory.phase {
      firmware.agenda.removeAll { if case .checkIdleness = $0.event { true } else { false } }
      memory.phase = .running(firmware)
    }
    let mail = MailMemory(travelling: [], lastDue: memory.at, arrivals: 0, probes: 0)
    let bytes = try MemoryText.bytes(
      of: RecorderMemory(device: memory, mail: mail), recorder: recorder.device.model.name)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Nothing is lost of it where no time passes between two runs", arguments: 1...24)
  func nothingLost(seed: Int) throws {
    var lots = RandomStream(seed: UInt64(seed), for: .scenery)
    let model = VirtualModel.all[seed % VirtualModel.all.count]
    let exact = VirtualDefect.allCases.filter { !Self.inexact.contains($0) }
    let defects: Set = [exact[lots.integer(in: 0...(exact.count - 1))]]
    var recorder = RecorderHarness(model, seed: UInt64(seed), defects: defects)
    for _ in 0..<60 {
      act(recorder, &lots)
      // Runs begin on whole seconds.
      recorder.device.advance(
        to: .zero.advanced(by: .seconds(recorder.device.now.seconds.rounded(.up))))
      _ = recorder.device.drainMail()
      guard recorder.device.memory?.supply.isOn == true else { continue }
      let next = try RecorderHarness(after: recorder, 0, defects: defects)
      #expect(try text(of: next) == text(of: recorder))
      recorder = next
    }
  }

  @Test("It lives on after any time, with any defects that come and go", arguments: 1...24)
  func livesOn(seed: Int) throws {
    var lots = RandomStream(seed: UInt64(seed), for: .capture)
    let model = VirtualModel.all[seed % VirtualModel.all.count]
    var recorder = RecorderHarness(model, seed: UInt64(seed))
    for run in 1...40 {
      act(recorder, &lots)
      let flaw = VirtualDefect.allCases[lots.integer(in: 0...(VirtualDefect.allCases.count - 1))]
      recorder = try RecorderHarness(
        after: recorder, lots.number(in: 20...600), seed: UInt64(run),
        defects: lots.happens(withProbability: 0.3) ? [flaw] : [])
      #expect(recorder.device.now == .zero)
      #expect(recorder.device.memory?.supply.isOn == true)
    }
    let healthy = try RecorderHarness(after: recorder)
    healthy.cutPower(for: 12)
    #expect(healthy.waitForLiveView())
  }
}
