public import Frames
import Glibc
import Synchronization

/// A cut of a rig's supply, as it is remembered beyond the life of a process.
public struct PlugCut: Sendable, Hashable {
  /// Names the start of the machine, so that its clocks can be compared.
  public var bootID: String
  /// When the supply was cut, on the clock that began with that start; nil where it is not known.
  public var at: MonotonicInstant?

  /// Creates a cut.
  public init(bootID: String, at: MonotonicInstant?) {
    self.bootID = bootID
    self.at = at
  }
}

/// Remembers whether a rig's supply is cut, so that a run after one that died knows.
///
/// A cut is remembered before the switch is touched and forgotten after power was read back.
public protocol PlugMemory: Sendable {
  /// The cut that was not undone; nil when there is none.
  func cut() async throws(PlugMemoryError) -> PlugCut?

  /// Remembers that the supply is about to be cut.
  func remember(cutAt instant: MonotonicInstant) async throws(PlugMemoryError)

  /// Remembers that the supply is on.
  func forget() async throws(PlugMemoryError)
}

/// Why the state of a plug could not be kept.
public struct PlugMemoryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop.
  public var description: String

  /// Creates an error.
  public init(_ description: String) {
    self.description = description
  }
}

/// A plug's state in a small file, one for each rig.
public struct PlugFile: PlugMemory {
  /// The file; it exists while the supply is cut.
  public let path: String

  /// Uses a file in a folder that exists.
  public init(path: String) {
    self.path = path
  }

  /// Reads the file; one that can't be understood is a cut at an unknown time.
  public func cut() throws(PlugMemoryError) -> PlugCut? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw failure()
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    if count < 0 { throw failure() }
    let words = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[0] == "cut",
      let nanoseconds = Int64(words[2].prefix { !$0.isNewline })
    else { return PlugCut(bootID: "", at: nil) }
    return PlugCut(bootID: String(words[1]), at: MonotonicInstant(nanoseconds: nanoseconds))
  }

  /// Writes the file and waits until it stands on the disk.
  ///
  /// The file tells the boot clock rather than the instant: that clock goes on while the machine
  /// sleeps, and processes can compare it.
  public func remember(cutAt instant: MonotonicInstant) throws(PlugMemoryError) {
    let text = "cut \(Self.bootID()) \(Self.bootClock())\n"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure() }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    if write(descriptor, bytes, bytes.count) != bytes.count || fsync(descriptor) != 0 {
      throw failure()
    }
  }

  /// Removes the file.
  public func forget() throws(PlugMemoryError) {
    if unlink(path) != 0 && errno != ENOENT { throw failure() }
  }

  private func failure() -> PlugMemoryError {
    PlugMemoryError("\(path): \(String(cString: strerror(errno)))")
  }

  /// The kernel's name for this start of the machine (`proc_sys_kernel(5)`).
  private static func bootID() -> String {
    let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return "unknown" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = max(0, read(descriptor, &bytes, bytes.count))
    return String(String(decoding: bytes.prefix(count), as: UTF8.self).prefix { !$0.isNewline })
  }

  /// Nanoseconds since the machine started, sleep included.
  private static func bootClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// A plug's state for rigs that end with the process.
public final class MemoryOnlyPlug: PlugMemory {
  private let state: Mutex<PlugCut?>

  /// Creates a memory; a cut that was not undone may be given.
  public init(cut: PlugCut? = nil) {
    state = Mutex(cut)
  }

  /// The cut that was not undone.
  public func cut() -> PlugCut? { state.withLock { $0 } }

  /// Remembers a cut.
  public func remember(cutAt instant: MonotonicInstant) {
    state.withLock { $0 = PlugCut(bootID: "", at: instant) }
  }

  /// Forgets it.
  public func forget() { state.withLock { $0 = nil } }
}
