import WholeFiles

/// A file on disk that is brought to the newest format of its kind, or stays as it is.
public struct UpgradedFile: Sendable {
  /// Why a file stays as it is, though nothing is wrong with what it says.
  public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line: the file, and the reason.
    public var description: String

    /// Creates a refusal from its line.
    public init(description: String) {
      self.description = description
    }

    init(_ path: String, _ reason: String) { self.init(description: "\(path): \(reason)") }
  }

  /// What says of the files that it is given what is wrong with this one.
  public typealias Check = (SourceFiles) -> [Finding]

  /// The file.
  public let path: String
  private let bytes: [UInt8]
  private let isWritable: Bool

  /// Reads a file.
  ///
  /// - Parameter path: the file.
  /// - Throws: why it is none that may be rewritten.
  public init(_ path: String) throws(Refusal) {
    self.path = path
    let kind: WholeFile.Kind
    do throws(WholeFile.Failure) { kind = try WholeFile.kind(of: path) } catch {
      throw Refusal(path, error.isMissing ? "there is no such file" : error.reason)
    }
    // What is no file is not even opened: a pipe would wait for somebody to write into it.
    switch kind {
    case .file(let isWritable): self.isWritable = isWritable
    case .link(let target):
      throw Refusal(path, "this is a link, which is not followed; name the file itself, \(target)")
    case .folder: throw Refusal(path, "this is a folder, not a file")
    case .other: throw Refusal(path, "this is a pipe or a device, not a file")
    }
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      throw Refusal(path, "the file can't be read (\(error.reason))")
    }
  }

  /// The first of some keys that stands at the file's top; nil where none does.
  ///
  /// - Throws: what keeps the file from being read as YAML.
  public func key(among keys: [String]) throws(Findings) -> String? {
    let reading = YAMLReader.read(bytes, file: path)
    guard let root = reading.root else { throw Findings(reading.findings) }
    return keys.first { root.entry($0) != nil }
  }

  /// Brings the file to the newest format.
  ///
  /// It is only written where nothing is wrong with it, and where the new text was read and says the
  /// same.
  ///
  /// - Parameters:
  ///   - book: its kind.
  ///   - check: finds what is wrong with it.
  /// - Returns: what was changed; nothing where it was up to date.
  /// - Throws: what is wrong with it (``Findings``), or why it can't be written (``Refusal``).
  public func upgrade(_ book: ShapeBook, _ check: Check) throws -> [UpgradeChange] {
    let reading = YAMLReader.read(bytes, file: path)
    guard let root = reading.root else { throw Findings(reading.findings) }
    let survey = ShapeCheck.survey(root, against: book)
    let old = Set(survey.formerKeys.map(\.place))
    let found = check(files(bytes)).filter { !old.contains($0.location) }
    if !found.isEmpty { throw Findings(found) }
    let upgrade = try FormatUpgrade(of: bytes, file: path, book)
    if upgrade.changes.isEmpty { return [] }
    try require(upgrade, toSay: survey.root, book, check)
    guard isWritable else { throw Refusal(path, "the file is read-only; make it writable first") }
    do throws(WholeFile.Failure) { try WholeFile.rewrite(path, with: upgrade.bytes) } catch {
      throw Refusal(path, "the file can't be written (\(error.reason)), and is as it was")
    }
    return upgrade.changes
  }

  /// Refuses a text that would not be read as what the file says now.
  private func require(
    _ upgrade: FormatUpgrade, toSay value: YAMLNode, _ book: ShapeBook, _ check: Check
  ) throws {
    let found = check(files(upgrade.bytes))
    if !found.isEmpty { throw Findings(found) }
    let new = YAMLReader.read(upgrade.bytes, file: path).root
      .map { ShapeCheck.survey($0, against: book) }
    guard let new, new.formerKeys.isEmpty, new.root.says(value) else {
      throw Refusal(path, "rewritten, the file would say something else; nothing is written")
    }
  }

  /// The files on disk, with some bytes in the place of this one's.
  private func files(_ bytes: [UInt8]) -> SourceFiles {
    let own = SourceFiles.path(path, beside: "")
    return SourceFiles { path throws(SourceFiles.Refusal) in
      SourceFiles.path(path, beside: "") == own ? bytes : try SourceFiles.disk.read(path)
    }
  }
}

extension YAMLNode {
  /// Whether another tree holds the same, wherever its parts stand.
  fileprivate func says(_ other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let one), .scalar(let two)): one == two
    case (.nothing, .nothing): true
    case (.sequence(let one), .sequence(let two)):
      one.elementsEqual(two) { $0.says($1) }
    case (.mapping(let one), .mapping(let two)):
      one.elementsEqual(two) { $0.key == $1.key && $0.value.says($1.value) }
    default: false
    }
  }
}
