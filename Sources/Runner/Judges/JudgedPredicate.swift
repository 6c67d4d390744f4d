import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal
import Scenario

/// A predicate as the runner judges it: one file each.
protocol JudgedPredicate: Predicate {
  /// Says whether it holds on one glance, and what was seen.
  ///
  /// - Parameters:
  ///   - glance: what the screen shows now.
  ///   - memory: what this predicate remembers of the glances before.
  ///   - step: the step that expects it.
  ///   - judging: what a judge may ask.
  /// - Returns: what was seen.
  /// - Throws: what ends the run, such as one thing in two places.
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting
}

/// A predicate that is judged once, without a frame.
protocol FramelessPredicate: JudgedPredicate {
  /// Says whether it holds, and of what.
  func compare(_ judging: Judging) throws(Stop) -> Sighting
}

/// What a judge may ask.
struct Judging {
  /// What the recorder looks like.
  let model: RecorderModel
  /// What things are called.
  let wording: Wording
  /// Where things are in a picture.
  let finder: TargetFinder
  /// Where the fields of the model are in a picture.
  var fields: FieldFinder { FieldFinder(model: model, finder: finder) }
  /// The values that texts refer to.
  let values: ValueStore
  /// What supply and bus say.
  let witnesses: Witnesses

  /// Who judges a predicate.
  ///
  /// - Throws: where nobody does: a test asks for every predicate of the language.
  func judge(of predicate: any Predicate) throws(Stop) -> any JudgedPredicate {
    guard let judged = predicate as? any JudgedPredicate else {
      throw Stop(.scenarioInvalid, "nobody judges “\(predicate.summary)”")
    }
    return judged
  }

  /// How far apart glances must be at least: reading the whole screen takes long.
  func pace(of predicate: any Predicate) -> Duration {
    let targets = predicate.needs.targets + labels(of: predicate)
    return targets.contains { finder.isReadEverywhere($0) } ? .milliseconds(300) : .zero
  }

  /// The labels of the fields that a predicate is about.
  private func labels(of predicate: any Predicate) -> [Target] {
    predicate.needs.ofModel.compactMap { need in
      guard case .visibleField(let name) = need, let field = try? values.name(name) else {
        return nil
      }
      return try? fields.label(of: field, at: name.location)
    }
  }

  /// What does not count in a picture of a device: what is always alive, and the pointer.
  func alive(on device: DeviceState) async -> [PixelRect] {
    await model.alive.map(\.region) + device.ignored()
  }
}

extension Judging {
  /// Whether anything has changed since before the action where a predicate looks, beside what is
  /// always alive, the pointer, and what the action was done at, which may look otherwise under the
  /// pointer.
  func hasChanged(
    _ glance: Glance, for predicate: any Predicate, in step: StepState
  ) async throws(Stop) -> Bool {
    let targets = predicate.needs.targets
    let concernsField = !labels(of: predicate).isEmpty
    // What is said of signals and whole pictures is said of changes already.
    guard concernsField || !targets.isEmpty, !predicate.meaning.concernsSignal,
      let look = glance.look,
      let before = step.beforeAll, look.frame.size == before.frame.size
    else { return true }
    // A field may lie anywhere.
    var regions: [PixelRect?] = concernsField ? [nil] : []
    for target in targets { regions.append(try finder.region(of: target)) }
    let ignored =
      await alive(on: step.device) + step.ignoredBefore + step.boxesBefore.map { $0.insetBy(-8) }
    return Set(regions).contains {
      !look.frame.isStill(since: before.frame, in: $0, ignoring: ignored)
    }
  }
}

extension Sighting {
  /// What several parts come to.
  static func joined(_ parts: [Sighting], holds: Bool) -> Sighting {
    Sighting(
      kind: holds ? .here : .absent,
      nearest: parts.compactMap(\.nearest).max { $0.score < $1.score },
      words: parts.map { $0.words ?? "" }.joined(separator: "; "),
      boxes: parts.flatMap(\.boxes), unclear: parts.compactMap(\.unclear).first)
  }
}
