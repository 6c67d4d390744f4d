public import Bench

/// A USB stick that this machine shows on one of its USB device ports, as configfs builds it (the
/// kernel's `Documentation/usb/gadget_configfs.rst`, `mass-storage.rst` and
/// `Documentation/ABI/testing/configfs-usb-gadget-mass-storage`).
///
/// It stays plugged in when the program ends. The recorder can't write on it.
public struct StickGadget: Sendable {
  /// The port.
  public let controller: String
  /// What stands before `/sys`; empty for this machine.
  let root: String
  private let kernel: any ConfigFS

  private var folder: String { "\(root)/sys/kernel/config/usb_gadget/gantry-stick-\(port)" }
  private var function: String { "\(folder)/functions/\(Self.functionName)" }
  private var link: String { "\(folder)/configs/c.1/\(Self.functionName)" }
  private static let functionName = "mass_storage.stick"

  /// The port as a folder's name.
  private var port: String { String(controller.map { $0 == "/" ? "_" : $0 }) }

  /// Describes a stick; touches nothing.
  public init(controller: String) {
    self.init(controller: controller, root: "", kernel: LiveConfigFS())
  }

  /// Describes a stick of a machine.
  init(controller: String, root: String, kernel: any ConfigFS) {
    self.controller = controller
    self.root = root
    self.kernel = kernel
  }

  /// Whether a stick is plugged in.
  public var isPluggedIn: Bool {
    kernel.text(of: "\(folder)/UDC").map { !$0.isEmpty } ?? false
  }

  /// Makes the image of a stick with one file on it, and plugs the stick in; one that is plugged in is
  /// pulled first.
  ///
  /// - Parameters:
  ///   - bytes: what lies in the file.
  ///   - name: what the file is called.
  ///   - image: the file that holds the image; it must stay while the stick is plugged in.
  /// - Throws: when the kernel lacks what it takes, or refuses, or the image can't be written.
  public func plugIn(_ bytes: [UInt8], as name: String, image: String) throws(RigFault) {
    let controllers = (try? Files.names(in: "\(root)/sys/class/udc")) ?? []
    guard controllers.contains(controller) else {
      let list = controllers.joined(separator: ", ")
      throw RigFault(
        .host, .deviceMissing,
        "there is no USB device controller \(controller); "
          + (list.isEmpty ? "this machine has none" : "there are: \(list)"))
    }
    guard bytes.count <= FATImage.longestFile else {
      throw RigFault(.host, .hostFails, "a file on a stick is no longer than 4 GB")
    }
    try pull()
    do throws(FileError) {
      try FATImage(name: name, bytes: bytes).write(to: image)
    } catch {
      throw RigFault(
        .host, .diskFails, "the stick's image can't be written: \(error)", errno: error.code)
    }
    do throws(FileError) {
      try build(image)
      try kernel.put(controller, into: "\(folder)/UDC")
    } catch {
      let words = "\(error)"
      try? pull()
      throw RigFault(
        .host, .hostFails,
        "the USB stick can't be built: \(words); it takes root, a mounted configfs and the modules "
          + "libcomposite and usb_f_mass_storage, and a port that no other gadget is on",
        errno: error.code)
    }
  }

  private func build(_ image: String) throws(FileError) {
    let strings = "\(folder)/strings/0x409"
    let configuration = "\(folder)/configs/c.1"
    for path in [folder, strings, configuration, "\(configuration)/strings/0x409", function] {
      try kernel.make(path)
    }
    let attributes = [
      // The kernel's own numbers of a stick that is a file.
      ("idVendor", "0x0525"), ("idProduct", "0xa4a5"), ("bcdUSB", "0x0200"),
      ("bcdDevice", "0x0100"), ("strings/0x409/manufacturer", "Gantry"),
      ("strings/0x409/product", "USB Stick"),
      // Sticks of the class have a serial number of twelve hexadecimal digits at least.
      ("strings/0x409/serialnumber", "474E54525901"), ("configs/c.1/MaxPower", "200"),
      ("configs/c.1/bmAttributes", "0x80"), ("functions/\(Self.functionName)/lun.0/ro", "1"),
      ("functions/\(Self.functionName)/lun.0/removable", "1"),
      ("functions/\(Self.functionName)/lun.0/file", image),
    ]
    for (name, value) in attributes { try kernel.put(value, into: "\(folder)/\(name)") }
    try kernel.link(link, to: function)
  }

  /// Pulls the stick; nothing happens where there is none.
  public func pull() throws(RigFault) {
    guard kernel.exists(folder) else { return }
    // A gadget that is connected nowhere says so by an error.
    try? kernel.put("\n", into: "\(folder)/UDC")
    kernel.unlink(link)
    let folders = [
      "configs/c.1/strings/0x409", "configs/c.1", "functions/\(Self.functionName)",
      "strings/0x409", "",
    ]
    for name in folders {
      do throws(FileError) {
        try kernel.remove("\(folder)/\(name)")
      } catch {
        throw RigFault(
          .host, .hostFails, "the USB stick can't be removed: \(error)", errno: error.code)
      }
    }
  }
}
