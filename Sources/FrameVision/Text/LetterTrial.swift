import Frames

/// Tries letters of a line that look like others: by readings, by their sizes, and by other letters of
/// the same line.
struct LetterTrial {
  private let drawings: [(reading: LetterReading, boxes: [PixelRect])]
  private let texts: [[Character?]]
  private let wanted: [Character]
  private let alphabet: String
  private let measures: LineMeasures
  private let recognizer: TextRecognizer

  private static let bars: Set<Character> = ["l", "I", "|"]

  /// Takes a line apart and reads it; nil where it has more or fewer letters than wanted.
  init?(
    _ candidate: TextLineCandidate, of luma: Plane, wanted: [Character], alphabet: String,
    by recognizer: TextRecognizer
  ) {
    var drawings: [(reading: LetterReading, boxes: [PixelRect])] = []
    for drawing in [NormalizedTextLine.Drawing.usual, .large, .huge] {
      let picture = NormalizedTextLine(candidate, of: luma, drawing: drawing).picture
      guard
        let found = LetterReading.line(
          of: wanted, in: picture),
        drawings.first.map({ Self.areAlike($0.boxes, found.boxes) }) ?? true
      else { continue }
      drawings.append(found)
      if drawings.count == 2 { break }
    }
    guard drawings.count == 2 else { return nil }
    self.drawings = drawings
    self.wanted = wanted
    self.alphabet = alphabet
    self.recognizer = recognizer
    texts = [
      drawings[0].reading.normalized, drawings[1].reading.normalized, drawings[0].reading.apart,
    ].map {
      Self.partners(of: wanted, in: Array(recognizer.line(in: $0, alphabet: alphabet).letters))
    }
    measures = LineMeasures(drawings[1].boxes, of: wanted)
  }

  /// Whether letters lie alike on two drawings of a line.
  private static func areAlike(_ one: [PixelRect], _ other: [PixelRect]) -> Bool {
    func places(_ boxes: [PixelRect]) -> [Double] {
      guard let first = boxes.first, let last = boxes.last else { return [] }
      let width = Double(max(1, last.maxX - first.x))
      return boxes.map { Double($0.center.x - first.x) / width }
    }
    return zip(places(one), places(other)).allSatisfy { abs($0 - $1) * Double(one.count) < 0.25 }
  }

  /// The character of a reading in the place of each that is wanted; nil where it has none there.
  private static func partners(of wanted: [Character], in read: [Character]) -> [Character?] {
    func exchange(_ one: Character, _ other: Character) -> Int {
      one == other ? 0 : LookAlikes.areAlike(one, other) ? 1 : 2
    }
    var costs = [(0...read.count).map { 2 * $0 }]
    for (at, one) in wanted.enumerated() {
      var row = [2 * (at + 1)]
      for (column, other) in read.enumerated() {
        row.append(
          min(
            costs[at][column] + exchange(one, other), costs[at][column + 1] + 2, row[column] + 2))
      }
      costs.append(row)
    }
    var partners = [Character?](repeating: nil, count: wanted.count)
    var (at, column) = (wanted.count, read.count)
    while at > 0, column > 0 {
      let cost = costs[at][column]
      if cost == costs[at - 1][column - 1] + exchange(wanted[at - 1], read[column - 1]) {
        (at, column) = (at - 1, column - 1)
        partners[at] = read[column]
      } else if cost == costs[at - 1][column] + 2 {
        at -= 1
      } else {
        column -= 1
      }
    }
    return partners
  }

  /// What was read, by the first reading that has all letters.
  var read: String {
    String((texts.first { !$0.contains(nil) } ?? texts[0]).compactMap { $0 })
  }

  /// The evidence of all letters that may be others, a value a rival.
  func evidence(first count: Int) -> [LetterEvidence] { (0..<count).flatMap { evidence(at: $0) } }

  private func evidence(at index: Int) -> [LetterEvidence] {
    var rivals = LookAlikes.rivals(of: wanted[index], in: alphabet)
    let read = texts.compactMap { $0[index] }
    for other in read where other != wanted[index] && !rivals.contains(other) {
      rivals.append(other)
    }
    if rivals.isEmpty && !read.isEmpty { return [] }
    if rivals.isEmpty { rivals = [" "] }
    let alone = drawings.map {
      $0.reading.choice(at: $0.boxes[index], of: alphabet, by: recognizer)
    }
    let (reading, boxes) = drawings[1]
    let wanted = wanted[index]
    return rivals.map { rival in
      var evidence = LetterEvidence(index: index, wanted: wanted, rival: rival)
      let votes = read.map { $0 == wanted ? 1.0 : $0 == rival ? -1 : 0 }
      evidence.lines = votes.isEmpty ? nil : votes.reduce(0, +)
      // Alone, a letter has no size.
      if wanted.lowercased() != rival.lowercased(),
        !Set([wanted, rival]).isSubset(of: ["0", "o", "O"])
      {
        evidence.alone = alone.reduce(0) { sum, read in
          guard let read else { return sum }
          let vote = read.character == wanted ? 1.5 : read.character == rival ? -1.5 : 0
          return sum + vote * read.confidence / 100
        }
      }
      evidence.height = measures.fit(at: index, wanted, against: rival).flatMap {
        abs($0) < 0.4 ? nil : 4 * max(-1, min(1, $0))
      }
      evidence.width = measures.roundness(at: index, wanted, against: rival).map { 3 * $0 }
      evidence.likeness = likeness(at: index, to: rival)
      evidence.shape = shape(at: index, rival, reading, boxes[index])
      return evidence
    }
  }

  /// What straight sides and dots say.
  private func shape(at index: Int, _ rival: Character, _ reading: LetterReading, _ box: PixelRect)
    -> Double?
  {
    let wanted = wanted[index]
    let (isDotted, isRivalDotted) = ("ij".contains(wanted), "ij".contains(rival))
    if isDotted != isRivalDotted {
      let hasDot = reading.hasDot(box)
      // A dot may run into its stem.
      return isDotted == hasDot ? (hasDot ? 3 : 1.5) : (hasDot ? -3 : -0.9)
    }
    if measures.isMonospaced, Set([wanted, rival]) == ["0", "O"] {
      // Where widths don't tell them, zeros have a dot or a stroke inside, or nothing tells.
      let isMarked = reading.isMarkedInside(box)
      return (wanted == "0") == isMarked ? 3 : isMarked ? -3 : -0.9
    }
    let (isBar, isRivalBar) = (Self.bars.contains(wanted), Self.bars.contains(rival))
    if !isBar && !isRivalBar { return nil }
    let isStraight = reading.isBar(box)
    // In fonts without serifs they are one picture.
    if isBar && isRivalBar { return isStraight ? 2 : nil }
    if isBar { return isStraight ? 3 : nil }
    return isStraight ? -3 : 1
  }

  /// From this difference down two letters may be one character, from that down they are, and from
  /// the last up they are two.
  private static let (same, close, other) = (0.3, 0.15, 0.55)

  private func likeness(at index: Int, to rival: Character) -> Double? {
    let same = leastDifference(of: index, to: wanted[index])
    let other = leastDifference(of: index, to: rival)
    switch (same, other) {
    case (nil, nil): return nil
    case (let same?, nil): return same < Self.same ? 2.5 : same > Self.other ? -2.5 : nil
    case (nil, let other?): return other < Self.close ? -2.5 : other > Self.other ? 1 : nil
    case (let same?, let other?):
      if same < Self.same, 2 * same < other { return 5 }
      if other < Self.same, 2 * other < same { return -5 }
      let isOnePicture = Self.bars.contains(wanted[index]) && Self.bars.contains(rival)
      return max(same, other) < Self.close && !isOnePicture ? -2 : nil
    }
  }

  /// How much a letter differs from the most alike of the others that should be a character.
  private func leastDifference(of index: Int, to character: Character) -> Double? {
    let (reading, boxes) = drawings[1]
    return wanted.indices.filter { $0 != index && wanted[$0] == character }.map {
      reading.difference(of: boxes[index], from: boxes[$0])
    }.min()
  }
}
