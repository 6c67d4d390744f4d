import ArgumentParser
import Bench
import BenchOpening
import Frames
import LinuxDrivers
import RigDescription
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
      nothing and changes nothing.

      Exit codes: 0 done, 2 invalid input, 3 the switch is at fault, 130 interrupted.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case on
    case off
    case cycle
    case status
  }

  @OptionGroup var rig: RealRig

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
    let memory = try RunSession.plugFile(rig: description.name)
    let forgotten: PlugCut?
    do throws(PlugMemoryError) {
      forgotten = try memory.cut()
    } catch {
      throw CommandFailure.errored("the state of the plug can't be read: \(error)")
    }
    let power = try opening { () throws(RigFault) in
      try RealDevices.power(wiring, holder: RealDevices.holder(description))
    }
    defer { power.close() }
    let hand = PowerHand(power: power, memory: memory, minimumOff: wiring.minimumOff)
    switch order {
    case .status: break
    case .on:
      let isOff = try await benched { () throws(BenchError) in try await power.readBack() } == false
      if isOff || forgotten != nil {
        Console.current.say("the supply was cut, nobody knows since when: a full cut anew")
        try await hand.cut(for: .zero)
      }
      try await tell(power)
    case .cycle:
      try await hand.cut(for: .zero)
      try await tell(power)
    case .off:
      try await hold(hand)
      try await tell(power)
    }
  }

  /// Holds the supply off for a time, or until somebody asks for an end.
  private func hold(_ hand: PowerHand) async throws {
    let length = length.flatMap(DurationText.duration)
    Console.current.say(
      length.map { "off for \(DurationText.text($0)); Ctrl-C switches on" }
        ?? "off; Ctrl-C switches on")
    let work = Task { try await hand.cut(for: length ?? .seconds(365 * 86_400)) }
    let watch = SignalWatch { count in
      work.cancel()
      if count > 1 { Console.current.complain("The supply is off for its least time first.") }
    }
    defer { watch.stop() }
    try await work.value
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
