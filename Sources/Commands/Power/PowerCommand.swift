import ArgumentParser
import Bench
import BenchOpening
import RecorderPast
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
      a full cut first where the supply is off, since nobody knows since when. status changes \
      nothing, and takes nothing in hand but the line that senses the supply, for as long as it \
      takes to read it. Ctrl-C leaves the supply on, after the rig's minimumOff.

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
    let devices = try rig.devices(of: description, telling: log)
    guard let wiring = devices.wiring.power else {
      throw CommandFailure.invalid("\(rig.rig): the rig has no power switch")
    }
    if order == .status { return try status(of: devices) }
    let record = try RecorderFolder.ofRig(description).read(description.recorder.id)
    if let flashing = record.flashing {
      throw CommandFailure.errored(
        "\(flashing) is being flashed, or was not flashed well: a cut may break the recorder; gantry "
          + "recorder \(rig.rig) release lets it be cut")
    }
    let memory = try PlugFile.ofRig(description.name)
    let forgotten: PlugCut?
    do throws(PlugMemoryError) {
      forgotten = try memory.cut()
    } catch {
      throw CommandFailure.errored("the state of the plug can't be read: \(error)")
    }
    let opened = try opening { () throws(RigFault) in try devices.power() }
    guard let power = opened else { return }
    defer { power.close() }
    let plug = RememberedSwitch(
      power, memory: memory, minimumOff: wiring.minimumOff, clock: RealDevices.clock)
    switch order {
    case .status: break
    case .on:
      let isOff = try await benched { () throws(BenchError) in try await power.readBack() } == false
      if isOff || forgotten != nil {
        Console.current.say("the supply was cut, nobody knows since when: a full cut anew")
        try await cut(plug, for: .zero)
      }
    case .cycle:
      try await cut(plug, for: .zero)
    case .off:
      try await hold(plug)
    }
    try await tell(power)
  }

  private func cut(_ plug: RememberedSwitch, for length: Duration) async throws {
    let least = DurationText.text(plug.minimumOff)
    try await stoppable(saying: "the supply is switched on once it was off for \(least)") {
      do throws(PowerCutError) {
        try await plug.cut(for: length)
      } catch {
        if case .bench(let error) = error { throw error.asOutcome }
        throw CommandFailure.errored("\(error)")
      }
    }
  }

  /// Holds the supply off for a time, or until somebody asks for an end.
  private func hold(_ plug: RememberedSwitch) async throws {
    if let length = length.flatMap(DurationText.duration) {
      Console.current.say("off for \(DurationText.text(length)); Ctrl-C switches on")
      return try await cut(plug, for: length)
    }
    Console.current.say("off; Ctrl-C switches on")
    do {
      try await cut(plug, for: .seconds(365 * 86_400))
    } catch let code as ExitCode where code.rawValue == CommandOutcome.interrupted.rawValue {
      // That is how it is meant to end.
    }
  }

  private func tell(_ power: any PowerSwitch) async throws {
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

  private func status(of devices: RealDevices) throws {
    let status = try opening { () throws(RigFault) in try devices.powerStatus() }
    if let status { Console.current.say(status) }
  }
}
