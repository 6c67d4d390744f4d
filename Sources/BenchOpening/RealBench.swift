import Bench
import Drivers
import RigDescription

/// A bench of real devices.
enum RealBench {
  static func open(_ rig: RigDescription, recorder: DeviceWiring) throws(RigFault) -> OpenedBench {
    let diary = RigDiary()
    let devices = RealDevices(of: recorder, on: rig.name, patience: rig.patience) {
      diary.add($0, $1)
    }
    // What switches the supply comes first: whatever else fails, it has supplied the recorder.
    let power = try devices.power()
    let mouse = try devices.mouse()
    let screen = try devices.screen()
    let mailbox = try devices.mailbox()
    let device = BenchDevice(
      screen: screen, mouse: mouse, power: power,
      isSupplyTrusted: recorder.power?.isTrusted ?? false, mailbox: mailbox,
      isMailTrusted: recorder.mailTraits.isTrusted, mailNaming: recorder.mailTraits.naming)
    return OpenedBench(
      bench: Bench(devices: [Bench.defaultDevice: device], clock: HostClock(), diary: diary),
      minimumOff: recorder.power?.minimumOff ?? PowerWiring.defaultMinimumOff, isVirtual: false
    ) {
      screen?.close()
      mouse?.close()
      power?.close()
      mailbox?.close()
    }
  }
}
