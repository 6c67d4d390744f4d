import ArgumentParser
import Bench
import BenchOpening
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
    let devices = try rig.devices(of: description, telling: log)
    let missing = CommandFailure.invalid(
      "\(rig.rig): moving the pointer takes a mouse and a screen to see it on")
    guard devices.wiring.screen != nil,
      let mouse = try opening({ () throws(RigFault) in try devices.mouse() })
    else { throw missing }
    defer { mouse.close() }
    guard let screen = try opening({ () throws(RigFault) in try devices.screen() }) else {
      throw missing
    }
    defer { screen.close() }
    let pilot = MousePilot(
      screen: screen, mouse: mouse, clock: RealDevices.clock,
      timing: .patient(description.patience))
    let deadline = await RealDevices.clock.now().advanced(
      by: .seconds(within * description.patience))
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
