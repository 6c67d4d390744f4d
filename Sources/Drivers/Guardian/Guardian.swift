import Bench
import CLinux
import Glibc

/// The small process that holds a rig's power switch, so that the recorder gets its power back
/// whatever becomes of the program that cut it.
///
/// It lives in a session of its own, tied to its controller by a socket. When the socket closes in
/// the middle of a cut, it completes the minimum off time, supplies the recorder, and ends.
public final class Guardian {
  private let channel: LineChannel
  private var charge: GuardianCharge
  private var line: any PowerLine
  private let lock: DeviceLock
  /// When the supply was cut, on the boot clock; nil while it is on.
  private var cutAt: Int64?

  /// Serves the controller at the other end of a socket until it goes.
  ///
  /// - Parameter socket: the socket's number; it is closed at the end.
  /// - Returns: what the process should end with: 0 when the supply was left on.
  public static func serve(socket: Int32) -> Int32 {
    // A terminal, a closing session and an impatient user end the controller, never the guardian.
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP] { signal(number, SIG_IGN) }
    let channel = LineChannel(Descriptor(socket))
    guard case .line(let text) = channel.receive(milliseconds: 10_000),
      let charge = try? GuardianCharge(text: text)
    else { return 2 }
    let guardian: Guardian
    do throws(RigFault) {
      guardian = try Guardian(charge, channel)
    } catch {
      channel.send(GuardianAnswer.fault(error).text)
      return 3
    }
    channel.send(GuardianAnswer.done.text)
    guardian.obey()
    return guardian.end() ? 0 : 3
  }

  private init(_ charge: GuardianCharge, _ channel: LineChannel) throws(RigFault) {
    self.charge = charge
    self.channel = channel
    lock = try Self.lock(charge)
    line = try charge.driver.open(in: charge.locks)
  }

  /// What a guardian whose controller is gone says of itself.
  private static let completing = "the guardian of a run that has ended; it completes a cut"
  /// A controller that was killed just now is noticed within this time.
  private static let notice = 1_000
  private static let pause = 50

  /// Takes the switch's lock; a guardian that completes a cut is waited for.
  private static func lock(_ charge: GuardianCharge) throws(RigFault) -> DeviceLock {
    let name = try charge.driver.lockName(in: charge.locks)
    var waited = 0
    let longest = Int((charge.minimumOff + margin) / 1_000_000) + notice
    while true {
      do throws(RigFault) {
        return try DeviceLock(name, holder: charge.holder, part: .power, in: charge.locks)
      } catch {
        let isCompleting = charge.locks.holder(of: name) == completing
        if waited > (isCompleting ? longest : notice) { throw error }
      }
      usleep(UInt32(pause) * 1_000)
      waited += pause
    }
  }

  // MARK: With a controller

  private func obey() {
    while true {
      switch channel.receive(milliseconds: 3_600_000) {
      case .nothingYet: continue
      case .closed: return
      case .line(let text):
        let words = text.split(separator: " ")
        guard words.count == 2, let order = GuardianOrder(rawValue: String(words[1])) else {
          return
        }
        channel.send("\(words[0]) \(carryOut(order).text)")
      }
    }
  }

  private func carryOut(_ order: GuardianOrder) -> GuardianAnswer {
    do throws(RigFault) {
      switch order {
      case .read: return .state(try line.readBack())
      case .off: try cut()
      case .on: if let length = try supply() { return .supplied(after: length) }
      }
      return .done
    } catch {
      return .fault(error)
    }
  }

  private func cut() throws(RigFault) {
    // A switch that fails halfway may have cut: what is not known to be on counts as cut.
    defer { cutAt = cutAt ?? HostClock.sinceBoot }
    lock.say("\(charge.holder); the supply is cut")
    try line.set(powered: false)
  }

  /// What a cut is longer than the least time, counted from the switch's word that it has cut: the
  /// device feels the cut later than that. A relay takes some ten milliseconds to let go, supplies
  /// with charge in them some more, and a device that looks at its supply now and then has its first
  /// look late and its last one early. All of it together must not make the least time a shorter one
  /// at the far side.
  private static let margin: Int64 = 250_000_000

  /// Switches on once the minimum off time is over; how long the cut was at least, if it was one.
  @discardableResult
  private func supply() throws(RigFault) -> Int64? {
    if let cutAt { Self.sleep(until: cutAt + charge.minimumOff + Self.margin) }
    let length = cutAt.map { HostClock.sinceBoot - $0 }
    try line.set(powered: true)
    cutAt = nil
    lock.say(charge.holder)
    return length
  }

  /// Sleeps on the boot clock, which goes on while the machine sleeps (`clock_nanosleep(2)`).
  private static func sleep(until instant: Int64) {
    var end = timespec(
      tv_sec: Int(instant / 1_000_000_000), tv_nsec: Int(instant % 1_000_000_000))
    while HostClock.sinceBoot < instant {
      // A signal that cuts the sleep short, or a clock that can't be slept on: look again.
      if clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &end, nil) != 0 { usleep(10_000) }
    }
  }

  // MARK: Without one

  /// How often a switch that fails is tried again before the guardian gives up.
  private static let attempts = 120
  private static let betweenAttempts: UInt32 = 500_000

  /// Leaves the supply on; whether it could.
  private func end() -> Bool {
    defer { line.close() }
    guard cutAt != nil else { return true }
    lock.say(Self.completing)
    for _ in 0..<Self.attempts {
      do throws(RigFault) {
        try supply()
        return true
      } catch {
        usleep(Self.betweenAttempts)
        // A switch that left the bus comes back as another device.
        if let again = try? charge.driver.open(in: charge.locks) { line = again }
      }
    }
    return false
  }
}
