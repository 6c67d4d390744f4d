import ArgumentParser
import Bench
import BenchOpening
import Drivers
import Frames
import Hands
import RigDescription

/// `gantry mouse`: the recorder's pointer by hand.
struct MouseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mouse",
    abstract: "Moves a recorder's pointer by hand, and clicks.",
    discussion: """
      home brings the pointer into the top left corner; move and click bring it to X,Y as seen on \
      the screen. Ctrl-C lets go of all buttons. Exit codes: 0 done, 2 invalid input, 3 the rig is \
      at fault, 130 stopped.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case home
    case move
    case click
  }

  @OptionGroup var rig: RealRig

  @OptionGroup var log: LogOptions

  @Argument(help: "home, move or click.")
  var order: Order

  @Argument(help: ArgumentHelp("Where, in pixels of the screen.", valueName: "x,y"))
  var place: PointArgument?

  @Option(
    help: ArgumentHelp(
      "How long it may take, in seconds; the rig's patience stretches it.", valueName: "seconds"))
  var within = 60

  func validate() throws {
    guard (order == .home) == (place == nil) else {
      throw ValidationError("home takes no place, move and click take one: X,Y.")
    }
  }

  func run() async throws {
    let description = try rig.description()
    let wiring = try rig.recorder(of: description)
    guard let mouse = wiring.mouse, let screen = wiring.screen else {
      throw CommandFailure.invalid(
        "\(rig.rig): moving the pointer takes a mouse and a screen to see it on")
    }
    let holder = RealDevices.holder(description)
    let hand = try opening { () throws(RigFault) in
      try RealDevices.mouse(mouse, holder: holder, note: log.note(of: .mouse))
    }
    defer { hand.close() }
    let eyes = try opening { () throws(RigFault) in
      try RealDevices.screen(screen, holder: holder, note: log.note(of: .screen))
    }
    defer { eyes.close() }
    let pilot = MousePilot(
      screen: eyes, mouse: hand.mouse, clock: HostClock(),
      timing: .patient(description.patience))
    let deadline = HostClock.present.advanced(by: .seconds(within * description.patience))
    let (order, point) = (order, place?.point)
    try await stoppable {
      do throws(HandError) {
        switch (order, point) {
        case (.move, let point?):
          Console.current.say("\(try await pilot.move(to: point, by: deadline))")
        case (.click, let point?):
          Console.current.say("\(try await pilot.click(at: point, by: deadline).point)")
        default:
          try await pilot.home(by: deadline)
          Console.current.say("0,0")
        }
      } catch {
        if case .bench(let error) = error { throw error.asOutcome }
        throw CommandFailure.errored("mouse: \(error.words)")
      }
    }
  }
}

extension HandError {
  /// What happened, for people.
  var words: String {
    switch self {
    case .bench(let error): error.words
    case .signal(let state, _): "there is no picture (\(state.rawValue))"
    case .mouse(.configured), .mouse(.suspended):
      "the recorder has taken the mouse, but does not fetch its reports"
    case .mouse(.notAttached):
      "the mouse hangs on no recorder: check the USB cable, and that the recorder has power"
    case .mouse(.notConfigured): "the recorder has not taken the mouse; restart it, plugged in"
    case .deliveryUnknown: "what became of a report stayed unknown"
    case .pointerNotSeen(let search): "no pointer was seen (\(search))"
    case .targetMissed(let target, let pointer):
      "the pointer came to \(pointer) instead of \(target)"
    case .outOfTime: "there was not enough time"
    case .keyboardNotSeen, .characterNotOnKeyboard, .pageNotShown:
      "the keyboard was not as expected"
    }
  }
}
