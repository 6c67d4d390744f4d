import FoundationEssentials
public import Frames
import SourceYAML

/// A model folder as files that references are added to.
public struct ModelFolder: Sendable {
  /// The folder.
  public let path: String

  /// Names a folder; touches nothing.
  public init(path: String) {
    self.path = path
  }

  private var modelFile: String {
    SourceFiles.path("\(path)/\(ModelLoader.fileName)", beside: "")
  }

  /// Adds a reference, or replaces the one of its name.
  ///
  /// - Parameters:
  ///   - reference: the picture.
  ///   - name: what the model calls it.
  ///   - search: where it is looked for; nil leaves that as it is.
  ///   - click: where a click goes, from its top left corner; nil leaves that as it is.
  ///   - screen: the size of the screen that it was cut from, which must be the model's.
  /// - Returns: the picture's file.
  /// - Throws: when there is no model file, or the model would be worse for it.
  public func add(
    _ reference: RGBImage, named name: String, search: PixelRect?, click: PixelPoint?,
    screen: PixelSize
  ) throws -> String {
    let (text, root) = try modelText()
    guard root["screen"]?.integers == [screen.width, screen.height] else {
      throw ModelFolderError(
        "the picture is \(screen), which is not the screen of the model in \(path)")
    }
    let old = root["images"]?[name]
    let picture = old?.text ?? old?["file"]?.text ?? "\(name).png"
    let value = Self.value(
      picture, search: search.map { "[\($0)]" } ?? old?["in"].flatMap(Self.flow),
      click: click.map { "[\($0)]" } ?? old?["click"].flatMap(Self.flow))
    let edited = try ModelFileEdit.settingImage(name, to: value, in: text)
    let bytes = try PNGCodec.encode(reference)
    let picturePath = SourceFiles.path(picture, beside: modelFile)
    try check([modelFile: Array(edited.utf8), picturePath: bytes])
    // The picture first, so that the model file never names one that is not there.
    try write(bytes, to: picturePath)
    try write(Array(edited.utf8), to: modelFile)
    return picturePath
  }

  private func modelText() throws -> (String, YAMLNode) {
    let bytes: [UInt8]
    do throws(SourceFiles.Refusal) {
      bytes = try SourceFiles.disk.read(modelFile)
    } catch {
      throw ModelFolderError("\(modelFile): \(error.reason)")
    }
    let reading = YAMLReader.read(bytes, file: modelFile)
    guard let root = reading.root, reading.findings.isEmpty,
      let text = String(validating: bytes, as: UTF8.self)
    else { throw Findings(reading.findings) }
    // What a newer format means by a place is not known.
    if let refusal = ModelFormat.book.refusal(of: root) { throw refusal }
    return (text, root)
  }

  /// An entry's value, on one line.
  private static func value(_ picture: String, search: String?, click: String?) -> String {
    var parts = ["file: \(picture)"]
    if let search { parts.append("in: " + spaced(search)) }
    if let click { parts.append("click: " + spaced(click)) }
    return "{\(parts.joined(separator: ", "))}"
  }

  private static func spaced(_ list: String) -> String {
    list.split(separator: ",").map { $0.filter { $0 != " " } }.joined(separator: ", ")
  }

  /// A name or a list of numbers as it is written.
  private static func flow(_ node: YAMLNode) -> String? {
    node.text ?? node.integers.map { "[\($0.map(String.init).joined(separator: ","))]" }
  }

  /// Refuses what would add a mistake to the model.
  private func check(_ changed: [String: [UInt8]]) throws {
    let files = SourceFiles { path throws(SourceFiles.Refusal) in
      guard let bytes = changed[path] else { return try SourceFiles.disk.read(path) }
      return bytes
    }
    let before = ModelLoader.load(folder: path).findings.map(\.problem)
    let new = ModelLoader.load(folder: path, files: files).findings
      .filter { !before.contains($0.problem) }
    if !new.isEmpty { throw Findings(new) }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = URL(filePath: path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file, options: .atomic)
    } catch {
      throw ModelFolderError("\(path): can't be written")
    }
  }
}

/// Why a model folder is left as it is.
public struct ModelFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}
