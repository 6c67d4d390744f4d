public import SourceYAML

/// What a model folder says, as far as it could be read, and all that is wrong with it.
public struct ParsedModel: Sendable {
  /// The model; with findings, only good for looking for more of them. Nil where there is none.
  public var model: RecorderModel?
  /// All mistakes, in the order of their places.
  public var findings: [Finding]
  /// Names that the file gives to something that could not be read.
  public var brokenNames: Set<String>

  /// Creates a result.
  public init(model: RecorderModel?, findings: [Finding], brokenNames: Set<String>) {
    self.model = model
    self.findings = findings
    self.brokenNames = brokenNames
  }

  /// The model, if nothing is wrong with it.
  public func checked() throws(Findings) -> RecorderModel {
    guard let model, findings.isEmpty else { throw Findings(findings) }
    return model
  }
}

/// Reads model folders.
public enum ModelLoader {
  /// The name of the file in a model folder that says what the model is.
  public static let fileName = "model.yaml"

  /// Reads `model.yaml` and the reference images that it names.
  ///
  /// - Parameters:
  ///   - folder: the model's folder.
  ///   - overrides: values that replace those of the file, without the `model.` before.
  ///   - firmware: the firmware whose looks labels are to have; nil for the model's own.
  ///   - files: where the files come from.
  /// - Returns: what it says.
  public static func load(
    folder: String, overrides: [Override] = [], firmware: String? = nil, files: SourceFiles = .disk
  ) -> ParsedModel {
    let file = SourceFiles.path("\(folder)/\(fileName)", beside: "")
    let reading = YAMLReader.read(file: file, from: files)
    var findings = reading.findings
    guard var root = reading.root else {
      return ParsedModel(model: nil, findings: findings, brokenNames: [])
    }
    func includeKeyboard() {
      do throws(Findings) {
        root = try KeyboardFile.included(in: root, of: file, from: files)
      } catch {
        findings += error.all
      }
    }
    // Overrides may change a part of it, or name another file.
    includeKeyboard()
    for override in overrides {
      do throws(Finding) {
        root = try root.applying(override)
      } catch {
        findings.append(error)
      }
    }
    if findings.isEmpty { includeKeyboard() }
    let (tree, structural) = ShapeCheck.check(root, against: ModelFormat.book)
    findings += structural
    guard tree.isMapping else {
      return ParsedModel(model: nil, findings: Findings(findings).all, brokenNames: [])
    }
    var maker = ModelMaker(file: file, files: files, firmware: firmware)
    let model = maker.model(tree)
    findings += maker.findings
    // Rules between parts speak of what was meant only where the parts are sound.
    if findings.isEmpty { findings = ModelRules.findings(in: model, tree: tree) }
    return ParsedModel(
      model: model, findings: Findings(findings).all, brokenNames: maker.brokenNames)
  }
}
