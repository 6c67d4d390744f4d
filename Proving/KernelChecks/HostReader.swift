import Bench
import Dispatch
import Frames
import Glibc
import RecorderPorts
import Synchronization

/// A host that reads the mouse on its bus, on a thread of its own.
final class HostReader: Sendable {
  private struct State {
    var arrivals: [MouseSocket.Arrival] = []
    var isListening = false
    var isStopped = false
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "gantry.checks.host")

  /// Starts reading; the mouse need not be there yet.
  init(gadget: String, controller: String, host: String) {
    queue.async { [self] in
      let socket = MouseSocket(gadget: gadget, controller: controller, host: host)
      while !state.withLock({ $0.isStopped }) {
        let isListening = socket.isListening || socket.look()
        state.withLock { $0.isListening = isListening }
        guard isListening else {
          usleep(5_000)
          continue
        }
        var request = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
        poll(&request, 1, 50)
        let arrivals = socket.arrivals()
        state.withLock { $0.arrivals += arrivals }
      }
    }
  }

  /// Whether there is a mouse that it reads.
  var isListening: Bool { state.withLock { $0.isListening } }

  /// What has arrived so far.
  var arrivals: [MouseSocket.Arrival] { state.withLock { $0.arrivals } }

  /// The reports that have arrived so far.
  var reports: [MouseReport] { arrivals.map(\.report) }

  /// Forgets what has arrived.
  func forget() { state.withLock { $0.arrivals = [] } }

  /// Stops reading: the host's driver asks the mouse for nothing any more.
  func stop() {
    state.withLock { $0.isStopped = true }
    queue.sync {}
  }
}
