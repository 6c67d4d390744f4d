import RecorderModel

/// Which keys to press for a character, from a page of a keyboard.
struct KeyRoute {
  /// One key to press and the page that is up afterwards.
  struct Press: Sendable {
    var key: Key
    /// The page after the press.
    var page: String
    /// The page to return to after one more key; nil when the page stays.
    var returnsTo: String?
  }

  let keyboard: Keyboard

  /// The presses up to and including the first key that does what is wanted; nil when no page
  /// that can be reached has it.
  ///
  /// Pages are searched breadth first in the order of their keys, so that the shortest way wins
  /// and one-key pages are only used for one key.
  func presses(from page: String, to wanted: (Key.Role) -> Bool) -> [Press]? {
    struct Node {
      var page: String
      var returnsTo: String?
      var presses: [Press]
    }
    var open = [Node(page: page, returnsTo: nil, presses: [])]
    var seen: Set<String> = [page]
    while !open.isEmpty {
      let node = open.removeFirst()
      guard let current = keyboard.page(node.page) else { continue }
      if let key = current.keys.first(where: { wanted($0.role) }) {
        let after = node.returnsTo ?? node.page
        return node.presses + [Press(key: key, page: after, returnsTo: nil)]
      }
      for key in current.keys {
        switch key.role {
        case .page(let next) where !seen.contains(next):
          seen.insert(next)
          let press = Press(key: key, page: next, returnsTo: nil)
          open.append(Node(page: next, returnsTo: nil, presses: node.presses + [press]))
        case .pageForOneKey(let next) where !seen.contains(next):
          seen.insert(next)
          let back = node.returnsTo ?? node.page
          let press = Press(key: key, page: next, returnsTo: back)
          open.append(Node(page: next, returnsTo: back, presses: node.presses + [press]))
        default:
          continue
        }
      }
    }
    return nil
  }
}
