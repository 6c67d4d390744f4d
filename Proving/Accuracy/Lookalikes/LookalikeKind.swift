import ScreenKit

/// What is asked of words that nearly look like others.
public enum LookalikeKind: String, CaseIterable, Sendable {
  /// A word and a letter or digit of which another one looks nearly the same.
  case single
  /// The same inside a code such as `CAM-D17`.
  case code
  /// Words that differ in a letter, or in two that run together.
  case word
  /// Letters of 46 to 120 pixels, with a look-alike as well.
  case large
  /// A number with a minus before it, to read to the letter.
  case minus
  /// Numbers that are made of ones, to read and to find.
  case ones
  /// A lone letter in a box, dark blue on green, or at the left edge.
  case odd

  /// Texts that look nearly the same, the wanted one first.
  func texts(_ dice: inout Dice) -> (wanted: String, other: String) {
    func either(_ pairs: [(String, String)]) -> (String, String) {
      let pair = dice.pick(pairs)
      return dice.once(in: 2) ? pair : (pair.1, pair.0)
    }
    switch self {
    case .single:
      let (one, two) = either(Self.letters)
      let word = dice.pick(Self.beginnings)
      return ("\(word) \(one)", "\(word) \(two)")
    case .code:
      let (one, two) = either(Self.letters.filter { $0.0.uppercased() == $0.0 })
      let (before, after) = (dice.pick(["CAM", "NVR", "KX", "TR"]), dice.roll(10...99))
      return ("\(before)-\(one)\(after)", "\(before)-\(two)\(after)")
    case .word: return either(Self.words)
    case .large:
      let (one, two) = either(Self.letters + Self.words)
      let word = dice.pick(Self.beginnings)
      return one.count == 1 ? ("\(word) \(one)", "\(word) \(two)") : (one, two)
    case .minus:
      let number = "\(dice.roll(1...60)) \(dice.pick(["dB", "°C", "V", "%"]))"
      return ("-" + number, number)
    case .ones:
      let number = dice.pick(["11", "1", "111", "211", "17", "71", "110"])
      return (number, number + "1")
    case .odd:
      let (one, two) = either(Self.letters.filter { $0.0.uppercased() == $0.0 })
      return (one, two)
    }
  }

  private static let beginnings = [
    "Zone", "Port", "Camera", "Gate", "Input", "Line", "Door", "Map",
  ]
  private static let letters = [
    ("A", "4"), ("D", "Q"), ("U", "V"), ("E", "C"), ("B", "8"), ("S", "5"), ("O", "0"), ("2", "Z"),
    ("9", "g"), ("f", "t"), ("h", "n"), ("e", "c"), ("1", "l"), ("1", "I"), ("l", "I"), ("B", "6"),
    ("O", "Q"), ("O", "D"),
  ]
  private static let words = [
    ("modern", "modem"), ("corner", "comer"), ("burn", "bum"), ("clear", "dear"),
    ("close", "dose"), ("clock", "dock"), ("fill", "till"), ("fan", "tan"), ("hot", "not"),
    ("ear", "car"), ("heat", "neat"), ("hail", "nail"), ("file", "tile"), ("hub", "nub"),
    ("eat", "cat"), ("Unit", "Vnit"), ("Delay", "Qelay"), ("Sort", "5ort"), ("Bell", "8ell"),
    ("Zoom", "2oom"), ("Open", "0pen"), ("Area", "4rea"), ("Error", "Crror"),
  ]
}
