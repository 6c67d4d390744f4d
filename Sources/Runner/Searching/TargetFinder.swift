import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal
import Scenario

/// Finds targets in one picture.
final class TargetFinder {
  let model: RecorderModel
  private let wording: Wording
  private let shelf: ReferenceShelf
  let reader: any WordReader
  let values: ValueStore
  private let secrecy: Secrecy
  private let trace: SearchTrace
  /// Where the boxes were that are drawn around something, when they were seen last.
  var boxes: [HangingRegion: PixelRect] = [:]

  init(
    model: RecorderModel, wording: Wording, shelf: ReferenceShelf, reader: any WordReader,
    values: ValueStore, secrecy: Secrecy, trace: SearchTrace
  ) {
    self.model = model
    self.wording = wording
    self.shelf = shelf
    self.reader = reader
    self.values = values
    self.secrecy = secrecy
    self.trace = trace
  }

  /// Looks for a target in a picture.
  func search(_ target: Target, on look: Look, in step: StepState) async throws(Stop) -> Sighting {
    switch target.kind {
    case .point(let point):
      return .here([Place(point: try model.pixel(point, on: look))])
    case .image, .label, .text:
      return try await search(sign(of: target), on: look, in: step)
    case .beside(let side, let other, let gap):
      var found = try await search(other, on: look, in: step)
      guard found.holds else { return found }
      found.places = try found.places.map { place throws(Stop) in
        try beside(place, side, gap: gap, on: look, of: target)
      }
      return found
    case .keyboardDismissal:
      let keyboard = try self.keyboard(for: target)
      let anchor = Self.anchor(of: keyboard, for: target)
      var found = try await search(sign(of: anchor), on: look, in: step)
      guard found.holds else { return found }
      found.places = try found.places.map { place throws(Stop) in
        try dismissal(of: keyboard, at: place, on: look, of: target)
      }
      return found
    case .anyOf(let targets):
      return try await gather(targets, on: look, in: step)
    case .group:
      return try await gather(try members(of: target), on: look, in: step)
    }
  }

  /// What a group stands for.
  private func members(of target: Target) throws(Stop) -> [Target] {
    guard case .group(let text) = target.kind else { return [target] }
    let name = try values.name(text)
    guard let members = model.groups[name] else {
      throw Stop(.modelIncomplete, "\(target.location): the model has no group named \(name)")
    }
    return members.map {
      Target(kind: $0.kind(at: target.location), region: target.region, location: target.location)
    }
  }

  /// Those of several targets that are there.
  private func gather(_ targets: [Target], on look: Look, in step: StepState)
    async throws(Stop) -> Sighting
  {
    var here: [Place] = []
    var nearest = Sighting.nothing
    for target in targets {
      let sighting = try await search(target, on: look, in: step)
      switch sighting.kind {
      case .here: here += sighting.places
      case .ambiguous: return sighting
      case .absent:
        if sighting.nearest?.score ?? 0 > nearest.nearest?.score ?? -1 { nearest = sighting }
      }
    }
    return here.isEmpty ? nearest : .here(here)
  }

  /// The name of a target that the model says is never shown; nil of others.
  func never(_ target: Target) throws(Stop) -> String? {
    switch target.kind {
    case .image(let text), .label(let text):
      let name = try values.name(text)
      return model.never.contains(name) ? name : nil
    case .beside(_, let other, _): return try never(other)
    case .text, .point, .anyOf, .group, .keyboardDismissal: return nil
    }
  }

  /// What to look for in order to find a target, and where.
  func sign(of target: Target) throws(Stop) -> Sign {
    var sign = try soleSign(of: target)
    sign.choice = target.choice
    return sign
  }

  private func soleSign(of target: Target) throws(Stop) -> Sign {
    let written = try target.region.map { region throws(Stop) in try extent(of: region) }
    let (region, hangs) = (written?.rect, written?.hanging)
    if let name = try never(target) { return Sign(kind: .never(name), region: region) }
    switch target.kind {
    case .image(let text):
      let name = try values.name(text)
      guard let image = model.images[name] else {
        throw Stop(.modelIncomplete, "\(target.location): the model has no image named \(name)")
      }
      return Sign(
        kind: .image(name), region: written == nil ? image.region : region,
        hangs: written == nil ? image.hangs : hangs)
    case .label(let text):
      let key = try values.name(text)
      guard let label = model.labels[key] else {
        throw Stop(.modelIncomplete, "\(target.location): the model has no label named \(key)")
      }
      return Sign(
        kind: .words(.plain(label.text), called: label.text),
        region: written == nil ? label.region : region,
        hangs: written == nil ? label.hangs : hangs, click: label.click)
    case .text(let text):
      let value = try values.text(text)
      return Sign(kind: .words(value, called: value.written), region: region, hangs: hangs)
    case .point, .beside, .anyOf, .group, .keyboardDismissal:
      throw Stop(
        .scenarioInvalid, "\(target.location): \(wording.words(target)) is nothing to look for")
    }
  }

  /// Looks for one sign in a picture.
  func search(_ sign: Sign, on look: Look, in step: StepState) async throws(Stop) -> Sighting {
    guard model.fits(look) else {
      return Sighting(kind: .absent, words: model.sizeComplaint(look))
    }
    var region = sign.region
    if let hanging = sign.hangs {
      switch try await rect(of: hanging, on: look, in: step) {
      case .here(let rect): region = rect
      case .absent(let sighting): return sighting
      }
    }
    switch sign.kind {
    case .image(let name):
      if !step.references.contains(name) { step.references.append(name) }
      let answer = TemplateFinder().find(
        try shelf.template(name), in: look.searchable, region: region,
        ignoring: await step.device.ignored())
      trace.lookedFor(image: name, in: region, of: look.frame, answer)
      step.note(answer.searches(for: name))
      guard let choice = sign.choice else { return sighting(of: answer, for: sign) }
      let all = TemplateFinder().findAll(
        try shelf.template(name), in: look.searchable, region: region,
        ignoring: await step.device.ignored())
      var seen = all.map { place(of: sign, $0) }.chosen(choice, sign)
      if case .unclear(_, let reason) = answer { seen.unclear = reason }
      return seen
    case .words(let value, _):
      let answer = await step.device.words.find(
        value.revealed(), in: region, of: look.frame,
        ignoring: await step.device.ignored(), reader: reader)
      trace.lookedFor(words: sign.name, in: region, of: look.frame, answer)
      step.note(
        answer.searches(for: sign.name) { heard, box in
          secrecy.mayBeSeen(in: box, of: look) ? nil : secrecy.written(heard)
        })
      if case .found(let match) = answer { step.device.words.saw(sign, at: match.box) }
      guard let choice = sign.choice else { return sighting(of: answer, for: sign, on: look) }
      return try await places(of: sign, value, from: answer, in: region, on: look, in: step)
        .chosen(choice, sign)
    case .never(let name):
      return Sighting(kind: .absent, words: "\(model.name) never shows \(name)")
    }
  }

  /// Every place where words stand that were looked for: what was found is looked past.
  private func places(
    of sign: Sign, _ value: Value, from answer: TextFindAnswer, in region: PixelRect?,
    on look: Look, in step: StepState
  ) async throws(Stop) -> [Place] {
    var places: [Place] = []
    var answer = answer
    let ignored = await step.device.ignored()
    while places.count <= Self.mostAlike {
      switch answer {
      case .found(let match): places.append(place(of: sign, match))
      case .ambiguous(let a, let b): places += [a, b].map { place(of: sign, $0) }
      case .absent: return places
      }
      answer = await reader.find(
        value.revealed(), in: look.frame, region: region,
        ignoring: ignored + places.compactMap(\.box))
    }
    return places
  }

  /// How many places that look the same are looked for.
  private static let mostAlike = 100

  private func place(of sign: Sign, _ match: TextMatch) -> Place {
    Place(
      point: sign.click.map { match.box.offsetPoint($0) } ?? match.box.center, box: match.box,
      score: match.likeness, sign: sign, area: sign.click == nil ? match.box : nil)
  }

  private func place(of sign: Sign, _ match: TemplateMatch) -> Place {
    var click: PixelPoint?
    if case .image(let name) = sign.kind { click = model.images[name]?.click }
    return Place(
      point: click.map { match.rect.offsetPoint($0) } ?? match.rect.center, box: match.rect,
      score: match.score, sign: sign, area: click == nil ? match.rect : nil)
  }

  private func sighting(of answer: FindAnswer, for sign: Sign) -> Sighting {
    switch answer {
    case .matched(let match): return .here([place(of: sign, match)])
    case .ambiguous(let a, let b): return .ambiguous(sign, a.rect, b.rect)
    case .unclear(let match, let reason): return absence(of: sign, match, unclear: reason)
    case .absent(let nearest):
      return nearest.map { absence(of: sign, $0, unclear: nil) } ?? .nothing
    }
  }

  private func absence(of sign: Sign, _ match: TemplateMatch, unclear: String?) -> Sighting {
    var words = "nearest to \(sign.name) is \(match.rect), \(percent(match.score)) alike"
    if let difference = match.difference, let place = match.differs {
      words += " (\(difference) differs at \(place))"
    }
    return Sighting(
      kind: .absent, nearest: .init(name: sign.name, box: match.rect, score: match.score),
      template: match.score, words: words, unclear: unclear)
  }

  private func sighting(of answer: TextFindAnswer, for sign: Sign, on look: Look) -> Sighting {
    switch answer {
    case .found(let match): return .here([place(of: sign, match)])
    case .ambiguous(let a, let b): return .ambiguous(sign, a.box, b.box)
    case .absent(let nearest):
      guard let nearest, !secrecy.mayBeSeen(in: nearest.box, of: look) else { return .nothing }
      let heard = secrecy.written(nearest.heard)
      let unclear =
        nearest.isClipped
        ? "it is clipped: a label that is shown so is written so, with its ellipsis"
        : nearest.isNearMiss
          ? "all but one letter is there, which may be misread or misspelt" : nil
      return Sighting(
        kind: .absent,
        nearest: .init(name: sign.name, box: nearest.box, score: nearest.likeness),
        words: "nearest to “\(sign.name)” is “\(heard)” at \(nearest.box)", unclear: unclear)
    }
  }

  /// A share as whole percent.
  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  // MARK: - Where things may be

  /// Whether the pointer lies where it may hide a target: on the place where its words were seen
  /// last, or, where they never were, anywhere in the target's region.
  func isCovered(_ target: Target, in step: StepState) async throws(Stop) -> Bool {
    guard let pointer = await step.device.pointerBox else { return false }
    switch target.kind {
    case .point: return false
    case .beside(_, let other, _): return try await isCovered(other, in: step)
    case .anyOf(let targets):
      for target in targets where try await isCovered(target, in: step) { return true }
      return false
    case .keyboardDismissal:
      return try await isCovered(Self.anchor(of: keyboard(for: target), for: target), in: step)
    case .group(let name):
      if model.groups[try values.name(name)] == nil { return false }
      for member in try members(of: target) where try await isCovered(member, in: step) {
        return true
      }
      return false
    case .image(let name):
      // The matcher judges what is left of a large image; a small one can vanish altogether.
      let size = model.images[try values.name(name)]?.picture.size.area ?? 0
      if size > 8 * pointer.size.area { return false }
    case .label, .text: break
    }
    let sign = try self.sign(of: target)
    if case .never = sign.kind { return false }
    let place = step.device.words.lastPlace(of: sign)
    let area = place?.insetBy(-6) ?? sign.region ?? PixelRect(model.screen)
    return area.intersects(pointer)
  }

  /// Whether words of a target are looked for on the whole screen, which takes long.
  func isReadEverywhere(_ target: Target) -> Bool {
    if target.region != nil { return false }
    switch target.kind {
    case .text: return true
    case .label(let key):
      // A name without a value is found when it is looked for.
      guard let name = try? values.name(key), !model.never.contains(name) else { return false }
      let label = model.labels[name]
      return label?.region == nil && label?.hangs == nil
    case .anyOf(let targets): return targets.contains { isReadEverywhere($0) }
    case .beside(_, let other, _): return isReadEverywhere(other)
    case .image, .group, .point, .keyboardDismissal: return false
    }
  }

  // MARK: - The keyboard

  private func keyboard(for target: Target) throws(Stop) -> Keyboard {
    guard let keyboard = model.keyboard else {
      throw Stop(.modelIncomplete, "\(target.location): the model has no keyboard")
    }
    return keyboard
  }

  private static func anchor(of keyboard: Keyboard, for target: Target) -> Target {
    Target(
      kind: GroupMember.image(keyboard.anchor).kind(at: target.location), region: nil,
      location: target.location)
  }

  /// Where a click puts the keyboard away that was found by its anchor.
  private func dismissal(
    of keyboard: Keyboard, at anchor: Place, on look: Look, of target: Target
  ) throws(Stop) -> Place {
    guard let corner = anchor.box, let dismissal = keyboard.dismissal else {
      return try beside(anchor, .below, gap: Side.usualGap, on: look, of: target)
    }
    let box = dismissal.offset(byX: corner.x, y: corner.y)
    guard look.frame.bounds.contains(box) else {
      throw Stop(
        .modelIncomplete,
        "\(target.location): what puts the keyboard away lies off the screen, at \(box): correct"
          + " keyboard: {dismiss: […]} in the model")
    }
    return Place(
      point: box.center, box: anchor.box, score: anchor.score, sign: anchor.sign, area: box)
  }

  private func beside(
    _ place: Place, _ side: Side, gap: Int, on look: Look, of target: Target
  ) throws(Stop) -> Place {
    guard var box = place.box else {
      throw Stop(.scenarioInvalid, "\(target.location): nothing lies beside a mere point")
    }
    // The keyboard is found by a part of it; beside it means beside all of it.
    if case .image(let name)? = place.sign?.kind, let keyboard = model.keyboard,
      keyboard.anchor == name
    {
      box = keyboard.bounds.offset(byX: box.x, y: box.y)
    }
    let point: PixelPoint =
      switch side {
      case .below: PixelPoint(x: box.center.x, y: box.maxY - 1 + gap)
      case .above: PixelPoint(x: box.center.x, y: box.y - gap)
      case .leftOf: PixelPoint(x: box.x - gap, y: box.center.y)
      case .rightOf: PixelPoint(x: box.maxX - 1 + gap, y: box.center.y)
      }
    guard look.frame.bounds.contains(point) else {
      let place = "\(target.location): \(wording.words(target)) lies off the screen, at \(point)"
      if case .keyboardDismissal = target.kind {
        throw Stop(
          .modelIncomplete,
          "\(place): say in the model what puts the keyboard away, as keyboard: {dismiss: […]}")
      }
      throw Stop(.scenarioInvalid, place)
    }
    let margin = max(1, gap - 1)
    return Place(
      point: point, box: place.box, score: place.score, sign: place.sign,
      area: PixelRect(
        x: point.x - margin, y: point.y - margin, width: 2 * margin + 1, height: 2 * margin + 1))
  }
}

extension PixelRect {
  /// A point counted from the rectangle's top left corner.
  fileprivate func offsetPoint(_ point: PixelPoint) -> PixelPoint {
    PixelPoint(x: x + point.x, y: y + point.y)
  }
}
