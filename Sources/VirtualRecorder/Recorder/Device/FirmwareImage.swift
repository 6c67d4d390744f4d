/// A file that holds a firmware for recorders of a model, or of several.
///
/// It names what it is for in lines of text; what would run on the recorder's processor is a payload
/// that means nothing, and a checksum tells whether all of it is there.
public struct FirmwareImage: Sendable, Hashable {
  /// Why a file is refused as an image.
  public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no image, or not all of one.
    case damaged
    /// It is for recorders of another model.
    case otherModel(String)
    /// No firmware of this version is known.
    case unknownVersion(String)

    /// What is wrong with it, without a final stop.
    public var description: String {
      switch self {
      case .damaged: "the image is damaged"
      case .otherModel(let model): "the image is for \(model)"
      case .unknownVersion(let version): "there is no firmware \(version)"
      }
    }
  }

  /// The models, by names of ``VirtualCatalogue/models``.
  public let models: [String]
  /// The version.
  public let version: String

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - models: whose firmware it is, one at least.
  ///   - version: one of the versions of each of them.
  /// - Throws: when there is no such model or version.
  public init(models: [String], version: String) throws(UnknownVirtualName) {
    for model in models {
      _ = try VirtualRecorderOptions(model: model).virtualModel().knownRelease(version)
    }
    (self.models, self.version) = (models, version)
  }

  /// Creates an image for recorders of one model.
  ///
  /// - Throws: when there is no such model or version.
  public init(model: String, version: String) throws(UnknownVirtualName) {
    try self.init(models: [model], version: version)
  }

  private static let title = "gantry-virtual-firmware 1"
  private static let payloadLines = 64

  /// The file's bytes.
  public var bytes: [UInt8] {
    let names = models.joined(separator: " ")
    var lines = [Self.title, "model \(names)", "version \(version)"]
    var stream = RandomStream(
      seed: Checksum.of((names + " " + version).utf8), for: .payload)
    for _ in 0..<Self.payloadLines { lines.append(String(stream.next(), radix: 16)) }
    let text = lines.joined(separator: "\n") + "\n"
    return Array((text + "sum \(Checksum.text(of: text.utf8))\n").utf8)
  }

  /// Reads a file for a recorder, as the recorder does before it writes anything.
  static func read(_ bytes: [UInt8], for model: VirtualModel) throws(Refusal) -> FirmwareRelease {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == title[...], lines.count == payloadLines + 4,
      let names = value("model", lines[1]), let version = value("version", lines[2])
    else { throw .damaged }
    let text = lines.dropLast().joined(separator: "\n") + "\n"
    guard value("sum", lines[payloadLines + 3]) == Checksum.text(of: text.utf8) else {
      throw .damaged
    }
    if !names.split(separator: " ").contains(model.name[...]) { throw .otherModel(names) }
    guard let release = model.release(version) else { throw .unknownVersion(version) }
    return release
  }

  private static func value(_ name: String, _ line: Substring) -> String? {
    line.hasPrefix(name + " ") ? String(line.dropFirst(name.count + 1)) : nil
  }
}

extension VirtualModel {
  /// The release of a version that somebody asked for.
  func knownRelease(_ version: String) throws(UnknownVirtualName) -> FirmwareRelease {
    guard let release = release(version) else {
      throw UnknownVirtualName(
        kind: "firmware of a \(name)", name: version, known: releases.map(\.version))
    }
    return release
  }
}
