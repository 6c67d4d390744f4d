import Frames
import SourceYAML

/// What must hold between the parts of a model.
struct ModelRules {
  private let model: RecorderModel
  private let tree: YAMLNode
  private var findings: [Finding] = []

  /// All that is wrong with a model whose parts are sound.
  static func findings(in model: RecorderModel, tree: YAMLNode) -> [Finding] {
    var rules = ModelRules(model: model, tree: tree)
    rules.checkMembers()
    for node in tree["never"]?.elements ?? [] { rules.checkNever(node) }
    for field in tree["fields"]?.entries ?? [] {
      if let label = FieldDescription.label(of: field.value) { rules.checkLabel(label) }
    }
    for entry in tree["regions"]?.entries ?? [] {
      if let anchor = entry.value["on"] ?? entry.value["around"] { rules.checkAnchor(anchor) }
    }
    rules.findings += VendorFlow.findings(
      in: tree["flow"], rebootsByItself: model.boot.rebootsByItself)
    if let keyboard = model.keyboard, let node = tree["keyboard"] { rules.check(keyboard, node) }
    rules.checkAlphabets()
    if let password = model.password, let node = tree["password"] {
      rules.checkCanBeMet(password, node)
    }
    return rules.findings
  }

  private init(model: RecorderModel, tree: YAMLNode) {
    self.model = model
    self.tree = tree
  }

  private mutating func report(_ location: SourceLocation, _ problem: String, remedy: String) {
    findings.append(Finding(location, problem, remedy: remedy))
  }

  // MARK: Names

  private mutating func checkMembers() {
    for group in tree["groups"]?.entries ?? [] {
      for member in group.value.elements ?? [] { checkMember(member) }
    }
    for interruption in tree["interruptions"]?.entries ?? [] {
      for entry in interruption.value.entries { checkMember(entry.value) }
      findings += Interruption.findings(in: interruption.value, of: model)
    }
  }

  private mutating func checkNever(_ node: YAMLNode) {
    guard let name = node.text, model.labels[name] != nil || model.images[name] != nil else {
      return
    }
    report(
      node.location, "\"\(name)\" is said never to be shown, and what it looks like is said, too",
      remedy: "remove one of the two")
  }

  private mutating func checkMember(_ node: YAMLNode) {
    if let image = node["image"] { checkImage(image) }
    if let label = node["label"] { checkLabel(label) }
  }

  /// What a region hangs on is there, and hangs on nothing itself.
  private mutating func checkAnchor(_ node: YAMLNode) {
    checkMember(node)
    let label = node["label"]?.text.flatMap { model.labels[$0]?.hangs }
    let image = node["image"]?.text.flatMap { model.images[$0]?.hangs }
    if label != nil || image != nil {
      report(
        node.location, "what the region hangs on hangs on something itself",
        remedy: "hang it on something that is looked for by itself")
    }
  }

  private mutating func checkLabel(_ node: YAMLNode) {
    guard let key = node.text, model.labels[key] == nil else { return }
    report(
      node.location, "no label is called \"\(key)\"",
      remedy: NearestName.remedy(for: key, among: model.labels.keys.sorted(), what: "labels"))
  }

  private mutating func checkImage(_ node: YAMLNode?) {
    guard let node, let name = node.text, model.images[name] == nil else { return }
    report(
      node.location, "no image is called \"\(name)\"",
      remedy: NearestName.remedy(for: name, among: model.images.keys.sorted(), what: "images"))
  }

  // MARK: Keyboard

  private mutating func check(_ keyboard: Keyboard, _ node: YAMLNode) {
    checkImage(node["anchor"])
    let names = keyboard.pages.map(\.name)
    let reachable = keyboard.reachablePages.map(\.name)
    for page in node["pages"]?.entries ?? [] {
      checkImage(page.value["image"])
      for row in page.value["rows"]?.elements ?? [] {
        for key in ["shift", "page"] {
          guard let target = row[key], let name = target.text, !names.contains(name) else {
            continue
          }
          report(
            target.location, "no page is called \"\(name)\"",
            remedy: NearestName.remedy(for: name, among: names, what: "pages"))
        }
      }
      if !reachable.contains(page.key) {
        report(
          page.keyLocation, "no key leads to the page \"\(page.key)\"",
          remedy: "add a key with page: \(page.key) or shift: \(page.key), or leave the page out")
      }
    }
    for page in keyboard.pages { check(page, of: keyboard, node) }
    if let dismissal = keyboard.dismissal { check(dismissal, of: keyboard, node) }
  }

  /// What puts the keyboard away does so on whatever page is up: no key of any page may lie there.
  private mutating func check(_ dismissal: PixelRect, of keyboard: Keyboard, _ node: YAMLNode) {
    guard let location = node["dismiss"]?.location else { return }
    if dismissal.isEmpty {
      report(location, "the rectangle is empty", remedy: "write [x, y, width, height]")
    }
    for page in keyboard.pages {
      for key in page.keys where key.box.intersects(dismissal) {
        report(
          location,
          "the key \(key.role.summary) of page \"\(page.name)\" lies where a click should put the"
            + " keyboard away", remedy: "correct either place")
      }
    }
  }

  private mutating func check(_ page: KeyboardPage, of keyboard: Keyboard, _ node: YAMLNode) {
    guard let location = node["pages"]?.entry(page.name)?.keyLocation else { return }
    for (index, key) in page.keys.enumerated() {
      if !keyboard.bounds.contains(key.box) {
        report(
          location,
          "the key \(key.role.summary) of page \"\(page.name)\" (\(key.box)) lies outside the"
            + " keyboard (\(keyboard.bounds))", remedy: "correct its row or the bounds")
      }
      for other in page.keys[..<index] where other.box.intersects(key.box) {
        report(
          location,
          "the keys \(other.role.summary) and \(key.role.summary) of page \"\(page.name)\" overlap",
          remedy: "correct their places or the pitch")
      }
    }
  }

  // MARK: Characters

  private mutating func checkAlphabets() {
    guard let keyboard = model.keyboard else { return }
    let typeable = keyboard.characters
    for part in ["code", "password"] {
      guard let node = tree[part]?["alphabet"], let alphabet = node.text else { continue }
      let missing = alphabet.filter { !typeable.contains($0) }
      if !missing.isEmpty {
        report(
          node.location, "the keyboard has no key for \(missing) of this alphabet",
          remedy: "leave them out, or add their keys")
      }
    }
  }

  private mutating func checkCanBeMet(_ rules: PasswordRules, _ node: YAMLNode) {
    let classes = Set(rules.alphabet.map(PasswordRules.CharacterClass.init(of:)))
    if classes.count < rules.minimumClasses {
      report(
        node["alphabet"]?.location ?? node.location,
        "the alphabet has \(classes.count) kinds of characters, the rules ask for"
          + " \(rules.minimumClasses)", remedy: "add characters of other kinds")
    }
    for kind in rules.requiredClasses where !classes.contains(kind) {
      report(
        node["alphabet"]?.location ?? node.location,
        "the rules require a \(kind.rawValue), the alphabet has none", remedy: "add some")
    }
    if rules.maximumLength < max(rules.minimumClasses, Set(rules.requiredClasses).count) {
      report(
        node["length"]?.location ?? node.location,
        "a password this short can't have all kinds of characters that the rules ask for",
        remedy: "write more characters or fewer kinds")
    }
  }
}

extension PasswordRules.CharacterClass {
  /// The kind of a character.
  public init(of character: Character) {
    switch character {
    case "a"..."z": self = .lower
    case "A"..."Z": self = .upper
    case "0"..."9": self = .digit
    default: self = .symbol
    }
  }
}

extension Key.Role {
  /// A word or two for messages.
  var summary: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): "\(character)"
    case .page(let name): "to page \(name)"
    case .pageForOneKey(let name): "shift to \(name)"
    case .backspace: "backspace"
    case .clear: "clear"
    case .enter: "enter"
    }
  }
}
