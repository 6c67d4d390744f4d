import Foundation
import Testing

/// The arrows between modules point where `Documentation/Modules.md` says.
@Suite("The house")
struct ModuleTests {
  /// What belongs to Swift and its toolchain.
  private static let system: Set<String> = [
    "Dispatch", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "RegexBuilder",
    "Synchronization", "Testing",
  ]

  private let table: ModuleTable

  init() throws {
    table = try ModuleTable()
  }

  private static func folders(of place: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(place)")
      .filter { name in
        let below = try? FileManager.default.contentsOfDirectory(
          atPath: "\(root)/\(place)/\(name)")
        return below?.isEmpty == false
      }.sorted()
  }

  @Test("every folder of Sources and Proving is a module of the table, and the other way round")
  func folders() throws {
    let folders = try Self.folders(of: "Sources") + Self.folders(of: "Proving")
    for folder in folders where !table.modules.contains(folder) {
      Issue.record("\(folder) is a folder, and has no row in \(ModuleTable.file)")
    }
    for module in table.modules where !folders.contains(module) {
      Issue.record("\(module) has a row in \(ModuleTable.file), and no folder")
    }
    #expect(Set(table.modules).count == table.modules.count, "a module has two rows")
  }

  @Test(
    "no file imports a module that the table does not give its own",
    arguments: ["Sources", "Proving"])
  func imports(place: String) throws {
    for module in try Self.folders(of: place) {
      let allowed = table.allowed[module] ?? []
      for file in try SourceFile.all(in: "\(place)/\(module)") {
        for name in file.imports.subtracting(Self.system).subtracting(allowed).sorted() {
          Issue.record(
            "\(file.path) imports \(name), which \(ModuleTable.file) does not give \(module)")
        }
      }
    }
  }

  @Test("the product imports nothing of what proves it")
  func productStandsAlone() throws {
    let proving = Set(try Self.folders(of: "Proving"))
    #expect(!proving.isEmpty)
    for module in try Self.folders(of: "Sources") {
      let names = (table.allowed[module] ?? []).intersection(proving)
      #expect(names == [], "\(ModuleTable.file) gives \(module) what proves it")
    }
  }

  @Test("every module declares in Package.swift what it imports, and no more")
  func declarations() throws {
    let targets = try Manifest.read().targets
    let executables = Set(targets.filter { $0.type == "executable" }.map(\.name))
    for target in targets where target.type != "system" {
      let files = try SourceFile.all(in: target.folder)
      // Modules in C include headers.
      if files.isEmpty { continue }
      let imported = files.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
        .subtracting(Self.system)
      // Tests need programs beside them that they start.
      let unused = target.needs.subtracting(imported)
        .subtracting(target.type == "test" ? executables : [])
      #expect(unused == [], "\(target.name) declares what it does not import")
      #expect(
        imported.subtracting(target.needs) == [], "\(target.name) imports what it does not declare")
    }
  }

  @Test("an import is seen with whatever stands before its module's name")
  func importLines() {
    let text = """
      // import Nothing
      import Frames
      public import Bench
      @testable import Runner
      @preconcurrency package import Hands
      import struct Foundation.Data
      let text = "import Nothing"
      """
    #expect(SourceFile.imports(in: text) == ["Frames", "Bench", "Runner", "Hands", "Foundation"])
  }
}
