import ArgumentParser
import Foundation
import Glibc
import Synchronization

struct DongleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dongle",
    abstract: "Is a UVC grabber on a USB bus, until it is killed.",
    discussion: """
      SIGUSR1 makes it hang, or go on; SIGUSR2 makes it cut every other run of pictures short, or \
      send them whole again.
      """)

  @Option(help: "The driver of the device controller.") var driver = "dummy_udc"
  @Option(help: "The device controller that it is plugged into.") var controller = "dummy_udc.3"

  func run() throws {
    signal(SIGUSR1) { _ in Dongle.isHung.logicalXor(true, ordering: .relaxed) }
    signal(SIGUSR2) { _ in Dongle.cutsShort.logicalXor(true, ordering: .relaxed) }
    takeSignalsElsewhere()
    try Dongle(driver: driver, controller: controller).serve()
  }
}

extension DongleCommand {
  /// Has a thread of its own take the signals: whoever started the program may have had them blocked,
  /// and none may interrupt what serves the bus.
  private func takeSignalsElsewhere() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGUSR1)
    sigaddset(&signals, SIGUSR2)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Thread.detachNewThread { [signals] in
      var taken = signals
      pthread_sigmask(SIG_UNBLOCK, &taken, nil)
      while true { pause() }
    }
  }
}

struct DongleChecksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uvc", abstract: "A UVC grabber, its driver, and what becomes of it.")

  @OptionGroup var options: CheckOptions

  func run() async throws {
    await DongleChecks().perform(try options.list())
  }
}

/// This program with other words, as a process of its own.
final class Helper {
  private let process: pid_t

  init(_ words: [String]) throws {
    var arguments: [UnsafeMutablePointer<CChar>?] =
      (["gantry-proving", "kernel-checks"] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var started: pid_t = 0
    let code = posix_spawn(&started, "/proc/self/exe", nil, nil, &arguments, environ)
    guard code == 0 else { throw CheckFailure("no helper: \(String(cString: strerror(code)))") }
    process = started
  }

  /// Sends it a signal.
  func tell(_ signal: Int32) { kill(process, signal) }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }
}
