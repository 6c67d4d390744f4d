public import Bench
import CUdev
import Frames
import Glibc
import Synchronization

/// What is told of devices that come and go: by udev, once its rules are through with a device and
/// its properties are known, or by the kernel itself on machines without udev.
///
/// Whoever uses it looks at the device tree again when something is told: what is told may be over
/// by then.
public final class DeviceMonitor: DeviceWatch {
  private let monitor: Mutex<UdevMonitor>
  /// What the monitor listens on; it lives as long as the monitor.
  private let socket: Int32

  /// Starts listening.
  ///
  /// - Throws: when the system has no such socket to give.
  public init() throws(RigFault) {
    // Where no device manager runs, nobody sends what libudev would wait for.
    let name = Files.exists("/run/udev/control") ? "udev" : "kernel"
    guard let monitor = UdevMonitor(name) else {
      throw RigFault(
        .host, .hostFails, "devices can't be watched: \(systemWords(errno))", errno: errno)
    }
    socket = udev_monitor_get_fd(monitor.pointer)
    self.monitor = Mutex(monitor)
  }

  /// What is told within a time; returns as soon as there is something.
  public func events(within limit: Duration) -> [DeviceEvent] {
    let milliseconds = Int32(clamping: limit.wholeNanoseconds / 1_000_000)
    guard waits(for: milliseconds) else { return [] }
    return monitor.withLock { monitor in
      var events: [DeviceEvent] = []
      repeat {
        guard let event = monitor.next() else { return events }
        events.append(event)
      } while waits(for: 0)
      return events
    }
  }

  private func waits(for milliseconds: Int32) -> Bool {
    var request = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }
}

/// A monitor of libudev's that goes with its owner.
private final class UdevMonitor {
  private let context: OpaquePointer
  let pointer: OpaquePointer

  /// Listens to `udev` or to `kernel`; nil, and `errno`, where that can't be done.
  init?(_ name: String) {
    guard let context = udev_new() else { return nil }
    guard let pointer = udev_monitor_new_from_netlink(context, name) else {
      let code = errno
      udev_unref(context)
      errno = code
      return nil
    }
    self.context = context
    self.pointer = pointer
    let outcome = udev_monitor_enable_receiving(pointer)
    guard outcome >= 0 else {
      errno = -outcome
      return nil
    }
  }

  deinit {
    // Whoever could not listen is told why.
    let code = errno
    udev_monitor_unref(pointer)
    udev_unref(context)
    errno = code
  }

  /// The next thing that is told; nil where there is none that can be read.
  func next() -> DeviceEvent? {
    guard let device = udev_monitor_receive_device(pointer) else {
      return errno == ENOBUFS ? .lost : nil
    }
    defer { udev_device_unref(device) }
    guard let action = udev_device_get_action(device), let path = udev_device_get_devpath(device)
    else { return nil }
    return DeviceEvent(
      action: String(cString: action), path: String(cString: path),
      properties: UdevList.properties(of: device))
  }
}
