import CLinux
package import Frames
import Glibc

/// The kernel and the libraries of this machine.
package struct LiveCalls: HostCalls {
  package init() {}

  package func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
    let number = Glibc.open(path, flags | O_CLOEXEC)
    guard number >= 0 else { throw SystemError(errno) }
    return number
  }

  package func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  package func ioctl(
    _ descriptor: Int32, _ request: UInt, _ argument: UnsafeMutableRawBufferPointer,
    _ attachment: RequestAttachment?
  ) -> Int32 {
    guard let start = argument.baseAddress else { return -EFAULT }
    while true {
      let code = Glibc.ioctl(descriptor, request, start)
      if code >= 0 { return code }
      if errno != EINTR { return -errno }
    }
  }

  package func poll(_ descriptor: Int32, for events: Int32, milliseconds: Int32) -> Int32 {
    var request = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: events), revents: 0)
    while true {
      let count = Glibc.poll(&request, 1, milliseconds)
      if count > 0 { return Int32(request.revents) & 0xFFFF }
      // A signal cut the wait short: the callers' own deadlines bound how often.
      if count == 0 || errno != EINTR { return 0 }
    }
  }

  package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    return count >= 0 ? count : Int(-errno)
  }

  package func map(
    _ descriptor: Int32, length: Int, offset: Int
  ) throws(SystemError) -> UnsafeMutableRawBufferPointer {
    let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, offset)
    guard let start, start != MAP_FAILED else { throw SystemError(errno) }
    return UnsafeMutableRawBufferPointer(start: start, count: length)
  }

  package func unmap(_ memory: UnsafeMutableRawBufferPointer) {
    munmap(memory.baseAddress, memory.count)
  }

  package func now() -> MonotonicInstant { HostClock.present }

  package func pause(_ time: Duration) {
    usleep(UInt32(clamping: time.wholeNanoseconds / 1_000))
  }
}
