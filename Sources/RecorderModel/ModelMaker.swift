import Frames
import Patterns
import SourceYAML

/// Makes a model of a tree whose structure has been checked and repaired.
struct ModelMaker {
  let file: String
  let files: SourceFiles
  var findings: [Finding] = []
  var brokenNames: Set<String> = []

  private var screen = PixelSize(width: 0, height: 0)
  private var regions: [String: PixelRect] = [:]
  private var hangingRegions: [String: HangingRegion] = [:]
  /// The firmware that labels are read for; nil for the model's own.
  private var firmware: String?
  private var language: String?

  init(file: String, files: SourceFiles, firmware: String?) {
    self.file = file
    self.files = files
    self.firmware = firmware
  }

  mutating func report(_ location: SourceLocation, _ problem: String, remedy: String) {
    findings.append(Finding(location, problem, remedy: remedy))
  }

  mutating func model(_ root: YAMLNode) -> RecorderModel {
    if let size = root["screen"]?.integers, size.count == 2 {
      screen = PixelSize(width: size[0], height: size[1])
    }
    firmware = firmware ?? root["values"]?["firmware"]?.text
    language = root["language"]?.text
    for entry in root["regions"]?.entries ?? [] {
      if entry.value.isMapping {
        hangingRegions[entry.key] = hangingRegion(entry.value)
      } else {
        regions[entry.key] = rectangle(entry.value, onScreen: true)
      }
      if hangingRegions[entry.key] == nil, regions[entry.key] == nil {
        brokenNames.insert(entry.key)
      }
    }
    return RecorderModel(
      name: root["model"]?.text ?? "", about: root["about"]?.text ?? "", screen: screen,
      labels: named(root["labels"]) { maker, node in maker.label(node) },
      images: images(root),
      groups: named(root["groups"]) { maker, node in maker.group(node) }, regions: regions,
      fields: named(root["fields"]) { maker, node in maker.field(node) },
      values: named(root["values"]) { _, node in node.text },
      keyboard: root["keyboard"].flatMap { KeyboardMaker.keyboard($0) },
      code: root["code"].flatMap { code($0) }, password: root["password"].flatMap { password($0) },
      boot: BootBehaviour(
        longest: root["boot"]?["longest"]?.duration ?? .zero,
        rebootsByItself: root["boot"]?["rebootsByItself"]?.boolean ?? false),
      interruptions: interruptions(root["interruptions"]),
      alive: (root["alive"]?.elements ?? []).compactMap { alivePart($0) },
      longestStill: root["longestStill"]?.duration,
      dateOrder: root["dateOrder"]?.text.flatMap(DateOrder.init),
      lockout: LockoutRules(root["lockout"]),
      flow: VendorFlow(
        root["flow"], rebootsByItself: root["boot"]?["rebootsByItself"]?.boolean ?? false),
      hangingRegions: hangingRegions,
      never: Set((root["never"]?.elements ?? []).compactMap(\.text)),
      location: root.location)
  }

  /// The values of a mapping by their names; a name whose value can't be read is remembered.
  private mutating func named<Value>(
    _ node: YAMLNode?, _ make: (inout ModelMaker, YAMLNode) -> Value?
  ) -> [String: Value] {
    var values: [String: Value] = [:]
    for entry in node?.entries ?? [] {
      if let value = make(&self, entry.value) {
        values[entry.key] = value
      } else {
        brokenNames.insert(entry.key)
      }
    }
    return values
  }

  // MARK: Places

  private mutating func rectangle(_ node: YAMLNode, onScreen: Bool) -> PixelRect? {
    guard let rect = node.rect else { return nil }
    if rect.isEmpty {
      report(node.location, "the rectangle is empty", remedy: "write [x, y, width, height]")
    } else if onScreen, screen.area > 0, !PixelRect(screen).contains(rect) {
      report(
        node.location, "the rectangle \(rect) reaches past the screen (\(screen))",
        remedy: "write [x, y, width, height] within it")
    }
    return rect
  }

  private func hangingRegion(_ node: YAMLNode) -> HangingRegion? {
    if let anchor = node["around"].flatMap({ member($0) }) {
      return HangingRegion(on: anchor, .around)
    }
    guard let anchor = node["on"].flatMap({ member($0) }), let box = node["box"]?.rect else {
      return nil
    }
    return HangingRegion(on: anchor, .box(box))
  }

  /// Where a label or an image is looked for: in a part that is always there, or one that hangs on
  /// something.
  private mutating func search(_ node: YAMLNode) -> (region: PixelRect?, hangs: HangingRegion?) {
    if let part = node["near"]?.text.flatMap(ScreenPart.init) {
      return (part.rect(of: screen), nil)
    }
    guard let place = node["in"] else { return (nil, nil) }
    if let hanging = place.text.flatMap({ hangingRegions[$0] }) { return (nil, hanging) }
    return (region(place), nil)
  }

  private mutating func region(_ node: YAMLNode) -> PixelRect? {
    guard let name = node.text else { return rectangle(node, onScreen: true) }
    if let region = regions[name] { return region }
    if hangingRegions[name] != nil {
      report(
        node.location, "the region \"\(name)\" hangs on something, and this is always in one place",
        remedy: "write [x, y, width, height]")
      return nil
    }
    if !brokenNames.contains(name) {
      report(
        node.location, "no region is called \"\(name)\"",
        remedy: NearestName.remedy(for: name, among: regions.keys.sorted(), what: "regions"))
    }
    return nil
  }

  private mutating func alivePart(_ node: YAMLNode) -> AlivePart? {
    guard let place = node["in"] else { return region(node).map { AlivePart(region: $0) } }
    guard let region = region(place) else { return nil }
    return AlivePart(
      region: region, reads: node["reads"].flatMap { pattern($0) },
      period: node["period"]?.duration ?? AlivePart.standardPeriod)
  }

  private mutating func pattern(_ node: YAMLNode) -> Pattern? {
    do throws(Finding) {
      return try node.pattern()
    } catch {
      findings.append(error)
      return nil
    }
  }

  // MARK: What is seen

  private mutating func label(_ node: YAMLNode) -> Label? {
    guard let text = node.text ?? node["text"]?.text ?? look(node) else { return nil }
    let (region, hangs) = search(node)
    let click = node["click"]?.integers.flatMap { numbers in
      numbers.count == 2 ? PixelPoint(x: numbers[0], y: numbers[1]) : nil
    }
    return Label(text: text, region: region, hangs: hangs, click: click)
  }

  /// What a label with several looks says on this recorder: what one of them alone is bound to.
  private mutating func look(_ node: YAMLNode) -> String? {
    guard let list = node["looks"] else { return nil }
    let looks = (list.elements ?? []).compactMap { look in
      LabelLook(look) { findings.append($0) }
    }
    let fitting = looks.filter { $0.fits(firmware: firmware, language: language) }
    guard fitting.count == 1 else {
      let version = firmware.map { "firmware \($0)" } ?? "a firmware that nobody named"
      let tongue = language.map { " in \($0)" } ?? ""
      report(
        list.location,
        (fitting.isEmpty ? "no look is" : "\(fitting.count) looks are")
          + " for \(version)\(tongue)",
        remedy: "bind the looks so that one fits")
      return looks.first?.text
    }
    return fitting[0].text
  }

  /// The images, and those of groups that name their files.
  private mutating func images(_ root: YAMLNode) -> [String: ReferenceImage] {
    var images = named(root["images"]) { maker, node in maker.image(node) }
    for group in root["groups"]?.entries ?? [] {
      for file in group.value["files"]?.elements ?? [] {
        guard let path = file.locatedText else { continue }
        let name = Self.imageName(ofFile: path.text)
        guard images[name] == nil, root["images"]?[name] == nil else {
          report(
            file.location, "there is another image \"\(name)\"",
            remedy: "name it by {image: \(name)}, or call the file otherwise")
          continue
        }
        if let image = image(path, placed: group.value) {
          images[name] = image
        } else {
          brokenNames.insert(name)
        }
      }
    }
    return images
  }

  /// What an image is called that a group names by its file.
  private static func imageName(ofFile file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name.hasSuffix(".png") ? String(name.dropLast(4)) : name
  }

  private mutating func image(_ node: YAMLNode) -> ReferenceImage? {
    let name = node.text.map { LocatedText($0, at: node.location) } ?? node["file"]?.locatedText
    return name.flatMap { image($0, placed: node) }
  }

  /// An image by its file.
  ///
  /// - Parameters:
  ///   - name: the file.
  ///   - node: what says where it is, and where a click on it goes.
  /// - Returns: the image; nil where its file can't be read.
  private mutating func image(_ name: LocatedText, placed node: YAMLNode) -> ReferenceImage? {
    let (region, hangs) = search(node)
    guard let picture = picture(name) else { return nil }
    if let region, picture.size.width > region.width || picture.size.height > region.height,
      let place = node["in"]?.location
    {
      report(
        place,
        "the picture \(name.text) (\(picture.size)) does not fit into its region (\(region))",
        remedy: "write a larger region, or cut a smaller picture")
    }
    var click: PixelPoint?
    if let point = node["click"], let numbers = point.integers, numbers.count == 2 {
      let place = PixelPoint(x: numbers[0], y: numbers[1])
      if !PixelRect(picture.size).contains(place) {
        report(
          point.location, "the click point \(place) is not on the picture (\(picture.size))",
          remedy: "count from its top left corner")
      }
      click = place
    }
    return ReferenceImage(
      file: SourceFiles.path(name.text, beside: file), picture: picture, region: region,
      hangs: hangs, click: click, location: name.location)
  }

  private mutating func picture(_ name: LocatedText) -> RGBImage? {
    let path = SourceFiles.path(name.text, beside: file)
    let bytes: [UInt8]
    do throws(SourceFiles.Refusal) {
      bytes = try files.read(path)
    } catch {
      report(
        name.location, "the picture \(path) is missing (\(error.reason))",
        remedy: "cut it with gantry crop, or correct the name")
      return nil
    }
    do throws(PictureError) {
      return try PNGCodec.decode(bytes, named: path)
    } catch {
      report(name.location, "the picture \(path): \(error.reason)", remedy: "save it as PNG")
      return nil
    }
  }

  private func member(_ node: YAMLNode) -> GroupMember? {
    if let name = node["image"]?.text { return .image(name) }
    return node["label"]?.text.map { .label($0) }
  }

  private func group(_ node: YAMLNode) -> [GroupMember]? {
    if let files = node["files"]?.elements {
      return files.compactMap(\.text).map { .image(Self.imageName(ofFile: $0)) }
    }
    return node.elements?.compactMap { member($0) }
  }

  private mutating func field(_ node: YAMLNode) -> FieldDescription? {
    FieldDescription(node) { rectangle($0, onScreen: true) }
  }

  private mutating func interruptions(_ node: YAMLNode?) -> [Interruption] {
    (node?.entries ?? []).compactMap { entry in
      let place = popUpPlace(entry.value)
      return Interruption(entry, in: place) { member($0) }
    }
  }

  /// Where the words of a pop-up are looked for.
  private mutating func popUpPlace(_ node: YAMLNode) -> Interruption.Place? {
    if let name = node["in"]?.text, hangingRegions[name] != nil { return .region(name) }
    let (region, _) = search(node)
    return region.map { rect in node["in"]?.text.map { .region($0) } ?? .rect(rect) }
  }

  // MARK: Formats

  private mutating func code(_ node: YAMLNode) -> CodeFormat? {
    guard let length = node["length"]?.integer, let alphabet = node["alphabet"]?.text else {
      return nil
    }
    return CodeFormat(
      length: length, alphabet: alphabet, pattern: node["pattern"].flatMap { pattern($0) },
      words: (node["words"]?.elements ?? []).compactMap(\.text))
  }

  private mutating func password(_ node: YAMLNode) -> PasswordRules? {
    guard let lengths = node["length"]?.integers, lengths.count == 2,
      let alphabet = node["alphabet"]?.text
    else { return nil }
    if lengths[0] > lengths[1], let place = node["length"]?.location {
      report(
        place, "the fewest characters (\(lengths[0])) are more than the most (\(lengths[1]))",
        remedy: "write [fewest, most]")
    }
    let required = (node["require"]?.elements ?? []).compactMap {
      $0.text.flatMap(PasswordRules.CharacterClass.init)
    }
    return PasswordRules(
      minimumLength: lengths[0], maximumLength: lengths[1],
      minimumClasses: node["classes"]?.integer ?? 1, requiredClasses: required,
      alphabet: alphabet)
  }
}

extension YAMLNode {
  /// The rectangle that `[x, y, width, height]` writes; nil where that is not what stands there.
  var rect: PixelRect? {
    guard let numbers = integers, numbers.count == 4 else { return nil }
    return PixelRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}
