import Foundation
import Testing

/// `Package.swift` as SwiftPM reads it.
struct Manifest: Decodable {
  /// A module and what it declares to need.
  struct Target: Decodable {
    var name: String
    var type: String
    var path: String?
    var dependencies: [Dependency]

    /// Its folder, from the root.
    var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }
    /// The names of what it declares to need.
    var needs: Set<String> { Set(dependencies.map(\.name)) }
  }

  /// A module of this package, or a product of another one.
  struct Dependency: Decodable {
    var name: String

    init(from decoder: any Decoder) throws {
      let kinds = try decoder.container(keyedBy: Kind.self)
      let kind = try #require(kinds.allKeys.first)
      var words = try kinds.nestedUnkeyedContainer(forKey: kind)
      name = try words.decode(String.self)
    }

    private enum Kind: String, CodingKey {
      case byName, product, target
    }
  }

  var targets: [Target]

  /// Asks SwiftPM.
  static func read() throws -> Manifest {
    let swift = Process()
    swift.executableURL = URL(filePath: "/usr/bin/env")
    let scratch = FileManager.default.temporaryDirectory.path + "/gantry-house-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    // A folder of its own: the usual one may be locked by the build that these tests are part of.
    swift.arguments = [
      "swift", "package", "--package-path", root, "--scratch-path", scratch, "dump-package",
    ]
    let output = Pipe()
    swift.standardOutput = output
    swift.standardError = FileHandle.nullDevice
    try swift.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    swift.waitUntilExit()
    #expect(swift.terminationStatus == 0)
    return try JSONDecoder().decode(Manifest.self, from: data)
  }
}
