import Bench
import Glibc
import Synchronization
import Testing

@testable import Drivers

/// A folder that does as the kernel's does: whoever makes a part of a gadget finds its attributes there.
private final class FakeConfigFS: ConfigFS {
  private let state = Mutex((folders: Set<String>(), values: [String: String](), log: [String]()))
  /// The modules that are loaded.
  let functions: Set<String>

  init(functions: Set<String> = ["mass_storage"]) {
    self.functions = functions
  }

  var log: [String] { state.withLock { $0.log } }

  private static func name(_ path: String) -> String {
    path.components(after: "usb_gadget/")
  }

  func exists(_ path: String) -> Bool { state.withLock { $0.folders.contains(path) } }

  func make(_ path: String) throws(FileError) {
    let name = Self.name(path)
    if let function = name.split(separator: "functions/").dropFirst().first,
      !functions.contains(where: { function.hasPrefix($0) })
    {
      throw FileError(path, code: ENOENT)
    }
    state.withLock { state in
      state.folders.insert(path)
      state.log.append("make \(name)")
    }
  }

  func remove(_ path: String) throws(FileError) {
    let path = path.hasSuffix("/") ? String(path.dropLast()) : path
    let isUsed = state.withLock { state in
      state.folders.contains { $0.hasPrefix(path + "/configs/") || $0.hasPrefix(path + "/func") }
    }
    if isUsed { throw FileError(path, code: ENOTEMPTY) }
    state.withLock { state in
      state.folders.remove(path)
      state.values = state.values.filter { !$0.key.hasPrefix(path + "/") }
      state.log.append("remove \(Self.name(path))")
    }
  }

  func put(_ value: String, into path: String) throws(FileError) {
    let isThere = state.withLock { state in
      state.folders.contains { path.hasPrefix($0 + "/") }
    }
    guard isThere else { throw FileError(path, code: ENOENT) }
    state.withLock { state in
      state.values[path] = value == "\n" ? "" : value
      state.log.append("\(Self.name(path)) = \(value == "\n" ? "" : value)")
    }
  }

  func link(_ path: String, to target: String) throws(FileError) {
    guard exists(target) else { throw FileError(path, code: ENOENT) }
    state.withLock { $0.log.append("link \(Self.name(path))") }
  }

  func unlink(_ path: String) { state.withLock { $0.log.append("unlink \(Self.name(path))") } }

  func text(of path: String) -> String? { state.withLock { $0.values[path] } }
}

extension String {
  fileprivate func components(after prefix: String) -> String {
    firstRange(of: prefix).map { String(self[$0.upperBound...]) } ?? self
  }
}

@Suite struct StickGadgetTests {
  private func machine() throws -> Folder {
    let folder = try Folder()
    try folder.write("not attached\n", to: "sys/class/udc/dummy_udc.1/state")
    return folder
  }

  @Test func `a stick is whole before it is seen, and pulled before it is changed`() throws {
    let folder = try machine()
    let kernel = FakeConfigFS()
    let stick = StickGadget(controller: "dummy_udc.1", root: folder.path, kernel: kernel)
    #expect(!stick.isPluggedIn)
    let image = folder.path + "/stick.img"
    try stick.plugIn([1, 2, 3], as: "update.img", image: image)
    #expect(stick.isPluggedIn)
    let first = kernel.log
    let gadget = "gantry-stick-dummy_udc.1"
    let lun = "\(gadget)/functions/mass_storage.stick/lun.0"
    let ready = try #require(first.firstIndex(of: "\(lun)/file = \(image)"))
    #expect(first.prefix(ready).contains("\(lun)/ro = 1"))
    #expect(first.last == "\(gadget)/UDC = dummy_udc.1")
    #expect(first.dropLast().last == "link \(gadget)/configs/c.1/mass_storage.stick")

    try stick.plugIn([4], as: "update.img", image: image)
    let second = Array(kernel.log.dropFirst(first.count))
    #expect(second.first == "\(gadget)/UDC = ")
    #expect(second.last == "\(gadget)/UDC = dummy_udc.1")
    try stick.pull()
    #expect(!stick.isPluggedIn)
    #expect(!kernel.exists("\(folder.path)/sys/kernel/config/usb_gadget/\(gadget)"))
    try stick.pull()
  }

  @Test func `what a machine lacks is said, and nothing is left half built`() throws {
    let folder = try machine()
    let kernel = FakeConfigFS(functions: ["hid"])
    let stick = StickGadget(controller: "dummy_udc.1", root: folder.path, kernel: kernel)
    let lack = #expect(throws: RigFault.self) {
      try stick.plugIn([1], as: "a.img", image: folder.path + "/stick.img")
    }
    #expect(lack?.reason.contains("usb_f_mass_storage") == true)
    #expect(!kernel.exists("\(folder.path)/sys/kernel/config/usb_gadget/gantry-stick-dummy_udc.1"))
    let other = #expect(throws: RigFault.self) {
      try StickGadget(controller: "musb", root: folder.path, kernel: kernel)
        .plugIn([1], as: "a.img", image: folder.path + "/stick.img")
    }
    #expect(other?.reason == "there is no USB device controller musb; there are: dummy_udc.1")
    let disk = #expect(throws: RigFault.self) {
      try StickGadget(controller: "dummy_udc.1", root: folder.path, kernel: FakeConfigFS())
        .plugIn([1], as: "a.img", image: folder.path + "/nowhere/stick.img")
    }
    #expect(disk?.code == .diskFails)
  }
}
