public import Bench
import Drivers
import RigDescription

/// The mouse that this host shows on its USB device port, which must be built before it is used.
public struct GadgetMouse: Sendable {
  private let gadget: HIDGadget

  init(_ settings: HIDGadgetSettings) {
    gadget = HIDGadget(settings)
  }

  /// What it is called on this host.
  public var name: String { gadget.settings.name }
  /// Whether it has been built.
  public var exists: Bool { gadget.exists }
  /// The port that it is connected to; nil while it is not.
  public var port: String? { gadget.connected }
  /// The node that reports are written to; nil while there is none.
  public var node: String? { gadget.node }
  /// What the bus says.
  public var busState: USBBusState { gadget.busState }

  /// Builds it and connects it. One that is there already is taken down first.
  ///
  /// - Throws: when the kernel lacks what it takes, or refuses.
  public func up() throws(RigFault) { try gadget.up() }

  /// Disconnects it and removes it; nothing happens where there is none.
  ///
  /// - Throws: when the kernel refuses.
  public func down() throws(RigFault) { try gadget.down() }
}
