import Bench
import Frames
import Glibc
import Testing

@testable import Drivers

@Suite("What is done with a capture device, decided without one")
struct CaptureMachineTests {
  /// A machine and its time.
  private struct Play {
    var machine = CaptureMachine()
    var now = MonotonicInstant(nanoseconds: 1_000_000_000_000)

    /// Lets time pass and takes an event in.
    mutating func after(
      _ time: Duration, _ event: CaptureMachine.Event
    ) -> CaptureMachine.Reaction {
      now = now.advanced(by: time)
      return machine.react(to: event, at: now)
    }

    /// Takes an event in that follows at once.
    mutating func after(_ event: CaptureMachine.Event) -> CaptureMachine.Reaction {
      after(.milliseconds(1), event)
    }

    /// A device that streams, and whose first pictures have come.
    static func streaming(_ timings: DetectedTimings? = hd, patience: Int = 1) -> Play {
      var play = Play(machine: CaptureMachine(patience: patience))
      _ = play.after(.begun)
      _ = play.after(.opened)
      _ = play.after(.signal(.live, timings))
      _ = play.after(.started)
      for number in 0..<3 { _ = play.picture(UInt32(number)) }
      return play
    }

    /// A picture comes, of this moment; the answer to the event that tells of it.
    mutating func picture(
      _ number: UInt32, isBroken: Bool = false, wanted: Bool = false
    ) -> CaptureMachine.Reaction {
      _ = after(.milliseconds(33), .woken(Waking(isReadable: true)))
      return after(.taken(taken([number], isBroken: isBroken, wanted: wanted)))
    }

    func taken(
      _ numbers: [UInt32], isBroken: Bool = false, wanted: Bool = false
    ) -> TakenPictures {
      TakenPictures(
        sequence: numbers, newest: .init(capturedAt: now, isBroken: isBroken),
        wanted: wanted ? MonotonicInstant(nanoseconds: 0) : nil)
    }
  }

  private static let hd = DetectedTimings(
    size: PixelSize(width: 1280, height: 720), isInterlaced: false, rate: 60)

  @Test("A live signal starts a stream of its timings")
  func start() {
    var play = Play()
    #expect(play.after(.begun) == .init(effects: [], request: .open))
    #expect(play.after(.opened) == .init(effects: [], request: .askSignal))
    let found = play.after(.signal(.live, Self.hd))
    #expect(found == .init(effects: [], request: .start(Self.hd)))
    let started = play.after(.started)
    #expect(started.request == .awaitPicture(.milliseconds(100)))
    #expect(play.machine.counts.starts == 1)
  }

  @Test("Without a signal no stream starts, and its state is told at every tick")
  func noSignal() {
    var play = Play()
    _ = play.after(.begun)
    _ = play.after(.opened)
    for _ in 0..<3 {
      let found = play.after(.signal(.noSignal, nil))
      #expect(
        found
          == .init(effects: [.tell(.noSignal)], request: .awaitChange(.milliseconds(33))))
      #expect(play.after(.milliseconds(33), .changeAwaited).request == .askSignal)
    }
    #expect(play.machine.counts.starts == 0)
  }

  @Test("The first three pictures of a stream are given to nobody")
  func warmUp() {
    var play = Play.streaming()
    #expect(play.machine.counts.dropped == 3)
    let fourth = play.picture(3, wanted: true)
    #expect(fourth == .init(effects: [], request: .deliver(number: 4)))
    let delivered = play.after(.delivered(isWhole: true))
    #expect(delivered.effects == [.giveBack])
    #expect(delivered.request == .awaitPicture(.milliseconds(100)))
    #expect(play.machine.counts == CaptureCounts(captured: 4, dropped: 3, starts: 1))
  }

  @Test("A picture that nobody waits for is passed over, as are older ones beside a newer")
  func skipping() {
    var play = Play.streaming()
    #expect(play.picture(3).effects == [.giveBack])
    #expect(play.machine.counts.skipped == 1)
    let newest = play.after(.taken(play.taken([4, 5, 6], wanted: true)))
    #expect(newest.request == .deliver(number: 7))
    #expect(play.machine.counts.skipped == 3)
  }

  @Test("Pictures that the device counted and nobody got are lost; counting anew loses none")
  func lost() {
    var play = Play.streaming()
    _ = play.picture(6)
    #expect(play.machine.counts.lost == 3)
    _ = play.picture(6)
    _ = play.picture(0)
    _ = play.picture(1)
    #expect(play.machine.counts.lost == 3)
  }

  @Test("Damaged pictures are dropped, told by the device or by their bytes")
  func damaged() {
    var play = Play.streaming()
    let broken = play.picture(3, isBroken: true, wanted: true)
    #expect(broken.effects == [.giveBack])
    #expect(broken.request == .awaitPicture(.milliseconds(100)))
    _ = play.picture(4, wanted: true)
    #expect(play.after(.delivered(isWhole: false)).effects == [.giveBack])
    #expect(play.machine.counts.dropped == 5)
  }

  @Test("A signal that leaves keeps its stream, and no picture of before is given out after it")
  func lossOfSignal() {
    var play = Play.streaming()
    let urgent = play.after(.woken(Waking(isReadable: true, isUrgent: true)))
    #expect(urgent == .init(effects: [.drainEvents], request: .askSignal))
    #expect(play.after(.signal(.noSignal, nil)).request == .takePictures)
    let noise = play.after(.taken(play.taken([3], wanted: true)))
    #expect(noise.effects == [.giveBack, .tell(.noSignal)])
    #expect(noise.request == .awaitPicture(.milliseconds(33)))
    // Each tick asks again, and tells what there is.
    #expect(play.after(.milliseconds(33), .woken(Waking())).request == .askSignal)
    #expect(play.after(.signal(.noSignal, nil)).effects == [.tell(.noSignal)])
    let old = play.taken([4], wanted: true)
    _ = play.after(.milliseconds(33), .woken(Waking(isReadable: true)))
    #expect(play.after(.signal(.live, Self.hd)).request == .takePictures)
    #expect(play.after(.taken(old)).effects == [.giveBack])
    #expect(play.picture(5, wanted: true).request == .deliver(number: 6))
    #expect(play.machine.counts.starts == 1)
  }

  @Test("A picture whose signal changes while it is taken is given to nobody")
  func changeWhileTaking() {
    var play = Play.streaming()
    _ = play.after(.woken(Waking(isReadable: true)))
    var taken = play.taken([3], wanted: true)
    taken.isSignalChanging = true
    #expect(play.after(.taken(taken)).effects == [.giveBack])
  }

  @Test("Other timings make another stream, with no sync between them")
  func timings() {
    var play = Play.streaming()
    _ = play.after(.woken(Waking(isUrgent: true)))
    let fullHD = DetectedTimings(
      size: PixelSize(width: 1920, height: 1080), isInterlaced: false, rate: 60)
    let changed = play.after(.signal(.live, fullHD))
    #expect(changed == .init(effects: [.tell(.noSync), .stopStream], request: .askSignal))
    #expect(play.after(.signal(.live, fullHD)).request == .start(fullHD))
  }

  @Test(
    "A rate that is measured a little differently is the same one",
    arguments: [(60.0, 59.94, true), (60.0, 50.0, false), (30.0, 29.8, false)])
  func swinging(before: Double, after: Double, isSame: Bool) {
    var play = Play.streaming()
    var (first, second) = (Self.hd, Self.hd)
    (first.rate, second.rate) = (before, after)
    play = .streaming(first)
    _ = play.after(.woken(Waking(isUrgent: true)))
    #expect((play.after(.signal(.live, second)).effects == []) == isSame)
  }

  @Test(
    "Pictures that stay away are frozen after half a second; after three the device is opened anew")
  func stall() {
    var play = Play.streaming()
    _ = play.picture(3)
    #expect(play.after(.milliseconds(499), .woken(Waking())).effects == [])
    #expect(play.after(.milliseconds(100), .woken(Waking())).effects == [.tell(.frozen)])
    let stalled = play.after(.milliseconds(2500), .woken(Waking()))
    #expect(
      stalled.effects == [
        .tell(.frozen), .closeDevice, .tell(.frozen), .forgetArrivals,
        .note(
          "the capture device failed (no picture came: Connection timed out); it is opened again"),
      ])
    #expect(stalled.request == .rest(.milliseconds(33)))
    // Its readers hear of it until it is tried again.
    let resting = play.after(.milliseconds(100), .rested(deviceCame: false))
    #expect(resting == .init(effects: [.tell(.frozen)], request: .rest(.milliseconds(33))))
    #expect(play.after(.milliseconds(200), .rested(deviceCame: false)).request == .open)
  }

  @Test("On a rig with patience, pictures may stay away as many times longer")
  func patience() {
    var play = Play.streaming(patience: 3)
    _ = play.picture(3)
    for _ in 0..<4 {
      _ = play.picture(4)
      #expect(play.after(.milliseconds(1_200), .woken(Waking())).effects == [])
    }
    #expect(play.after(.milliseconds(400), .woken(Waking())).effects == [.tell(.frozen)])
    #expect(play.after(.milliseconds(7_000), .woken(Waking())).effects == [.tell(.frozen)])
    #expect(
      play.after(.milliseconds(1_000), .woken(Waking())).effects.contains(.closeDevice))
  }

  @Test("The first picture of a stream may take three seconds")
  func slowStart() {
    var play = Play()
    _ = play.after(.begun)
    _ = play.after(.opened)
    _ = play.after(.signal(.live, nil))
    _ = play.after(.seconds(5), .started)
    #expect(play.after(.milliseconds(2_900), .woken(Waking())).effects == [])
  }

  @Test(
    "A stream that breaks is a device that is gone, until it is opened again",
    arguments: [EIO, ENODEV])
  func broken(code: Int32) {
    var play = Play.streaming()
    let failed = play.after(.woken(Waking(error: code)))
    #expect(failed.effects.prefix(3) == [.closeDevice, .tell(.deviceGone), .forgetArrivals])
    #expect(failed.request == .rest(.milliseconds(33)))
    #expect(play.after(.rested(deviceCame: true)).request == .open)
    #expect(play.after(.opened).request == .askSignal)
  }

  /// Has a device fail again as soon as it is tried, and says what is tried then.
  private func step(_ play: inout Play) -> CaptureMachine.Request {
    let request = play.after(.failed(CaptureFailure(what: "open", code: ENOENT))).request
    if case .recover = request { _ = play.after(.recovered(nil)) }
    _ = play.after(.milliseconds(300), .rested(deviceCame: false))
    return request
  }

  @Test("What is tried about a failure grows rougher, and rough steps come once in a while")
  func ladder() {
    var play = Play.streaming()
    let rest = CaptureMachine.Request.rest(.milliseconds(33))
    #expect(step(&play) == rest)
    #expect(step(&play) == .recover(.authorize))
    #expect(step(&play) == .recover(.reset))
    #expect(step(&play) == .recover(.cyclePort))
    for _ in 4..<20 { #expect(step(&play) == rest) }
    #expect(step(&play) == .recover(.cyclePort))
    #expect(step(&play) == rest)
  }

  @Test("A stream that works is the end of it: the next failure is met gently again")
  func worksAgain() {
    var play = Play.streaming()
    for _ in 0..<2 { _ = step(&play) }
    _ = play.after(.opened)
    _ = play.after(.signal(.live, Self.hd))
    _ = play.after(.started)
    for number in 0..<3 { _ = play.picture(UInt32(number)) }
    #expect(step(&play) == .rest(.milliseconds(33)))
  }

  @Test("A step that takes the device off its bus gives it three seconds to come back")
  func comesAnew() {
    var play = Play.streaming()
    _ = step(&play)
    _ = play.after(.failed(CaptureFailure(what: "open", code: ENOENT)))
    let remedy = CaptureRecovery.Remedy(words: "reset", makesItComeAnew: true)
    let recovered = play.after(.recovered(remedy))
    #expect(
      recovered.effects == [
        .note("the capture device failed (open: No such file or directory); it is reset")
      ])
    let early = play.after(.milliseconds(2_900), .rested(deviceCame: false))
    #expect(early == .init(effects: [.tell(.deviceGone)], request: .rest(.milliseconds(33))))
    #expect(play.after(.milliseconds(100), .rested(deviceCame: false)).request == .open)
  }
}
