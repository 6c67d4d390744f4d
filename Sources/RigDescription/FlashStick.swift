import SourceYAML

/// What a recorder takes for a USB stick.
public enum FlashStick: Sendable, Hashable {
  /// A folder that the recorder sees as one.
  case folder(String)
  /// A folder on a stick that the lab's commands switch between this host and the recorder.
  case switched(folder: String, toHost: [String], toRecorder: [String])
  /// A stick that this machine shows on one of its USB device ports, by the port's name; not the one
  /// that the mouse is on.
  case gadget(controller: String)
}

extension FlashStick {
  private static let folder = FieldShape(
    "folder", .scalar(.text), "The folder of the stick, beside this file, while this host has it.")
  private static let toHost = FieldShape(
    "toHost", .list(ListShape(.scalar(.text), what: "a list of words")),
    "A command of the lab's, a word each, after which the folder is there.")
  private static let toRecorder = FieldShape(
    "toRecorder", .list(ListShape(.scalar(.text), what: "a list of words")),
    "A command of the lab's, a word each, after which the recorder has the stick.")
  private static let udc = FieldShape(
    "udc", .scalar(.text),
    "The USB device port of this machine that is wired to the recorder for this; the mouse has another. "
      + "It takes root and the module usb_f_mass_storage.")

  /// How it is written.
  static let field = FieldShape(
    "stick",
    .forms(
      FormsShape(
        "a stick", example: "/srv/stick, {udc: …} or {folder: …, toHost: […], toRecorder: […]}",
        scalar: .scalar(.text),
        mapping: .object(
          ObjectShape(
            "a stick", [folder, toHost, toRecorder, udc],
            rules: [
              .atMostOne(of: [folder.name, udc.name]),
              .atLeastOne(of: [folder.name, udc.name], what: "a stick"),
              .only(toHost.name, with: [folder.name]), .only(toRecorder.name, with: [folder.name]),
            ])))),
    "What the recorder takes for a stick, on which the image is put: a folder, beside this file; one on "
      + "a stick that commands switch; or a USB device port of this machine's, which shows one."
  ).shown(
    by: """
      flash: {stick: {udc: dummy_udc.1}}
      """)

  /// Reads the value of the key; nil where it was left out.
  init?(_ node: YAMLNode?, _ reader: inout SectionReader) {
    guard let node else { return nil }
    if let controller = node[Self.udc]?.text {
      self = .gadget(controller: controller)
      return
    }
    guard let folder = reader.path(node.isMapping ? node[Self.folder] : node) else { return nil }
    func words(_ key: FieldShape) -> [String] { node[key]?.elements?.compactMap(\.text) ?? [] }
    let (toHost, toRecorder) = (words(Self.toHost), words(Self.toRecorder))
    self =
      toHost.isEmpty && toRecorder.isEmpty
      ? .folder(folder) : .switched(folder: folder, toHost: toHost, toRecorder: toRecorder)
  }
}
