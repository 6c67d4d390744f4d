import FoundationEssentials
import SourceYAML

/// A folder whose files are meant where a file may be named.
public struct FolderOfFiles: Sendable {
  private let path: String

  /// The folder at a path; nil where there is none.
  public init?(_ path: String) {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      return nil
    }
    self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Its YAML files, in the order of their names; not those of folders below.
  public var yamlFiles: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(path)/\($0)" }
  }

  /// Its YAML files of a kind, in the order of their names; not those of folders below.
  ///
  /// - Parameter key: the key that files of the kind have at their top; a file that is no YAML counts,
  ///   so that what is wrong with it is told.
  /// - Returns: their paths.
  public func files(holding key: String) -> [String] {
    yamlFiles.filter { file in
      let reading = YAMLReader.read(file: file, from: .disk)
      return reading.root.map { $0.entry(key) != nil } ?? true
    }
  }
}
