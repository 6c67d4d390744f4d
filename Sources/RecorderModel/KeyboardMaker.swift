import Frames
import SourceYAML

/// Lays out a keyboard's keys from rows.
enum KeyboardMaker {
  /// The keyboard of a checked tree; nil where something of it is missing.
  static func keyboard(_ node: YAMLNode) -> Keyboard? {
    guard let anchor = node["anchor"]?.text, let bounds = node["bounds"]?.rect,
      let pages = node["pages"]
    else { return nil }
    return Keyboard(
      anchor: anchor, bounds: bounds,
      pages: pages.entries.map { entry in
        KeyboardPage(
          name: entry.key, image: entry.value["image"]?.text,
          keys: (entry.value["rows"]?.elements ?? []).flatMap { keys(of: $0) })
      }, dismissal: node["dismiss"]?.rect)
  }

  private static func keys(of row: YAMLNode) -> [Key] {
    guard let at = row["at"]?.integers, at.count == 2, let size = row["key"]?.integers,
      size.count == 2
    else { return [] }
    let first = PixelRect(x: at[0], y: at[1], width: size[0], height: size[1])
    if let role = role(of: row) { return [Key(role: role, box: first)] }
    let pitch = row["pitch"]?.number ?? Double(size[0])
    var keys: [Key] = []
    for (index, character) in (row["keys"]?.text ?? "").enumerated() where character != " " {
      let left = Int((Double(index) * pitch).rounded())
      keys.append(Key(role: .character(character), box: first.offset(byX: left, y: 0)))
    }
    return keys
  }

  private static func role(of row: YAMLNode) -> Key.Role? {
    if let page = row["shift"]?.text { return .pageForOneKey(page) }
    if let page = row["page"]?.text { return .page(page) }
    return switch row["does"]?.text {
    case "space": .character(" ")
    case "backspace": .backspace
    case "clear": .clear
    case "enter": .enter
    default: nil
    }
  }
}

extension Keyboard {
  /// The pages that one can get to from the first, in the order of the file.
  public var reachablePages: [KeyboardPage] {
    guard let first = pages.first else { return [] }
    var names: Set<String> = [first.name]
    var open = [first]
    while let page = open.popLast() {
      for key in page.keys {
        switch key.role {
        case .page(let name), .pageForOneKey(let name):
          if names.insert(name).inserted, let next = self.page(name) { open.append(next) }
        case .character, .backspace, .clear, .enter: break
        }
      }
    }
    return pages.filter { names.contains($0.name) }
  }

  /// Every character that can be typed.
  public var characters: Set<Character> {
    var characters: Set<Character> = []
    for key in reachablePages.flatMap(\.keys) {
      if case .character(let character) = key.role { characters.insert(character) }
    }
    return characters
  }
}
