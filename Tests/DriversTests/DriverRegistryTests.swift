import Drivers
import Foundation
import RigDescription
import SourceYAML
import Testing

/// A driver is its settings, a line of the registry, a folder and a rig that shows its use. Whoever
/// forgets one of them reads here which.
@Suite struct DriverRegistryTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  private static var all: [any DriverSettings.Type] {
    DriverRegistry.screens + DriverRegistry.mice + DriverRegistry.switches
      + DriverRegistry.mailboxes + DriverRegistry.recorders.map { $0 }
  }

  /// The Swift files of a folder and those below it: their paths and texts.
  private static func sources(in folder: String) throws -> [(path: String, text: String)] {
    let names = FileManager.default.subpaths(atPath: "\(root)/\(folder)") ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let data = try #require(FileManager.default.contents(atPath: "\(root)/\(folder)/\(name)"))
      return ("\(folder)/\(name)", String(decoding: data, as: UTF8.self))
    }
  }

  @Test func `each driver that a rig can name has a device`() {
    func missing(_ settings: any DriverSettings.Type, _ kind: String) -> Comment {
      """
      Sources/RigDescription/DriverRegistry.swift names \(settings), but no file below \
      Sources/Drivers has an extension \(settings): \(kind)
      """
    }
    for type in DriverRegistry.screens {
      #expect(type is any ScreenDriver.Type, missing(type, "ScreenDriver"))
    }
    for type in DriverRegistry.mice {
      #expect(type is any MouseDriver.Type, missing(type, "MouseDriver"))
    }
    for type in DriverRegistry.switches {
      #expect(type is any PowerDriver.Type, missing(type, "PowerDriver"))
    }
    for type in DriverRegistry.mailboxes {
      #expect(type is any MailDriver.Type, missing(type, "MailDriver"))
    }
    for type in DriverRegistry.recorders {
      #expect(type is any ScreenDriver.Type, missing(type, "ScreenDriver"))
      #expect(type is any MouseDriver.Type, missing(type, "MouseDriver"))
      #expect(type is any PowerDriver.Type, missing(type, "PowerDriver"))
      #expect(type is any MailDriver.Type, missing(type, "MailDriver"))
    }
  }

  @Test func `each driver's settings can be named by a rig`() throws {
    let registered = Set(Self.all.map { "\($0)" })
    var found: Set<String> = []
    for (path, text) in try Self.sources(in: "Sources/RigDescription") {
      let declared = text.matches(
        of: /struct (\w+): (?:Screen|Mouse|Power|Mail|Recorder)Settings\b/)
      for name in declared.map({ String($0.1) }) {
        found.insert(name)
        #expect(
          registered.contains(name),
          "\(path) declares \(name): Sources/RigDescription/DriverRegistry.swift lacks its line")
      }
    }
    #expect(found == registered)
  }

  @Test func `no two drivers of a part have the same key`() {
    let parts: [[any DriverSettings.Type]] = [
      DriverRegistry.screens, DriverRegistry.mice, DriverRegistry.switches,
      DriverRegistry.mailboxes,
    ]
    for keys in parts.map({ part in part.map { $0.key } }) {
      #expect(Set(keys).count == keys.count, "\(keys)")
    }
  }

  @Test func `each driver's use is shown by a rig that can be read`() throws {
    let rigs = try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/Rigs")
    var shown: Set<String> = []
    for file in rigs.filter({ $0.hasSuffix(".yaml") }) {
      let parsed = RigLoader.load(file: "\(Self.root)/Rigs/\(file)")
      #expect(parsed.findings.map(\.description) == [])
      for device in parsed.rig?.devices ?? [] {
        let settings: [(any DriverSettings)?] = [
          device.screen?.settings, device.mouse?.settings, device.power?.switch.settings,
          device.mail?.settings,
        ]
        shown.formUnion(settings.compactMap(\.self).map { "\(type(of: $0))" })
      }
    }
    for type in Self.all {
      #expect(shown.contains("\(type)"), "no file in Rigs has a section \(type.key)")
    }
  }
}
