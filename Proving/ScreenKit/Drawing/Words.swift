/// What stands on screens. What is looked for and what only stands around have no word in common,
/// so that nothing looked for is there twice by chance.
package enum Words {
  /// What is looked for.
  package static let targets = [
    "Forgot Password", "Secure Code", "Confirm", "Cancel", "Network", "Storage", "Language",
    "Playback", "User name", "Log in", "Apply", "Default", "Motion mask", "Export disk",
    "Channel list", "Firmware", "Time zone", "Reset all", "Continue", "Shut down", "Overwrite",
    "Resolution", "Night mode", "Frame rate",
  ]
  /// What only stands around.
  package static let others = [
    "Overview", "Alarm", "Schedule", "Backup", "Camera tree", "Audio", "Display", "About",
    "Protocol", "Upload", "Search", "Bookmarks", "Quality", "Layout", "Zones", "Events", "Relay",
    "Health", "Help", "Maps", "Spot out", "Import", "Tour", "Groups", "Voice", "Holiday",
  ]

  private static let small = Array("abcdefghijkmnopqrstuvwxyz")
  private static let capital = Array("ABCDEFGHJKLMNOPRSTUVWXZ")
  private static let digits = Array("0123456789")
  private static let twins: [Character: [Character]] = [
    "a": ["e", "o"], "c": ["e", "o"], "e": ["c", "a"], "o": ["c", "e"], "i": ["l", "j"],
    "l": ["i", "t"], "n": ["m", "h", "u"], "m": ["n"], "u": ["n", "v"], "r": ["n", "t"],
    "t": ["f", "l"], "k": ["h"], "w": ["v"], "C": ["G", "O"], "S": ["B", "Z"], "N": ["H", "M"],
    "P": ["R", "F"], "R": ["K", "P"], "L": ["E", "I"], "D": ["O", "B"], "F": ["E", "P"],
    "U": ["V", "O"], "M": ["N"], "E": ["F"], "O": ["D", "C"], "A": ["R"],
  ]

  /// What codes are made of: digits, hexadecimal digits, or capitals that don't look like digits.
  package static let codeAlphabets = ["0123456789", "0123456789ABCDEF", "ACDEFHJKLMNPQRTUVWXY3479"]

  /// A code of four to ten characters of an alphabet.
  package static func code(_ alphabet: String, _ dice: inout Dice) -> String {
    let letters = Array(alphabet)
    return String((0..<dice.roll(4...10)).map { _ in dice.pick(letters) })
  }

  /// A text in which one letter is another one, lookalikes as often as any; the text itself where
  /// it has no letter.
  package static func oneLetterOff(_ text: String, _ dice: inout Dice) -> String {
    var letters = Array(text)
    let places = letters.indices.filter { letters[$0].isLetter }
    if places.isEmpty { return text }
    let at = dice.pick(places)
    let letter = letters[at]
    let all = letter.isLowercase ? small : capital
    let choice = dice.once(in: 2) ? twins[letter] ?? all : all
    letters[at] = dice.pick(choice.filter { $0 != letter })
    return String(letters)
  }

  /// A text in which one digit is another one; the text itself where it has no digit.
  package static func oneDigitOff(_ text: String, _ dice: inout Dice) -> String {
    var letters = Array(text)
    let places = letters.indices.filter { letters[$0].isNumber }
    if places.isEmpty { return text }
    let at = dice.pick(places)
    letters[at] = dice.pick(digits.filter { $0 != letters[at] })
    return String(letters)
  }
}
