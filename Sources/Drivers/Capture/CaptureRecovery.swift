import Bench
import CLinux
import Glibc
import RigDescription

/// What is done, in turn, about a capture device that fails: from the gentlest to the roughest.
struct CaptureRecovery {
  /// A step on the way.
  enum Step: String, CaseIterable, Sendable {
    case reopen = "opened again"
    case authorize = "taken off the bus and put back by its authorisation"
    case reset = "reset on the USB bus"
    case cyclePort = "cut off and supplied again by its hub's port"
  }

  private let tree: DeviceTree
  /// The port that the rig file names; nil for the one that the device hangs on.
  private let port: HubPortSettings?
  private var failures = 0
  /// The USB device that was last seen behind the node, and where its hub's port is switched.
  private var device: FoundDevice?

  init(tree: DeviceTree, port: HubPortSettings?) {
    self.tree = tree
    self.port = port
  }

  /// Remembers what stands behind a node, while it is there.
  mutating func saw(_ node: String) {
    if let found = tree.device(ofNode: node)?.usbDevice { device = found }
  }

  /// The device works.
  mutating func succeeded() { failures = 0 }

  /// Does the next step about a device that failed.
  ///
  /// - Returns: what was done, in words for the diary, and whether the device is another one for
  ///   the kernel afterwards; nil where the step does not apply.
  mutating func next() -> (words: String, makesItComeAnew: Bool)? {
    defer { failures += 1 }
    // The rough steps come once in a while: a device that was unplugged is merely waited for.
    let steps = Step.allCases
    let step = failures < steps.count ? steps[failures] : failures % 20 == 0 ? .cyclePort : .reopen
    switch step {
    case .reopen: return failures == 0 ? (step.rawValue, false) : nil
    case .authorize: return device.map(authorize) == true ? (step.rawValue, true) : nil
    case .reset: return device.map(reset) == true ? (step.rawValue, true) : nil
    case .cyclePort: return cyclePort()
    }
  }

  private func cyclePort() -> (words: String, makesItComeAnew: Bool)? {
    let place: HubPort?
    do throws(RigFault) {
      place = try port.map { port throws(RigFault) in try HubPort(port, in: tree) }
    } catch {
      return ("to be cut off by its hub's port, but \(error.reason)", false)
    }
    guard let place = place ?? device.flatMap(HubPort.init(of:)), place.cycle() else { return nil }
    return ("\(Step.cyclePort.rawValue), \(place.words)", true)
  }

  private func authorize(_ device: FoundDevice) -> Bool {
    guard device.setAttribute("authorized", to: "0") == 0 else { return false }
    usleep(500_000)
    return device.setAttribute("authorized", to: "1") == 0
  }

  private func reset(_ device: FoundDevice) -> Bool {
    guard let node = tree.device(at: device.path)?.node,
      let descriptor = try? Descriptor(opening: node, O_WRONLY)
    else { return false }
    var nothing: Int32 = 0
    return ioctl(descriptor.number, gantry_USBDEVFS_RESET, &nothing) == 0
  }
}
