import SourceYAML

/// A keyboard in a file of its own, beside the model file: it is long, and seldom read by people.
enum KeyboardFile {
  /// A model's tree with the keyboard in it.
  ///
  /// - Parameters:
  ///   - root: the tree of the model file.
  ///   - file: the model file.
  ///   - files: where files come from.
  /// - Returns: the tree as if the keyboard stood in it; the tree itself where it does.
  /// - Throws: what is wrong with the file's name, or with reading it.
  static func included(
    in root: YAMLNode, of file: String, from files: SourceFiles
  ) throws(Findings) -> YAMLNode {
    guard let name = root["keyboard"]?.locatedText else { return root }
    // What a model is known by is the digest of its folder.
    if name.text.hasPrefix("/") || name.text.split(separator: "/").contains("..") {
      throw Findings([
        Finding(
          name.location, "the keyboard's file \(name.text) lies outside of the model's folder",
          remedy: "put it beside the model file")
      ])
    }
    let path = SourceFiles.path(name.text, beside: file)
    let bytes: [UInt8]
    do throws(SourceFiles.Refusal) { bytes = try files.read(path) } catch {
      throw Findings([
        Finding(
          name.location, "the keyboard's file \(path): \(error.reason)",
          remedy: "write it beside the model file, or correct the name")
      ])
    }
    let reading = YAMLReader.read(bytes, file: path)
    guard let keyboard = reading.root, reading.findings.isEmpty else {
      throw Findings(reading.findings)
    }
    do throws(Finding) {
      return try root.applying(
        Override(path: [LocatedText("keyboard", at: name.location)], value: keyboard))
    } catch {
      throw Findings([error])
    }
  }
}
