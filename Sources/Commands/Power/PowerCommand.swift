import ArgumentParser
import Bench
import BenchOpening
import Drivers
import Frames
import RigDescription
import RunSessions
import Runner
import SourceYAML

/// `gantry power`: the recorder's supply by hand.
struct PowerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power",
    abstract: "Switches a recorder's supply by hand, or tells its state.",
    discussion: """
      off holds the supply off until --for is over or Ctrl-C is pressed, at least as long as the \
      rig's minimumOff, and then switches it on; cycle does so after exactly that time. on makes \
      a full cut first where the supply is off, since nobody knows since when. status requests \
      nothing and changes nothing. Ctrl-C leaves the supply on, after the rig's minimumOff.

      Exit codes: 0 done, 2 invalid input, 3 the switch is at fault, 130 stopped before its time.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case on
    case off
    case cycle
    case status
  }

  @OptionGroup var rig: RealRig

  @OptionGroup var log: LogOptions

  @Argument(help: "on, off, cycle or status.")
  var order: Order

  @Option(name: .customLong("for"), help: ArgumentHelp("How long off holds.", valueName: "time"))
  var length: String?

  func validate() throws {
    if let length, DurationText.duration(length) == nil {
      throw ValidationError("'\(length)' is no time; write 30s or 2m.")
    }
    if length != nil, order != .off { throw ValidationError("--for goes with off.") }
  }

  func run() async throws {
    let description = try rig.description()
    guard let wiring = try rig.recorder(of: description).power else {
      throw CommandFailure.invalid("\(rig.rig): the rig has no power switch")
    }
    if order == .status { return try status(wiring) }
    let memory = try PlugFile.ofRig(description.name)
    let forgotten: PlugCut?
    do throws(PlugMemoryError) {
      forgotten = try memory.cut()
    } catch {
      throw CommandFailure.errored("the state of the plug can't be read: \(error)")
    }
    let power = try opening { () throws(RigFault) in
      try RealDevices.power(
        wiring, holder: RealDevices.holder(description), note: log.note(of: .power))
    }
    defer { power.close() }
    let hand = PowerHand(power: power, memory: memory, minimumOff: wiring.minimumOff)
    switch order {
    case .status: break
    case .on:
      let isOff = try await benched { () throws(BenchError) in try await power.readBack() } == false
      if isOff || forgotten != nil {
        Console.current.say("the supply was cut, nobody knows since when: a full cut anew")
        try await cut(hand, for: .zero)
      }
    case .cycle:
      try await cut(hand, for: .zero)
    case .off:
      try await hold(hand)
    }
    try await tell(power)
  }

  private func cut(_ hand: PowerHand, for length: Duration) async throws {
    let least = DurationText.text(hand.minimumOff)
    try await stoppable(saying: "the supply is switched on once it was off for \(least)") {
      try await hand.cut(for: length)
    }
  }

  /// Holds the supply off for a time, or until somebody asks for an end.
  private func hold(_ hand: PowerHand) async throws {
    if let length = length.flatMap(DurationText.duration) {
      Console.current.say("off for \(DurationText.text(length)); Ctrl-C switches on")
      return try await cut(hand, for: length)
    }
    Console.current.say("off; Ctrl-C switches on")
    do {
      try await cut(hand, for: .seconds(365 * 86_400))
    } catch let code as ExitCode where code.rawValue == CommandOutcome.interrupted.rawValue {
      // That is how it is meant to end.
    }
  }

  private func tell(_ power: GuardedPowerSwitch) async throws {
    let state = try await benched { () throws(BenchError) in try await power.readBack() }
    Console.current.say(Self.words(state))
  }

  private static func words(_ state: Bool?) -> String {
    switch state {
    case true?: "on"
    case false?: "off"
    case nil: "switched on; this switch can't read back"
    }
  }

  private func status(_ wiring: PowerWiring) throws {
    guard let line = RealDevices.line(wiring) else { return }
    let status = try opening { () throws(RigFault) in try PowerStatus(of: line) }
    Console.current.say(status.words)
  }
}

/// A hand on a switch, with what must be remembered should the program die.
struct PowerHand: Sendable {
  let power: any PowerSwitch
  let memory: PlugFile
  let minimumOff: Duration

  private static let patience = Duration.seconds(10)

  /// Cuts the supply for a time and switches it on again, also when cancelled meanwhile.
  func cut(for length: Duration) async throws {
    do throws(PlugMemoryError) {
      try memory.remember(cutAt: HostClock.present)
    } catch {
      throw CommandFailure.errored("the state of the plug can't be kept: \(error)")
    }
    let clock = HostClock()
    try await benched { () throws(BenchError) in
      try await power.setPower(on: false, by: HostClock.present.advanced(by: Self.patience))
    }
    let start = HostClock.present
    // An interrupted pause ends early; the guardian keeps to the least time all the same.
    try? await clock.sleep(until: start.advanced(by: max(length, minimumOff)))
    try await benched { () throws(BenchError) in
      try await power.setPower(
        on: true, by: HostClock.present.advanced(by: minimumOff + Self.patience))
    }
    do throws(PlugMemoryError) {
      try memory.forget()
    } catch {
      throw CommandFailure.errored("the state of the plug can't be kept: \(error)")
    }
  }
}
