import ArgumentParser
import FoundationEssentials

/// Files as they are named on the command line.
enum FilePlace {
  /// The path from the root of all files.
  static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    return FileManager.default.currentDirectoryPath + "/" + path
  }

  /// Reads a file.
  ///
  /// - Throws: wrong usage, with the file's name, where it can't be read or parsed.
  static func parse<Content>(
    _ path: String, _ parse: (String) throws(Recording.WrongLine) -> Content
  ) throws -> Content {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw ValidationError("\(path): can't be read")
    }
    do {
      return try parse(String(decoding: data, as: UTF8.self))
    } catch {
      throw ValidationError("\(path), \(error)")
    }
  }
}
