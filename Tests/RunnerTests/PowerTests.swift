import Bench
import Frames
import RunJournal
import Testing

@testable import Runner

@Suite("The plug")
struct PowerTests {
  private let cycle =
    "steps:\n  - name: Cut\n    power: {cycle: {minimum: 12s}}\n"
    + "  - name: Back\n    expect: {image: a}\n    within: 30s\n"

  private func stage(_ setUp: (inout Stage.World) -> Void = { _ in }) -> Stage {
    Stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 100, y: 80))]
      setUp(&world)
    }
  }

  /// When the supply was switched, in seconds.
  private func switched(_ play: Play) -> [(isOn: Bool, at: Double)] {
    play.stage.log.filter { $0.hasPrefix("power") }.map { line in
      let words = line.split(separator: " ")
      return (words[1] == "on", Double(words[3]) ?? -1)
    }
  }

  /// Plays a scenario and stops the run at the moment in which it cuts the supply.
  private func stoppedByCut(_ text: String, on stage: Stage, plug: MemoryOnlyPlug) async throws
    -> Play
  {
    let (gate, opener) = AsyncStream<Void>.makeStream()
    let task = Task {
      for await _ in gate { break }
      return try await play(text, on: stage, plug: plug)
    }
    stage.world { world in
      world.onPower = { world, isOn in
        world.supply(isOn)
        if !isOn { task.cancel() }
      }
    }
    opener.yield()
    return try await task.value
  }

  @Test("A cut that is to last longer than the run has time ends with the run's time")
  func endsWithTheRun() async throws {
    let play = try await play(
      "timeout: 5m\nsteps:\n  - name: Pause\n    wait: 3m\n"
        + "  - name: Cut\n    power: {cycle: {minimum: 4m}}\n", on: stage())
    #expect(play.end.verdict == .errored)
    #expect(play.end.step == "Cut")
    #expect(play.reason == "the run's time of 5 min ran out: the supply was to stay cut for 4 min")
    #expect(switched(play).map(\.isOn) == [false, true])
    #expect(play.end.recorderSeconds < 302)
  }

  @Test("The rig's own least time is kept even where the run's time is over")
  func keepsTheLeastTime() async throws {
    let play = try await play(
      "timeout: 5m\nsteps:\n  - name: Pause\n    wait: 295s\n"
        + "  - name: Cut\n    power: {cycle: {minimum: 1m}}\n", on: stage())
    #expect(play.end.verdict == .errored)
    let times = switched(play)
    #expect(times.map(\.isOn) == [false, true])
    let (off, on) = (try #require(times.first).at, try #require(times.last).at)
    #expect((10...12).contains(on - off))
  }

  @Test("A cycle cuts, counts from the confirmed loss, and comes back")
  func cycles() async throws {
    let stage = stage { world in
      // The picture outlives the cut by two seconds, as capacitors have it.
      world.onPower = { world, isOn in
        world.supply(isOn)
        guard !isOn else { return }
        world.signal = .live
        world.bus = .configured
        world.later(2) { world in
          world.signal = .noSignal
          world.bus = .notAttached
        }
      }
    }
    let play = try await play(cycle, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let switched = switched(play)
    #expect(switched.map(\.isOn) == [false, true])
    #expect(switched[1].at - switched[0].at >= 14)
    #expect(switched[1].at - switched[0].at < 16)
  }

  @Test("A cut never lasts shorter than the rig's minimum")
  func rigMinimum() async throws {
    let play = try await play(
      "steps:\n  - power: {cycle: {minimum: 1s}}\n  - expect: signal-back\n    within: 20s\n",
      on: stage())
    let switched = switched(play)
    #expect(switched[1].at - switched[0].at >= 10)
  }

  @Test("However the run ends, the recorder is left supplied, after a full cut")
  func leftPowered() async throws {
    let failing =
      "parameters:\n  what: {default: a}\nsteps:\n  - power: off\n"
      + "  - expect: {equal: [\"${what}\", b]}\n"
    let play = try await play(failing, on: stage())
    #expect(play.end.verdict == .failed)
    let switched = switched(play)
    #expect(switched.map(\.isOn) == [false, true])
    #expect(switched[1].at - switched[0].at >= 10)
    #expect(play.stage.world { $0.isSupplied })
  }

  @Test("A run stopped in the middle of a cut leaves the recorder supplied, after a full cut")
  func cancelledMidCut() async throws {
    let stage = stage()
    let plug = MemoryOnlyPlug()
    let play = try await stoppedByCut(cycle, on: stage, plug: plug)
    #expect(play.end.verdict == .aborted)
    let switched = switched(play)
    #expect(switched.map(\.isOn) == [false, true])
    #expect(switched[1].at - switched[0].at >= 10)
    #expect(plug.cut() == nil)
    guard case .runEnded(let end)? = play.sink.events.last else {
      Issue.record("the journal does not tell the end")
      return
    }
    #expect(end == play.end)
  }

  @Test("The last steps restore the power of a stopped run, and leave all else out")
  func finallyOfStoppedRun() async throws {
    let stage = stage()
    let text =
      "steps:\n  - power: off\n  - wait: 5m\nfinally:\n"
      + "  - name: Power\n    power: restore\n  - name: Photo\n    capture: last\n"
    let play = try await stoppedByCut(text, on: stage, plug: MemoryOnlyPlug())
    #expect(play.end.verdict == .aborted)
    #expect(play.sink.outcomes["Power"] == .passed)
    #expect(play.sink.outcomes["Photo"] == .skipped)
    #expect(stage.world { $0.isSupplied })
  }

  @Test("A switch that reads back on after it was switched off is a fault of the rig")
  func stuckOn() async throws {
    let play = try await play(
      cycle, on: stage { $0.onPower = { world, _ in world.log.append("click") } })
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("power:"))
  }

  @Test("A switch that does not cut though it reads back so is a fault of the rig")
  func contactWelded() async throws {
    let play = try await play(
      cycle,
      on: stage { world in
        world.hasSense = false
        world.onPower = { world, isOn in world.isSupplied = isOn }
      })
    #expect(play.end.verdict == .errored)
    #expect(play.reason.contains("the picture stays"))
    #expect(play.end.cause?.code == "supply-stuck-on")
  }

  @Test("A picture that stays though the supply is sensed off is the capture device's own")
  func pictureOfItsOwn() async throws {
    let play = try await play(
      cycle, on: stage { $0.onPower = { world, isOn in world.isSupplied = isOn } })
    #expect(play.end.verdict == .errored)
    #expect(play.end.cause?.code == "capture-no-input")
  }

  @Test("A switch that reads back off after it was switched on is a fault of the rig")
  func stuckOff() async throws {
    let play = try await play(
      cycle,
      on: stage { world in
        world.onPower = { world, isOn in if !isOn { world.supply(false) } }
      })
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("power:"))
  }

  @Test("After a run that died during a cut, a full cut is made anew before anything else")
  func forgottenCut() async throws {
    let plug = MemoryOnlyPlug(cut: PlugCut(bootID: "x", at: .zero))
    let play = try await play(
      "steps:\n  - click: {image: a}\n", on: stage(), plug: plug)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let log = play.stage.log.filter { $0.hasPrefix("power") || $0.hasPrefix("click") }
    #expect(log.count == 3 && log[0].hasPrefix("power off") && log[1].hasPrefix("power on"))
    #expect(switched(play)[1].at - switched(play)[0].at >= 10)
    #expect(plug.cut() == nil)
  }

  @Test("A recorder that restarts by itself is not cut meanwhile")
  func notWhileRebooting() async throws {
    let stage = stage { world in
      world.later(1) { $0.restart() }
    }
    let play = try await play(
      "steps:\n  - expect: rebooting\n    within: 10s\n  - power: {cycle: {minimum: 10s}}\n"
        + "  - expect: {image: a}\n    within: 30s\n", on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(switched(play)[0].at >= 6)
  }

  @Test("A cut is remembered on the disk until power is back")
  func plugFile() async throws {
    let path = "/tmp/gantry-plug-\(UInt64.random(in: 0...UInt64.max))"
    let plug = PlugFile(path: path)
    #expect(try plug.cut() == nil)
    try plug.remember(cutAt: .zero)
    let cut = try #require(try PlugFile(path: path).cut())
    #expect(!cut.bootID.isEmpty)
    #expect(try #require(cut.at) > .zero)
    try plug.forget()
    #expect(try plug.cut() == nil)
    try plug.forget()
  }
}
