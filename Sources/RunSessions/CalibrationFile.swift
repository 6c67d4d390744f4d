import Digests
import FoundationEssentials
public import FrameVision
import OrderedJSON
public import RunJournal
import WholeFiles

/// Why a calibration can't be used or written.
public struct CalibrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop.
  public var description: String
}

/// The file beside a rig's in which stands what its capture chain makes of pictures.
///
/// `desk.yaml` has its calibration in `desk.calibration.json`, as `gantry calibrate` writes it. Every
/// run on the rig is judged by it and names its digest.
public struct CalibrationFile: Sendable {
  /// Where it stands.
  public let path: String
  /// What stands in it.
  public let calibration: CaptureCalibration
  /// Its name and digest, as journals open with.
  public let input: RunStart.Input

  private static let format = "gantry calibration"
  private static let version = 1

  /// Where a rig's calibration stands.
  public static func path(besideRig rig: String) -> String {
    let suffix = [".yaml", ".yml"].first { rig.hasSuffix($0) } ?? ""
    return rig.dropLast(suffix.count) + ".calibration.json"
  }

  /// Reads a rig's calibration.
  ///
  /// - Parameter rig: the rig's file.
  /// - Returns: the calibration; nil where the rig has none.
  /// - Throws: where it has one that can't be read.
  public static func ofRig(_ rig: String) throws(CalibrationError) -> CalibrationFile? {
    let path = path(besideRig: rig)
    let bytes: [UInt8]
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      if error.isMissing { return nil }
      throw CalibrationError(description: "\(path) can't be read")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let json = try? JSONValue(parsing: bytes),
      json["format"] == .string(format), let calibration = CaptureCalibration(json)
    else {
      throw CalibrationError(
        description: "\(path) is no calibration; gantry calibrate --rig \(rig) makes one")
    }
    guard json["version"] == .int(version) else {
      throw CalibrationError(
        description:
          "\(path) was written by another version; gantry calibrate --rig \(rig) makes a new one")
    }
    return CalibrationFile(
      path: path, calibration: calibration,
      input: RunStart.Input(name: name, digest: SHA256Digest.hex(bytes)))
  }

  /// Writes a rig's calibration, whole or not at all.
  ///
  /// - Parameters:
  ///   - calibration: what stands in it.
  ///   - rig: the rig's file.
  /// - Returns: where it stands.
  /// - Throws: where it can't be written.
  public static func write(
    _ calibration: CaptureCalibration, besideRig rig: String
  ) throws(CalibrationError) -> String {
    let path = path(besideRig: rig)
    let head = [
      JSONValue.Member("format", .string(format)), JSONValue.Member("version", .int(version)),
    ]
    let text = JSONValue.object(head + calibration.members).indented
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw CalibrationError(description: "\(path) can't be written: \(error)")
    }
    return path
  }
}

extension CaptureCalibration {
  private static let digits = 3

  fileprivate var members: [JSONValue.Member] {
    func decimal(_ number: Double) -> JSONValue { .decimal(number, digits: Self.digits) }
    func object(_ pairs: [(String, JSONValue)]) -> JSONValue {
      .object(pairs.map { JSONValue.Member($0.0, $0.1) })
    }
    return [
      ("transform", .optional(transform)), ("possible", .strings(possible)),
      (
        "noise",
        .array(
          noise.map { object([("level", .int($0.level)), ("deviation", decimal($0.deviation))]) })
      ),
      (
        "tone",
        .array(
          tone.map { object([("expected", decimal($0.expected)), ("seen", decimal($0.seen))]) })
      ),
      (
        "gains",
        gains.map {
          object([
            ("red", decimal($0.red)), ("green", decimal($0.green)), ("blue", decimal($0.blue)),
          ])
        } ?? .null
      ),
      (
        "edges",
        edges.map {
          object([
            ("blur", decimal($0.blur)), ("edgeNoise", decimal($0.edgeNoise)),
            ("compressionNoise", decimal($0.compressionNoise)),
          ])
        } ?? .null
      ),
      ("references", .strings(references)),
    ].map { JSONValue.Member($0.0, $0.1) }
  }

  /// Takes what a file says; nil where it says something else.
  fileprivate init?(_ json: JSONValue) {
    func number(_ json: JSONValue?) -> Double? {
      if case .number(let digits) = json { Double(digits) } else { nil }
    }
    func texts(_ json: JSONValue?) -> [String]? {
      guard case .array(let values) = json else { return nil }
      let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
      return texts.count == values.count ? texts : nil
    }
    func all<Element>(_ json: JSONValue?, _ make: (JSONValue) -> Element?) -> [Element]? {
      guard case .array(let values) = json else { return nil }
      let made = values.compactMap(make)
      return made.count == values.count ? made : nil
    }
    guard let possible = texts(json["possible"]), let references = texts(json["references"]),
      let noise = all(
        json["noise"],
        { json -> Noise? in
          guard let level = number(json["level"]), let deviation = number(json["deviation"])
          else { return nil }
          return Noise(level: Int(level), deviation: deviation)
        }),
      let tone = all(
        json["tone"],
        { json -> Tone? in
          guard let expected = number(json["expected"]), let seen = number(json["seen"])
          else { return nil }
          return Tone(expected: expected, seen: seen)
        })
    else { return nil }
    var transform: String?
    if case .string(let name) = json["transform"] { transform = name }
    self.init(
      transform: transform, possible: possible, noise: noise, tone: tone, references: references)
    if let gains = json["gains"], let red = number(gains["red"]),
      let green = number(gains["green"]),
      let blue = number(gains["blue"])
    {
      self.gains = Gains(red: red, green: green, blue: blue)
    }
    if let edges = json["edges"], let blur = number(edges["blur"]),
      let edgeNoise = number(edges["edgeNoise"]),
      let compressionNoise = number(edges["compressionNoise"])
    {
      self.edges = Edges(blur: blur, edgeNoise: edgeNoise, compressionNoise: compressionNoise)
    }
  }
}
