public import Frames
import Synchronization

/// A template that may be looked for to tell the transform of frames, and where.
public struct PhotometricReference: Sendable {
  /// The template.
  public let template: Template
  /// Where the whole template must lie; nil for anywhere in the frame.
  public let region: PixelRect?

  /// Creates a reference.
  public init(_ template: Template, in region: PixelRect? = nil) {
    (self.template, self.region) = (template, region)
  }
}

/// The photometric transform that the frames of one capture chain share, as the templates that were
/// seen in them tell it.
///
/// A place that looks lighter than its template may be tinted, or the whole frame is lighter: the
/// place alone can't tell. So a transform other than none is believed where two templates that lie
/// apart in one frame both need it, and more of them do than show that there is none; or where one
/// template shows what no tint makes of its colours. What is known is carried from frame to frame, and
/// a chain that was calibrated (``CaptureCalibration``) is known from the first one on.
/// Until then a place that only a transform explains is answered as unclear.
public final class PhotometricConsensus: Sendable {
  private let references: [PhotometricReference]
  private let state = Mutex(State())

  fileprivate struct State {
    var known: KnownTransform?
    /// What was seen surely, a template each.
    var observations: [PhotometricObservation] = []
    /// What was seen in one frame, sure or not.
    var current: (frame: SearchableFrame.Mark, seen: [PhotometricObservation])?
    /// Whether all references were looked for in that frame.
    var isLookedThrough = false
    /// When that was done last.
    var lastLook: MonotonicInstant?
  }

  /// By what templates of all kinds agree.
  fileprivate static let parameters = MatchParameters.standard.photometry
  /// How many templates must need a transform.
  private static var fewest: Int { parameters.fewestObservations }
  /// How often all references are looked for at most.
  private static let pause = Duration.seconds(parameters.pause)

  /// Creates a consensus.
  ///
  /// - Parameters:
  ///   - references: what else may be looked for in a frame where one template can't tell.
  ///   - calibration: what is known of the capture chain; nil where nothing is.
  public init(references: [PhotometricReference] = [], calibration: CaptureCalibration? = nil) {
    self.references = references
    let known = calibration.flatMap(KnownTransform.init)
    state.withLock { $0.known = known }
  }

  /// Takes note that the capture chain may have changed: the signal was lost. What was known is
  /// what is most likely, no more.
  public func noteSignalLoss() {
    state.withLock {
      // A calibrated chain does the same before and after.
      if $0.known?.isCalibrated == false { $0.known?.isStale = true }
      $0.current = nil
    }
  }

  /// What is known; nil where nothing is.
  var known: KnownTransform? { state.withLock { $0.known } }

  /// Whether frames are judged by a calibration that none of them has contradicted.
  public var isCalibrated: Bool { state.withLock { $0.known?.isCalibrated ?? false } }

  /// Whether what is known holds for the frames that come now.
  var isKnown: Bool { state.withLock { $0.known.map { !$0.isStale } ?? false } }

  /// Takes note of a template that was seen in a frame.
  ///
  /// - Parameters:
  ///   - observation: where and how.
  ///   - frame: the frame.
  ///   - isSure: whether it was seen under what is known.
  func saw(_ observation: PhotometricObservation, in frame: SearchableFrame, isSure: Bool) {
    state.withLock { state in
      state.add(observation, in: frame.mark)
      guard isSure, state.known?.isStale == false, state.isNew(observation) else { return }
      state.observations.append(observation)
      // One more template tells nothing that still frames did not.
      if state.known?.isCalibrated == true { return }
      state.known = KnownTransform(agreed: state.observations, before: state.known)
    }
  }

  /// Asks all templates that are seen in a frame for its transform, also those that nobody looked
  /// for: where nothing is known, or one was seen that what is known does not explain.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - template: the template that was seen in it.
  ///   - isUrgent: whether nothing can be said of that template before more is known.
  /// - Returns: whether something else is known now.
  func settle(in frame: SearchableFrame, beside template: Template, isUrgent: Bool) -> Bool {
    let now = frame.frame.capturedAt
    let (before, mustLook) = state.withLock { state in
      let isFirst = !state.isLookedThrough
      let isFresh = state.known?.isStale == false
      let isPaused =
        state.lastLook.map { now >= $0 && now < $0.advanced(by: Self.pause) } ?? false
      let mustLook = isFirst && (isUrgent && !isFresh || !isPaused)
      if mustLook {
        state.lastLook = now
        state.isLookedThrough = true
      }
      return (state.known, mustLook)
    }
    if mustLook { lookThrough(frame, but: template) }
    return state.withLock { state in
      guard let agreed = Self.agreed(state.current?.seen ?? []) else { return false }
      let known = KnownTransform(agreed: agreed, before: nil)
      // One that is tinted may look as if there were no transform; it does not upset what is known.
      if let before, !before.isStale, before.best != known.best, agreed.count < Self.fewest {
        return false
      }
      if let before, before.isCalibrated, known.possible.contains(before.best) { return false }
      (state.observations, state.known) = (agreed, known)
      return before?.best != known.best || before?.isStale != known.isStale
        || before?.possible != known.possible
    }
  }

  /// Looks for all references in a frame.
  private func lookThrough(_ frame: SearchableFrame, but template: Template) {
    for reference in references where reference.template.rendered !== template.rendered {
      let pass = SearchPass(
        reference.template, in: frame, region: reference.region, ignoring: [], known: nil)
      guard let observation = pass.observation else { continue }
      state.withLock { $0.add(observation, in: frame.mark) }
    }
  }

  /// Those of the templates seen in a frame that agree on its transform; nil where too few do.
  ///
  /// Which of several transforms that make the same of flat colours explains the rest best is not
  /// always told rightly: where templates agree on none, their flat colours alone are asked.
  private static func agreed(_ seen: [PhotometricObservation]) -> [PhotometricObservation]? {
    alike(seen) ?? alike(seen.map(\.byFlatColors))
  }

  private static func alike(_ seen: [PhotometricObservation]) -> [PhotometricObservation]? {
    let none = 0
    var best: (index: Int, weight: Int, cost: Float)?
    for index in PhotometricTransform.all.indices.dropFirst() {
      let needing = seen.filter { $0.supported[index] && !$0.supported[none] }
      let weight = needing.reduce(0) { $0 + ($1.telling[index] ? fewest : 1) }
      let against = seen.filter { !$0.supported[index] && $0.supported[none] }.count
      guard weight >= fewest, weight > against, Self.lieApart(needing, weight) else { continue }
      let cost = needing.reduce(0) { $0 + $1.costs[index] } / Float(needing.count)
      if best.map({ weight > $0.weight || weight == $0.weight && cost < $0.cost }) ?? true {
        best = (index, weight, cost)
      }
    }
    if let best { return seen.filter { $0.supported[best.index] } }
    let without = seen.filter { $0.supported[none] }
    return without.isEmpty ? nil : without
  }

  /// Whether templates do not all lie at one place; one that tells by itself need not.
  private static func lieApart(_ seen: [PhotometricObservation], _ weight: Int) -> Bool {
    if weight > seen.count { return true }
    return seen.contains { one in seen.contains { !SearchPass.overlap($0.place, one.place) } }
  }
}

extension PhotometricConsensus.State {
  /// Whether no observation of the template is remembered.
  fileprivate func isNew(_ observation: PhotometricObservation) -> Bool {
    observations.count < PhotometricConsensus.parameters.mostObservations
      && !observations.contains { $0.template === observation.template }
  }

  /// Adds to what was seen in a frame.
  fileprivate mutating func add(
    _ observation: PhotometricObservation, in frame: SearchableFrame.Mark
  ) {
    if current?.frame !== frame { (current, isLookedThrough) = ((frame, []), false) }
    current?.seen.removeAll { $0.template === observation.template }
    current?.seen.append(observation)
  }
}

/// What a template that was seen says of its frame's transform.
struct PhotometricObservation: Sendable {
  /// Which template.
  let template: RenderedReferences
  /// Where it was seen.
  let place: PixelRect
  /// How well each transform explains its flat colours, in levels.
  let costs: [Float]
  /// Which transforms explain them about as well as any.
  private(set) var supported: [Bool]
  /// The same where only flat colours are asked.
  private let supportedByFlatColors: [Bool]
  /// Which of those no tint of a control is like.
  let telling: [Bool]

  /// Takes what a fit at a place says.
  ///
  /// - Parameters:
  ///   - fit: how well each transform explains the place's flat colours.
  ///   - template: the template that was seen there.
  ///   - place: the place.
  ///   - range: the frame's darkest and lightest levels.
  ///   - transform: the transform under which it was seen.
  ///   - needsTransform: whether what is not flat can't be explained without a transform.
  init(
    _ fit: PhotometricFit, of template: Template, at place: PixelRect, range: LevelRange,
    seenUnder transform: Int, needsTransform: Bool
  ) {
    self.template = template.rendered
    self.place = place
    let (samples, parameters) = (template.photometricSamples, template.parameters.photometry)
    var supported = fit.supported
    if needsTransform {
      for index in supported.indices
      where samples.distance(index, 0) <= parameters.uncertainty { supported[index] = false }
    }
    supportedByFlatColors = supported
    // What is not flat tells, too.
    for index in supported.indices
    where samples.distance(index, transform) > parameters.likeness { supported[index] = false }
    (costs, self.supported) = (fit.costs, supported)
    let isLarge = parameters.isLarge(place.size)
    telling = supported.indices.map {
      supported[$0]
        && (isLarge || samples.tellsFromTint($0, range: range))
    }
  }

  /// The same template where only its flat colours are asked.
  var byFlatColors: PhotometricObservation {
    var asked = self
    asked.supported = supportedByFlatColors
    return asked
  }
}

extension MatchParameters.Photometry {
  /// Whether a template is larger than controls are, which are tinted as a whole.
  func isLarge(_ size: PixelSize) -> Bool {
    size.area >= largeArea && min(size.width, size.height) >= largeSide
  }
}

/// The transform that frames have, and how surely.
struct KnownTransform: Sendable {
  /// The transform, by its place in the list.
  let best: Int
  /// Those that what was seen does not tell from it.
  let possible: Set<Int>
  /// Whether the capture chain may have changed since.
  var isStale = false
  /// Whether still frames told it once and for all.
  private(set) var isCalibrated = false

  /// Takes what was calibrated; nil where that says nothing of a transform of the list.
  init?(_ calibration: CaptureCalibration) {
    let all = PhotometricTransform.all
    guard let best = all.firstIndex(where: { $0.name == calibration.transform }) else { return nil }
    self.best = best
    possible = Set(all.indices.filter { calibration.possible.contains(all[$0].name) }).union([best])
    isCalibrated = true
  }

  /// Takes what templates agree on.
  ///
  /// - Parameters:
  ///   - seen: the templates, at least one.
  ///   - before: what was known; it stays where it is as good.
  init(agreed seen: [PhotometricObservation], before: KnownTransform?) {
    let support = PhotometricTransform.all.indices.map { index in
      seen.count { $0.supported[index] }
    }
    let most = support.max() ?? 0
    possible = Set(support.indices.filter { support[$0] == most })
    if possible.contains(0) {
      best = 0
    } else if let before, possible.contains(before.best) {
      best = before.best
    } else {
      let costs = support.indices.map { index in seen.reduce(0) { $0 + $1.costs[index] } }
      best = possible.min { (costs[$0], $0) < (costs[$1], $1) } ?? 0
    }
  }

  /// The transforms that a template's places are judged by: the best, those that are about the same
  /// for the template, and those that differ in where the same mistake is made, on luma or on red,
  /// green and blue: only saturated colours show that, and one of the templates seen may have none.
  func transforms(for samples: PhotometricSamples) -> [Int] {
    let mistake = PhotometricTransform.all[best].mistake
    return [best]
      + PhotometricTransform.all.indices.filter {
        $0 != best
          && (PhotometricTransform.all[$0].mistake == mistake
            || samples.distance($0, best) <= samples.parameters.uncertainty)
      }
  }
}
