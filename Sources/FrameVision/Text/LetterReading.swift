import Frames

/// A second opinion on a line whose value must be exact: each letter read for itself.
///
/// A recogniser of lines expects language, and a code has none: beside certain neighbours it takes
/// one letter for another, whatever the picture's quality. A letter read alone has no neighbours,
/// but no measure either: `o` and `O` are one shape then, so the line decides what only size tells.
struct LetterReading {
  /// A letter, or a few that touch, and what was read there.
  struct Piece {
    /// The boxes of its connected parts, in the picture.
    var parts: [PixelRect]
    /// What was read; empty where nothing was.
    var text = ""
    /// How sure the recogniser is, 0…100.
    var confidence = 0.0

    /// The smallest rectangle around the parts.
    var box: PixelRect { parts.dropFirst().reduce(parts[0]) { $0.union($1) } }
  }

  /// From this confidence on a letter read alone goes before the line.
  private static let sure = 85.0
  /// From this confidence on it goes before two lines that say the same.
  private static let verySure = 95.0
  /// From this confidence on it decides between the digit zero and the letter.
  private static let fair = 80.0
  /// White around a letter, in pixels; where one does not do, the next may.
  private static let margins = [12, 24, 6]
  /// Levels below the picture's white that count as foreground.
  static let foregroundDepth: UInt8 = 70
  /// The same where letters touch, in turn.
  static let strongDepths: [UInt8] = [110, 150]
  /// The picture's ground.
  static let white: UInt8 = 245

  /// The picture without a caret that stood behind the text.
  let normalized: Plane
  /// What was read, letter by letter.
  let pieces: [Piece]

  /// Reads the letters of a normalised line.
  ///
  /// - Parameters:
  ///   - normalized: one line, dark on white.
  ///   - recognizer: who reads.
  ///   - alphabet: the only characters that may occur.
  init(_ normalized: Plane, by recognizer: TextRecognizer, alphabet: String) {
    var pieces = Self.pieces(of: normalized)
    var calm = normalized
    if !alphabet.contains("|"), let caret = Self.caret(of: pieces) {
      pieces.removeLast()
      for y in 0..<normalized.height {
        for x in max(0, caret.x - 2)..<normalized.width { calm[x, y] = Self.white }
      }
    }
    self.pieces = pieces.flatMap { piece in
      let read = Self.read(piece, in: calm, by: recognizer, alphabet: alphabet)
      if read.text.count == 1 && read.confidence >= Self.sure { return [read] }
      return Self.parted(read, in: &calm, by: recognizer, alphabet: alphabet) ?? [read]
    }
    self.normalized = calm
  }

  /// A piece with what is read there.
  static func read(
    _ piece: Piece, in normalized: Plane, by recognizer: TextRecognizer, alphabet: String
  ) -> Piece {
    var piece = piece
    for margin in margins where piece.text.isEmpty {
      let letter = recognizer.letter(
        in: cut(piece, from: normalized, margin: margin), alphabet: alphabet)
      // A narrow piece is one letter, whatever was read.
      if piece.box.width <= piece.box.height && letter.text.count > 1 { continue }
      (piece.text, piece.confidence) = (letter.text, letter.confidence)
    }
    if piece.text.isEmpty {
      // Held to an alphabet, a recogniser may see nothing where it would see a `c` for a `C`.
      let free = recognizer.letter(
        in: cut(piece, from: normalized, margin: margins[0]), alphabet: nil)
      let meant = free.text.compactMap { inAlphabet($0, alphabet) }
      let isOne = piece.box.width <= piece.box.height
      if meant.count == free.text.count, !isOne || meant.count == 1 {
        (piece.text, piece.confidence) = (String(meant), free.confidence)
      }
    }
    return piece
  }

  /// The character of an alphabet that a character stands for: itself or its counterpart of the
  /// other case.
  private static func inAlphabet(_ character: Character, _ alphabet: String) -> Character? {
    if alphabet.contains(character) { return character }
    let counterparts = alphabet.filter { $0.lowercased() == character.lowercased() }
    return counterparts.count == 1 ? counterparts.first : nil
  }

  /// The letters that touch in a wide piece, where taking away what is pale between them leaves
  /// letters that are each read; then it is taken away from the picture, too.
  private static func parted(
    _ piece: Piece, in normalized: inout Plane, by recognizer: TextRecognizer, alphabet: String
  ) -> [Piece]? {
    let box = piece.box
    if box.width <= box.height { return nil }
    for depth in strongDepths {
      let core = pieces(of: normalized.cropped(to: box), foregroundDepth: depth).map {
        $0.box.offset(byX: box.x, y: box.y)
      }
      if core.count < 2 || core.contains(where: { 5 * $0.height < 4 * box.height }) { continue }
      var calm = normalized
      for (left, right) in zip(core, core.dropFirst()) {
        let gap = min(left.maxX, right.x) - 1..<max(left.maxX, right.x) + 1
        for y in box.y..<box.maxY {
          for x in gap.clamped(to: box.x..<box.maxX) where calm[x, y] >= white - depth {
            calm[x, y] = max(calm[x, y], white - foregroundDepth)
          }
        }
      }
      let parts = pieces(of: calm).filter { box.contains($0.box) }.map {
        read($0, in: calm, by: recognizer, alphabet: alphabet)
      }
      guard parts.count == core.count,
        parts.allSatisfy({ $0.text.count == 1 && $0.confidence >= fair })
      else { continue }
      normalized = calm
      return parts
    }
    return nil
  }

  /// The letters by themselves where each was read for sure, a few that touch very; nil otherwise.
  var sureLetters: (text: String, box: PixelRect, confidence: Double)? {
    guard let first = pieces.first,
      pieces.allSatisfy({
        !$0.text.isEmpty && $0.confidence >= ($0.text.count == 1 ? Self.fair : Self.sure)
      })
    else { return nil }
    return (
      pieces.map(\.text).joined(), pieces.reduce(first.box) { $0.union($1.box) },
      pieces.map(\.confidence).min() ?? 0
    )
  }

  /// Takes a picture apart without reading it.
  init(_ normalized: Plane) {
    self.init(normalized, foregroundDepth: Self.foregroundDepth)
  }

  init(_ normalized: Plane, foregroundDepth: UInt8) {
    self.normalized = normalized
    pieces = Self.pieces(of: normalized, foregroundDepth: foregroundDepth)
  }

  /// A part of a picture taken apart into a number of letters, and their boxes; nil where it has more
  /// or fewer, though what is pale between letters is taken away.
  static func letters(_ count: Int, in part: PixelRect, of normalized: Plane)
    -> (reading: LetterReading, boxes: [PixelRect])?
  {
    for depth in [foregroundDepth] + strongDepths {
      let reading = LetterReading(normalized, foregroundDepth: depth)
      let boxes = reading.pieces.map(\.box).filter { part.contains($0.center) }
      if boxes.count == count { return (reading, boxes) }
    }
    return nil
  }

  /// Whether a letter is nothing but an upright bar: both its sides are straight.
  func isBar(_ letter: PixelRect) -> Bool {
    if 5 * letter.width > 2 * letter.height { return false }
    var sides: [(left: Int, right: Int)] = []
    for y in letter.y..<letter.maxY {
      let dark = (letter.x..<letter.maxX).filter {
        normalized[$0, y] < Self.white - Self.foregroundDepth
      }
      guard let left = dark.first, let right = dark.last else { return false }
      sides.append((left, right))
    }
    func spread(_ side: [Int]) -> Int { (side.max() ?? 0) - (side.min() ?? 0) }
    let most = max(1, letter.height / 12)
    return spread(sides.map(\.left)) <= most && spread(sides.map(\.right)) <= most
  }

  /// What a letter is taken for when it is read for itself, and may be one of a few characters.
  func character(
    at letter: PixelRect, of characters: [Character], by recognizer: TextRecognizer
  ) -> Character? {
    guard let piece = pieces.first(where: { $0.box == letter }) else { return nil }
    let alphabet = characters.map { "\($0)\($0.uppercased())" }.joined()
    let read = Self.read(piece, in: normalized, by: recognizer, alphabet: alphabet).text
    return read.count == 1 ? read.lowercased().first : nil
  }

  /// What a letter is taken for when it is read for itself; nil where it is taken for none, or several.
  func choice(at letter: PixelRect, of alphabet: String, by recognizer: TextRecognizer)
    -> (character: Character, confidence: Double)?
  {
    guard let piece = pieces.first(where: { $0.box == letter }) else { return nil }
    let read = Self.read(piece, in: normalized, by: recognizer, alphabet: alphabet)
    guard read.text.count == 1, let character = read.text.first else { return nil }
    return (character, read.confidence)
  }

  /// Whether the letters by themselves say the same as a line, without spaces.
  func say(_ line: String) -> Bool {
    let alone = lettersAlone
    return alone.count == line.count && alone.compactMap(\.character).elementsEqual(line)
  }

  /// The letters as the readings together have them, without spaces: each is what two of three say.
  ///
  /// - Parameters:
  ///   - line: what was read as a line, without spaces.
  ///   - apart: what is read with the letters moved apart, without spaces.
  /// - Returns: the letters; nil where the readings don't fit each other.
  func reconciled(with line: String, _ apart: String) -> String? {
    let alone = lettersAlone
    let inLine = Self.partners(of: alone, in: Array(line))
    let inApart = Self.partners(of: alone, in: Array(apart))
    if inLine == nil && inApart == nil { return nil }
    let none = [Character?](repeating: nil, count: alone.count)
    var letters = ""
    // A letter that both lines left out was there if it is sure: lines skip what they don't expect.
    var isSure = true
    for (letter, others) in zip(alone, zip(inLine ?? none, inApart ?? none)) {
      if let character = letter.elected(against: others.0, others.1) {
        letters.append(character)
        isSure = isSure && (others != (nil, nil) || letter.confidence >= Self.sure)
      } else if !letter.isGuessed {
        return nil
      }
    }
    let isWhole = letters.count == line.count || (letters.count > line.count && isSure)
    return line == apart && !isWhole ? line : letters
  }

  /// The letters of all pieces. Several that are hardly believed were not read; a piece that was
  /// not read stands for as many as find room in it.
  private var lettersAlone: [Letter] {
    let isRead = pieces.map {
      !$0.text.isEmpty && ($0.text.count == 1 || $0.confidence >= Self.fair)
    }
    let widths = zip(pieces, isRead).filter { $1 && $0.text.count == 1 }.map(\.0.box.width).sorted()
    let usual = widths.isEmpty ? Int.max : max(1, widths[widths.count / 2])
    return zip(pieces, isRead).flatMap { piece, isRead in
      if isRead { return piece.text.map { Letter($0, confidence: piece.confidence) } }
      let more = max(0, (piece.box.width - usual / 2) / usual)
      // Partners are given out from the right, so that the one that must be there comes last.
      return [Letter](repeating: Letter(nil, isGuessed: true), count: more) + [Letter(nil)]
    }
  }

  /// A letter of a piece.
  private struct Letter {
    /// What was read; nil where nothing was.
    var character: Character?
    var confidence: Double
    /// Whether it may not be there at all.
    var isGuessed: Bool

    init(_ character: Character?, confidence: Double = 0, isGuessed: Bool = false) {
      self.character = character
      self.confidence = confidence
      self.isGuessed = isGuessed
    }

    /// What two of three say; where all differ, the surest. Size is known only to the lines, and
    /// they expect a letter among letters where a digit stands: there a sure one goes before both.
    func elected(against line: Character?, _ apart: Character?) -> Character? {
      guard let character else { return line ?? apart }
      if let line, line == apart {
        let isZeroOrO = Set([line, character]) == ["0", "O"]
        let isSure = confidence >= (isZeroOrO ? LetterReading.fair : LetterReading.verySure)
        return isSure && line.lowercased() != character.lowercased() ? character : line
      }
      if character == line || character == apart { return character }
      let other = line ?? apart
      guard let other, confidence < LetterReading.sure else {
        return other?.lowercased() == character.lowercased() ? other : character
      }
      return other
    }
  }

  /// The line's character that stands for each letter read alone, by the fewest insertions,
  /// omissions and exchanges (Wagner and Fischer 1974); nil where more than a third differ: then
  /// the pieces are not letters.
  private static func partners(of letters: [Letter], in line: [Character]) -> [Character?]? {
    // In half letters: what was not read, or is hardly believed, may be any letter, and what is
    // guessed may be none.
    func exchange(_ at: Int, _ other: Int) -> Int {
      if letters[at].character == line[other] { return 0 }
      return letters[at].confidence < fair ? 1 : 2
    }
    func omission(_ at: Int) -> Int { letters[at].isGuessed ? 1 : 2 }
    var costs = [(0...line.count).map { 2 * $0 }]
    for at in letters.indices {
      var row = [costs[at][0] + omission(at)]
      for other in line.indices {
        row.append(
          min(
            costs[at][other] + exchange(at, other), costs[at][other + 1] + omission(at),
            row[other] + 2))
      }
      costs.append(row)
    }
    if 3 * costs[letters.count][line.count] > 2 * max(letters.count, line.count) + 4 { return nil }
    var partners = [Character?](repeating: nil, count: letters.count)
    var (at, other) = (letters.count, line.count)
    while at > 0, other > 0 {
      let cost = costs[at][other]
      if cost == costs[at - 1][other - 1] + exchange(at - 1, other - 1) {
        (at, other) = (at - 1, other - 1)
        partners[at] = line[other]
      } else if cost == costs[at - 1][other] + omission(at - 1) {
        at -= 1
      } else {
        other -= 1
      }
    }
    return partners
  }

  /// Connected foreground, from left to right; a dot belongs to the stem below it, and to the zero
  /// around it.
  private static func pieces(of normalized: Plane, foregroundDepth: UInt8 = foregroundDepth)
    -> [Piece]
  {
    let marks = normalized.samples.map { $0 < white - foregroundDepth ? AdaptiveThreshold.dark : 0 }
    var pieces: [Piece] = []
    for component in ComponentLabeling.components(
      in: marks, width: normalized.width, bit: AdaptiveThreshold.dark
    ).sorted(by: {
      ($0.box.x, $0.box.y) < ($1.box.x, $1.box.y)
    }) where component.area > 2 {
      let above = pieces.lastIndex {
        let box = $0.box
        return box.x < component.box.maxX && component.box.x < box.maxX
          && (box.maxY <= component.box.y || component.box.maxY <= box.y
            || box.contains(component.box))
      }
      if let above {
        pieces[above].parts.append(component.box)
      } else {
        pieces.append(Piece(parts: [component.box]))
      }
    }
    return pieces
  }

  /// A last stroke that is thin and taller than all letters.
  private static func caret(of pieces: [Piece]) -> PixelRect? {
    guard let last = pieces.last?.box, pieces.count > 1, last.width * 4 <= last.height
    else { return nil }
    let tallest = pieces.dropLast().map(\.box.height).max() ?? 0
    return 8 * last.height > 9 * tallest ? last : nil
  }

  /// The picture with its letters moved apart.
  var apart: Plane {
    let gap = 8
    var wide = Plane(
      width: normalized.width + gap * pieces.count, height: normalized.height,
      filledWith: Self.white)
    for (at, piece) in pieces.enumerated() {
      Self.copy(piece, of: normalized, to: &wide, movedBy: gap * at)
    }
    return wide
  }

  /// One piece on white, without what stands beside it.
  private static func cut(_ piece: Piece, from normalized: Plane, margin: Int) -> Plane {
    var cut = Plane(
      width: piece.box.width + 2 * margin, height: normalized.height, filledWith: white)
    copy(piece, of: normalized, to: &cut, movedBy: margin - piece.box.x)
    return cut
  }

  /// Copies a piece's pixels and those around them, but no other piece's.
  private static func copy(
    _ piece: Piece, of normalized: Plane, to picture: inout Plane, movedBy shift: Int
  ) {
    let rect = piece.box.insetBy(-1).intersection(PixelRect(normalized.size))
    var left = (0..<rect.size.area).map {
      normalized[rect.x + $0 % rect.width, rect.y + $0 / rect.width] < white - foregroundDepth
    }
    for start in left.indices where left[start] {
      var pixels = [start]
      var (next, box) = (
        0, PixelRect(x: start % rect.width, y: start / rect.width, width: 1, height: 1)
      )
      left[start] = false
      while next < pixels.count {
        let (x, y) = (pixels[next] % rect.width, pixels[next] / rect.width)
        next += 1
        box = box.union(PixelRect(x: x, y: y, width: 1, height: 1))
        for ny in max(0, y - 1)...min(rect.height - 1, y + 1) {
          for nx in max(0, x - 1)...min(rect.width - 1, x + 1) where left[ny * rect.width + nx] {
            left[ny * rect.width + nx] = false
            pixels.append(ny * rect.width + nx)
          }
        }
      }
      guard piece.parts.contains(box.offset(byX: rect.x, y: rect.y)) else { continue }
      for pixel in pixels {
        let (x, y) = (rect.x + pixel % rect.width, rect.y + pixel / rect.width)
        for ny in max(0, y - 1)...min(normalized.height - 1, y + 1) {
          for nx in max(0, x - 1)...min(normalized.width - 1, x + 1)
          where (0..<picture.width).contains(nx + shift) {
            picture[nx + shift, ny] = normalized[nx, ny]
          }
        }
      }
    }
  }
}
