import OrderedJSON
import WholeFiles

/// Firmware images after which recorders showed no life, kept beside the records of all recorders.
///
/// An image that left two recorders dark is flashed onto no other until somebody releases it.
public struct ImageHolds: Sendable, Hashable {
  /// How many recorders an image may leave dark before it is held.
  public static let mostDark = 2

  /// The recorders that showed no life, by the image's digest.
  private var dark: [String: [String]] = [:]

  /// Whether an image must not be flashed, and after which recorders; nil where it may.
  public func held(_ digest: String) -> [String]? {
    guard let recorders = dark[digest], recorders.count >= Self.mostDark else { return nil }
    return recorders
  }
}

extension RecorderFolder {
  private var imagesFile: String { "\(path)/images.json" }

  /// The images that left recorders dark.
  public func imageHolds() throws(RecordError) -> ImageHolds {
    do {
      var holds = ImageHolds()
      let json = try JSONValue(parsing: WholeFile.bytes(of: imagesFile))
      guard case .object(let members) = json else {
        throw RecordError("it is no list of images")
      }
      for member in members {
        guard case .array(let names) = member.value else {
          throw RecordError("\(member.name) names no recorders")
        }
        holds.note(
          member.name,
          names.compactMap { if case .string(let name) = $0 { name } else { nil } })
      }
      return holds
    } catch let failure as WholeFile.Failure {
      if failure.isMissing { return ImageHolds() }
      throw RecordError("\(imagesFile) can't be read: \(failure.reason)", errno: failure.code)
    } catch {
      throw RecordError("\(imagesFile) can't be understood: \(error)")
    }
  }

  /// Takes down that a recorder showed no life after an image, or forgets all about the image.
  ///
  /// - Parameters:
  ///   - digest: the image's.
  ///   - recorder: the recorder; nil to release the image.
  /// - Throws: when that can't be kept.
  public func note(dark digest: String, on recorder: String?) throws(RecordError) {
    // Two recorders may go dark at the same time.
    let lock = try lock("\(path)/images.lock", of: imagesFile, waits: true)
    defer { lock.release() }
    var holds = try imageHolds()
    holds.note(digest, recorder)
    do throws(WholeFile.Failure) {
      try WholeFile.replace(imagesFile, with: Array(holds.json.indented.utf8))
    } catch {
      throw RecordError("\(imagesFile) can't be written: \(error.reason)", errno: error.code)
    }
  }
}

extension ImageHolds {
  fileprivate mutating func note(_ digest: String, _ recorders: [String]) {
    dark[digest] = recorders
  }

  fileprivate mutating func note(_ digest: String, _ recorder: String?) {
    guard let recorder else {
      dark[digest] = nil
      return
    }
    if dark[digest]?.contains(recorder) != true { dark[digest, default: []].append(recorder) }
  }

  fileprivate var json: JSONValue {
    .object(
      dark.keys.sorted().map { JSONValue.Member($0, .strings(dark[$0] ?? [])) })
  }
}
