package import Frames

/// Why a call was not done: the system's error number.
package struct SystemError: Error, Hashable, Sendable {
  /// The number (`errno(3)`).
  package var code: Int32

  /// An error of a number.
  package init(_ code: Int32) {
    self.code = code
  }
}

/// The calls through which drivers use devices: the place where a recorded trace stands in for the
/// kernel.
///
/// What the libraries do by themselves below these calls is theirs.
package protocol HostCalls: SystemCalls, GPIOCalls, USBCalls {}

/// Calls to the kernel, and its clock.
package protocol SystemCalls: Sendable {
  /// Opens a file (`open(2)`); it is never inherited by children.
  ///
  /// - Returns: the descriptor.
  func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32

  /// Closes a descriptor (`close(2)`).
  func close(_ descriptor: Int32)

  /// Makes a request of a device (`ioctl(2)`), again where a signal cut it short.
  ///
  /// - Parameters:
  ///   - descriptor: the device.
  ///   - request: the request's number.
  ///   - argument: what the request reads and writes.
  ///   - attachment: the memory that the argument points to; nil for an argument without pointers.
  /// - Returns: what the request returns, or the error number, negative.
  func ioctl(
    _ descriptor: Int32, _ request: UInt, _ argument: UnsafeMutableRawBufferPointer,
    _ attachment: RequestAttachment?
  ) -> Int32

  /// Waits until one of some events comes (`poll(2)`).
  ///
  /// - Returns: the events that came, with errors and hang-ups; 0 when the time is over.
  func poll(_ descriptor: Int32, for events: Int32, milliseconds: Int32) -> Int32

  /// Writes bytes (`write(2)`).
  ///
  /// - Returns: how many were written, or the error number, negative.
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int

  /// Maps a device's memory, to be read and written (`mmap(2)`).
  func map(
    _ descriptor: Int32, length: Int, offset: Int
  ) throws(SystemError) -> UnsafeMutableRawBufferPointer

  /// Gives mapped memory back (`munmap(2)`).
  func unmap(_ memory: UnsafeMutableRawBufferPointer)

  /// The present, on the monotonic clock.
  func now() -> MonotonicInstant

  /// Lets time pass on the calling thread.
  func pause(_ time: Duration)
}

/// Memory that the argument of a request points to.
package struct RequestAttachment {
  /// Where in the argument the pointer stands, in bytes.
  package var offset: Int
  /// The memory.
  package var memory: UnsafeMutableRawBufferPointer

  package init(offset: Int, memory: UnsafeMutableRawBufferPointer) {
    self.offset = offset
    self.memory = memory
  }
}

/// Calls to libgpiod.
package protocol GPIOCalls: Sendable {
  /// What a chip says of itself.
  func chip(at path: String) throws(SystemError) -> GPIOChipAnswer

  /// What the kernel says of a line, without requesting it.
  func line(_ offset: Int, ofChipAt path: String) throws(SystemError) -> GPIOLineAnswer

  /// Requests a line as an output.
  ///
  /// - Parameters:
  ///   - offset: the line's number on its chip.
  ///   - path: the chip's node.
  ///   - activeLow: whether all values are turned round.
  ///   - value: its first value.
  /// - Returns: the line, held.
  /// - Throws: the system's error; one that somebody else holds is `EBUSY`.
  func request(
    line offset: Int, ofChipAt path: String, activeLow: Bool, value: Bool
  ) throws(SystemError) -> any HeldGPIOLine

  /// Requests a line as an input.
  ///
  /// - Parameters:
  ///   - offset: the line's number on its chip.
  ///   - path: the chip's node.
  ///   - activeLow: whether all values are turned round.
  /// - Returns: the line, held.
  /// - Throws: the system's error; one that somebody else holds is `EBUSY`.
  func requestInput(
    line offset: Int, ofChipAt path: String, activeLow: Bool
  ) throws(SystemError) -> any HeldGPIOLine
}

/// What a chip says of itself.
package struct GPIOChipAnswer: Hashable, Sendable {
  package var name: String
  package var label: String
  package var lines: Int

  package init(name: String, label: String, lines: Int) {
    self.name = name
    self.label = label
    self.lines = lines
  }
}

/// What the kernel says of a line.
package struct GPIOLineAnswer: Hashable, Sendable {
  package var name: String
  /// Who holds it; nil where nobody does.
  package var consumer: String?

  package init(name: String, consumer: String?) {
    self.name = name
    self.consumer = consumer
  }
}

/// A line that is held until it is released.
package protocol HeldGPIOLine: AnyObject {
  /// Sets its value; an input's can't be set.
  func set(_ value: Bool) throws(SystemError)
  /// Reads its value: an output's is what was set, as far as the chip can tell.
  func get() throws(SystemError) -> Bool
  /// Gives it back; nothing else may be called afterwards.
  func release()
}

/// Calls to libusb.
package protocol USBCalls: Sendable {
  /// Opens the device of a bus and device number.
  ///
  /// - Parameters:
  ///   - bus: the bus.
  ///   - address: the device's number on it.
  ///   - claims: whether its first interface is taken from the kernel's driver, until it is closed.
  /// - Returns: the device, open.
  /// - Throws: why it could not be opened.
  func openUSB(
    bus: UInt8, address: UInt8, claims: Bool
  ) throws(USBOpeningError) -> any OpenUSBDevice
}

/// Why a USB device was not opened.
package enum USBOpeningError: Error, Hashable, Sendable {
  /// The library can't be used at all.
  case noLibrary
  /// The library's error code.
  case refused(Int32)
}

/// A USB device that is open until it is closed.
package protocol OpenUSBDevice: AnyObject {
  /// Makes a control transfer (USB 2.0, section 9.3).
  ///
  /// - Parameters:
  ///   - setup: what is asked.
  ///   - bytes: what is sent, or filled with what is received.
  ///   - milliseconds: how long it may take.
  /// - Returns: how many bytes went, or the library's error code.
  func control(
    _ setup: USBSetup, _ bytes: UnsafeMutableBufferPointer<UInt8>, milliseconds: UInt32
  ) -> Int32

  /// Gives it back; nothing else may be called afterwards.
  func close()
}

/// What a control transfer asks (USB 2.0, table 9-2); the length is that of its bytes.
package struct USBSetup: Hashable, Sendable {
  package var requestType: UInt8
  package var request: UInt8
  package var value: UInt16
  package var index: UInt16

  package init(requestType: UInt8, request: UInt8, value: UInt16, index: UInt16) {
    self.requestType = requestType
    self.request = request
    self.value = value
    self.index = index
  }
}
