import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Finding targets in one picture.
extension ScenarioRun {
  /// Looks for a target in a picture.
  func search(_ target: Target, on look: Look, in state: StepState) async throws(Stop) -> Search {
    switch target.kind {
    case .point(let point):
      return .here([Place(point: try self.point(point, on: look))])
    case .image, .label, .text:
      return try await search(sign(of: target), on: look, in: state)
    case .beside(let side, let other, let gap):
      let found = try await search(other, on: look, in: state)
      guard case .here(let places) = found else { return found }
      return .here(
        try places.map { place throws(Stop) in
          try beside(place, side, gap: gap, on: look, of: target)
        })
    case .anyOf(let targets):
      return try await gather(targets, on: look, in: state)
    case .group(let name):
      guard let members = model.groups[name] else {
        throw .errored("\(target.location): the model has no group named \(name)")
      }
      let targets = members.map { member in
        Target(kind: member.kind, region: target.region, location: target.location)
      }
      return try await gather(targets, on: look, in: state)
    }
  }

  /// Those of several targets that are there.
  private func gather(_ targets: [Target], on look: Look, in state: StepState)
    async throws(Stop) -> Search
  {
    var here: [Place] = []
    var nearest = Search.Absence()
    for target in targets {
      switch try await search(target, on: look, in: state) {
      case .here(let places): here += places
      case .ambiguous(let name, let a, let b): return .ambiguous(name, a, b)
      case .absent(let absence):
        if absence.nearest?.score ?? 0 > nearest.nearest?.score ?? -1 { nearest = absence }
      }
    }
    return here.isEmpty ? .absent(nearest) : .here(here)
  }

  /// What to look for in order to find a target, and where.
  private func sign(of target: Target) throws(Stop) -> Sign {
    let region = try target.region.map { region throws(Stop) in try rect(region) }
    switch target.kind {
    case .image(let name):
      guard let image = model.images[name] else {
        throw .errored("\(target.location): the model has no image named \(name)")
      }
      return Sign(kind: .image(name), region: region ?? image.region)
    case .label(let key):
      guard let label = model.labels[key] else {
        throw .errored("\(target.location): the model has no label named \(key)")
      }
      return Sign(
        kind: .words(.plain(label.text), called: label.text), region: region ?? label.region)
    case .text(let text):
      let value = try values.text(text)
      return Sign(kind: .words(value, called: value.written), region: region)
    case .point, .beside, .anyOf, .group:
      throw .errored("\(target.location): \(wording.words(target)) is nothing to look for")
    }
  }

  /// Looks for one sign in a picture.
  func search(_ sign: Sign, on look: Look, in state: StepState) async throws(Stop) -> Search {
    guard fits(look) else { return .absent(.init(words: sizeComplaint(look))) }
    switch sign.kind {
    case .image(let name):
      if !state.references.contains(name) { state.references.append(name) }
      let answer = TemplateFinder().find(
        try shelf.template(name), in: look.searchable, region: sign.region,
        ignoring: await state.device.ignored())
      return search(of: answer, for: name, sign)
    case .words(let value, let name):
      let answer = await read(value, sign.region, on: look, of: state.device)
      if case .found(let match) = answer {
        state.device.lastPlaces[SignPlace(name: name, region: sign.region)] = match.box
      }
      return search(of: answer, for: name, sign)
    }
  }

  /// Whether the pointer lies where it may hide a target: on the place where its words were seen
  /// last, or, where they never were, anywhere in the target's region.
  func isCovered(_ target: Target, in state: StepState) async throws(Stop) -> Bool {
    guard let pointer = await state.device.hand?.pointerBox else { return false }
    switch target.kind {
    case .point: return false
    case .beside(_, let other, _): return try await isCovered(other, in: state)
    case .anyOf(let targets):
      for target in targets where try await isCovered(target, in: state) { return true }
      return false
    case .group(let name):
      for member in model.groups[name] ?? [] {
        let target = Target(kind: member.kind, region: target.region, location: target.location)
        if try await isCovered(target, in: state) { return true }
      }
      return false
    case .image(let name):
      // The matcher judges what is left of a large image; a small one can vanish altogether.
      let size = model.images[name]?.picture.size.area ?? 0
      if size > 8 * pointer.size.area { return false }
    case .label, .text: break
    }
    let sign = try self.sign(of: target)
    let place = state.device.lastPlaces[SignPlace(name: sign.name, region: sign.region)]
    let area = place?.insetBy(-6) ?? sign.region ?? PixelRect(model.screen)
    return area.intersects(pointer)
  }

  private func search(of answer: FindAnswer, for name: String, _ sign: Sign) -> Search {
    switch answer {
    case .matched(let match):
      let click = model.images[name]?.click
      return .here([
        Place(
          point: click.map { match.rect.offsetPoint($0) } ?? match.rect.center, box: match.rect,
          score: match.score, sign: sign, area: click == nil ? match.rect : nil)
      ])
    case .ambiguous(let a, let b): return .ambiguous(name, a.rect, b.rect)
    case .unclear(let match, let reason):
      return .absent(absence(name, match, unclear: reason))
    case .absent(let nearest):
      return .absent(nearest.map { absence(name, $0, unclear: nil) } ?? .init())
    }
  }

  private func absence(_ name: String, _ match: TemplateMatch, unclear: String?)
    -> Search.Absence
  {
    var words = "nearest to \(name) is \(match.rect), \(percent(match.score)) alike"
    if let difference = match.difference, let place = match.differs {
      words += " (\(difference) differs at \(place))"
    }
    return .init(
      nearest: .init(name: name, box: match.rect, score: match.score), words: words,
      template: match.score, unclear: unclear)
  }

  private func search(of answer: TextFindAnswer, for name: String, _ sign: Sign) -> Search {
    switch answer {
    case .found(let match):
      return .here([
        Place(
          point: match.box.center, box: match.box, score: match.likeness, sign: sign,
          area: match.box)
      ])
    case .ambiguous(let a, let b): return .ambiguous(name, a.box, b.box)
    case .absent(let nearest):
      guard let nearest, !isVeiled(nearest.box) else { return .absent(.init()) }
      let heard = redactor.written(nearest.heard)
      return .absent(
        .init(
          nearest: .init(name: name, box: nearest.box, score: nearest.likeness),
          words: "nearest to “\(name)” is “\(heard)” at \(nearest.box)"))
    }
  }

  /// Looks for words; a part of the screen that has not changed is not read again.
  private func read(_ value: Value, _ region: PixelRect?, on look: Look, of device: DeviceState)
    async -> TextFindAnswer
  {
    let area = region ?? look.frame.bounds
    let ignored = await device.ignored().filter { $0.intersects(area) }
    let key = Reading.Key(phrase: value.revealed(), region: region)
    if let known = device.readings[key], known.ignored == ignored, known.mayServe,
      look.frame.isStill(since: known.frame, in: region, ignoring: ignored)
    {
      device.readings[key]?.uses += 1
      return known.answer
    }
    let answer = await reader.find(
      key.phrase, in: look.frame, region: region, ignoring: ignored)
    device.readings[key] = Reading(frame: look.frame, ignored: ignored, answer: answer)
    return answer
  }

  // MARK: - Places

  private func beside(
    _ place: Place, _ side: Side, gap: Int, on look: Look, of target: Target
  ) throws(Stop) -> Place {
    guard var box = place.box else {
      throw .errored("\(target.location): nothing lies beside a mere point")
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
      throw .errored(
        "\(target.location): \(wording.words(target)) lies off the screen, at \(point)")
    }
    let margin = max(1, gap - 1)
    return Place(
      point: point, box: place.box, score: place.score, sign: place.sign,
      area: PixelRect(
        x: point.x - margin, y: point.y - margin, width: 2 * margin + 1, height: 2 * margin + 1))
  }

  private func point(_ point: ScreenPoint, on look: Look) throws(Stop) -> PixelPoint {
    let size = look.frame.size
    let place = PixelPoint(
      x: try coordinate(point.x, of: size.width, on: look),
      y: try coordinate(point.y, of: size.height, on: look))
    guard look.frame.bounds.contains(place) else {
      throw .errored("the point \(place) lies off the screen of \(size)")
    }
    return place
  }

  private func coordinate(_ coordinate: ScreenPoint.Coordinate, of length: Int, on look: Look)
    throws(Stop) -> Int
  {
    switch coordinate {
    case .share(let share): return min(length - 1, Int(Double(length) * share))
    case .pixels(let pixels):
      guard fits(look) else { throw .errored(sizeComplaint(look)) }
      return pixels
    }
  }

  /// The pixels of a region.
  func rect(_ region: Region) throws(Stop) -> PixelRect {
    switch region {
    case .rect(let rect): return rect
    case .named(let name, let location):
      guard let rect = model.regions[name] else {
        throw .errored("\(location): the model has no region named \(name)")
      }
      return rect
    }
  }

  /// Whether a part of the screen may show a secret.
  func isVeiled(_ box: PixelRect) -> Bool { veil.contains { $0.intersects(box) } }

  /// Where the keyboard is in a picture; nil when it is not seen.
  func keyboardBounds(in look: Look) -> PixelRect? {
    guard let keyboard = model.keyboard, fits(look),
      let template = try? shelf.template(keyboard.anchor)
    else { return nil }
    let answer = TemplateFinder().find(
      template, in: look.searchable, region: model.images[keyboard.anchor]?.region)
    return answer.match.map { keyboard.bounds.offset(byX: $0.rect.x, y: $0.rect.y) }
  }

  /// A share as whole percent.
  func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// Some words and where they are looked for.
struct SignPlace: Hashable {
  var name: String
  var region: PixelRect?
}

/// What was read in a part of a picture, for as long as the part shows the same.
struct Reading {
  /// How often words that were not found are taken to be missing still before the picture is read
  /// anew: what fades in slowly never differs much from the look before.
  private static let mostDenials = 2

  /// What was looked for, and where.
  struct Key: Hashable {
    var phrase: String
    var region: PixelRect?
  }

  /// The picture that was read.
  var frame: Frame
  /// What of it did not count.
  var ignored: [PixelRect]
  /// What came of it.
  var answer: TextFindAnswer
  /// How often the answer was given again.
  var uses = 0

  /// Whether the answer may be given again.
  var mayServe: Bool {
    if case .found = answer { true } else { uses < Self.mostDenials }
  }
}

extension GroupMember {
  /// What to look for.
  var kind: Target.Kind {
    switch self {
    case .image(let name): .image(name)
    case .label(let key): .label(key)
    }
  }
}

extension PixelRect {
  /// A point counted from the rectangle's top left corner.
  fileprivate func offsetPoint(_ point: PixelPoint) -> PixelPoint {
    PixelPoint(x: x + point.x, y: y + point.y)
  }
}
