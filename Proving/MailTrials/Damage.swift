import SeededRandom

/// What is done to a mail at random.
struct Damage {
  /// Bytes that mean something to who reads mail.
  private static let marks = Array("=?;:\"\\<>&#-/_. \r\n\t\u{0}é\u{200b}".utf8)
  /// The same with digits.
  private static let marksAndDigits = marks + Array("0123456789".utf8)

  private var lots: SeededStream

  init(seed: UInt64, number: Int) {
    lots = SeededStream(seed: seed, name: "mail \(number)")
  }

  /// The mail with letters for digits, so that no digit is left in its text.
  static func withoutDigits(_ mail: [UInt8]) -> [UInt8] {
    mail.map { (0x30...0x39).contains($0) ? $0 + 0x31 : $0 }
  }

  /// A mail that was changed at one to twelve places.
  func applied(to mail: [UInt8], addingDigits: Bool) -> [UInt8] {
    var damage = self
    return damage.change(mail, addingDigits ? Self.marksAndDigits : Self.marks)
  }

  private mutating func change(_ mail: [UInt8], _ marks: [UInt8]) -> [UInt8] {
    var bytes = mail
    for _ in 0..<draw(1, 12) {
      if bytes.isEmpty { return bytes }
      let place = draw(0, bytes.count - 1)
      let end = min(bytes.count, place + draw(1, 80))
      switch draw(0, 5) {
      case 0: bytes[place] = UInt8(draw(0x3a, 0xff))
      case 1: bytes[place] = marks[draw(0, marks.count - 1)]
      case 2: bytes.insert(marks[draw(0, marks.count - 1)], at: place)
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: Array(bytes[place..<end]), at: draw(0, bytes.count))
      }
    }
    return bytes
  }

  private mutating func draw(_ least: Int, _ most: Int) -> Int {
    Int.random(in: least...most, using: &lots)
  }
}
