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

    /// The step after so many failures in a row.
    init(afterFailures failures: Int) {
      let steps = Self.allCases
      // The rough steps come once in a while: a device that was unplugged is merely waited for.
      self = failures < steps.count ? steps[failures] : failures % 20 == 0 ? .cyclePort : .reopen
    }
  }

  /// What was done.
  struct Remedy: Hashable, Sendable {
    /// In words for the diary, after "it is".
    var words: String
    /// Whether the device is another one for the kernel afterwards.
    var makesItComeAnew: Bool
  }

  private let tree: DeviceTree
  /// The port that the rig file names; nil for the one that the device hangs on.
  private let port: HubPortSettings?
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

  /// Does a step; nil where it does not apply to the device.
  func perform(_ step: Step) -> Remedy? {
    switch step {
    case .reopen: Remedy(words: step.rawValue, makesItComeAnew: false)
    case .authorize:
      device.map(authorize) == true ? Remedy(words: step.rawValue, makesItComeAnew: true) : nil
    case .reset:
      device.map(reset) == true ? Remedy(words: step.rawValue, makesItComeAnew: true) : nil
    case .cyclePort: cyclePort()
    }
  }

  private func cyclePort() -> Remedy? {
    let place: HubPort?
    do throws(RigFault) {
      place = try port.map { port throws(RigFault) in try HubPort(port, in: tree) }
    } catch {
      return Remedy(
        words: "to be cut off by its hub's port, but \(error.reason)", makesItComeAnew: false)
    }
    guard let place = place ?? device.flatMap(HubPort.init(of:)), place.cycle() else { return nil }
    return Remedy(words: "\(Step.cyclePort.rawValue), \(place.words)", makesItComeAnew: true)
  }

  private func authorize(_ device: FoundDevice) -> Bool {
    guard device.setAttribute("authorized", to: "0") == 0 else { return false }
    tree.calls.pause(.milliseconds(500))
    return device.setAttribute("authorized", to: "1") == 0
  }

  private func reset(_ device: FoundDevice) -> Bool {
    guard let node = tree.device(at: device.path)?.node,
      let descriptor = try? Descriptor(opening: node, O_WRONLY, through: tree.calls)
    else { return false }
    var nothing: Int32 = 0
    return withUnsafeMutableBytes(of: &nothing) { argument in
      tree.calls.ioctl(descriptor.number, gantry_USBDEVFS_RESET, argument, nil) == 0
    }
  }
}
