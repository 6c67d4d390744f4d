import Frames
import Testing

@testable import Drivers

@Suite("What a mail server says")
struct ResponseTests {
  /// A talk with a folder of two messages, one of them with a text of any bytes.
  static let talk = Array(
    """
    * CAPABILITY IMAP4rev1 SPECIAL-USE\r
    * LIST (\\HasNoChildren \\Junk) "/" "Odd \\"name\\" \\\\ here"\r
    * OK [UIDVALIDITY 7] what ends with {3}\r
    * 2 EXISTS\r
    * 12 FETCH (UID 5 FLAGS (\\Seen) BODY[HEADER]<0> {10}\r
    a)b\r
    {2}\r
     INTERNALDATE " 7-Jul-2024 02:44:25 +0200" X NIL BODY[HEADER.FIELDS (DATE TO)] "")\r
    + go on\r
    G4 OK [READ-ONLY] done\r

    """.utf8)

  static let responses: [IMAPResponse] = [
    .data([.atom("CAPABILITY"), .atom("IMAP4rev1"), .atom("SPECIAL-USE")]),
    .data([
      .atom("LIST"), .list([.atom("\\HasNoChildren"), .atom("\\Junk")]), .string(Array("/".utf8)),
      .string(Array("Odd \"name\" \\ here".utf8)),
    ]),
    .status(
      IMAPStatus(condition: .ok, code: ["UIDVALIDITY", "7"], text: "what ends with {3}")),
    .data([.atom("2"), .atom("EXISTS")]),
    .data([
      .atom("12"), .atom("FETCH"),
      .list([
        .atom("UID"), .atom("5"), .atom("FLAGS"), .list([.atom("\\Seen")]),
        .atom("BODY[HEADER]<0>"), .string(Array("a)b\r\n{2}\r\n".utf8)),
        .atom("INTERNALDATE"), .string(Array(" 7-Jul-2024 02:44:25 +0200".utf8)), .atom("X"),
        .nil, .atom("BODY[HEADER.FIELDS (DATE TO)]"), .string([]),
      ]),
    ]),
    .continuation,
    .done(tag: "G4", IMAPStatus(condition: .ok, code: ["READ-ONLY"], text: "done")),
  ]

  static func read(_ bytes: [UInt8], inPartsOf count: Int) throws -> [IMAPResponse] {
    var reader = IMAPResponseReader(longestText: 1 << 16)
    var found: [IMAPResponse] = []
    for start in stride(from: 0, to: bytes.count, by: count) {
      reader.append(Array(bytes[start..<min(start + count, bytes.count)]))
      while let response = try reader.next() { found.append(response) }
    }
    return found
  }

  @Test("is understood however it comes in")
  func parts() throws {
    for count in 1...Self.talk.count {
      #expect(try Self.read(Self.talk, inPartsOf: count) == Self.responses, "\(count)")
    }
  }

  @Test(
    "that is cut short, or changed anywhere, is understood or refused, and ends", arguments: 1...4)
  func fuzz(seed: UInt64) {
    var random = Noise(state: seed)
    for _ in 0..<5_000 {
      var bytes = Self.talk
      for _ in 0...Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(place + 7, bytes.count))
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
        case 3: bytes[place] = "(){}\"\\[]<>* \r\n0".utf8.randomElement(using: &random) ?? 0
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      let found = try? Self.read(bytes, inPartsOf: Int.random(in: 1...99, using: &random))
      #expect((found?.count ?? 0) <= bytes.count)
    }
  }

  @Test(
    "that no mailbox's server says is refused",
    arguments: [
      "HTTP/1.1 400 Bad Request\r\n", "220 mail.example ESMTP\r\n", "\r\n", "*\r\n", "* (\r\n",
      "* 1 FETCH (UID 4))\r\n", "* LIST \"x\r\n", "* \(String(repeating: "(", count: 99))\r\n",
      "* 1 FETCH (BODY[] {99999999}\r\n", "* 1 FETCH (BODY[] {99999999999999999999}\r\n",
    ])
  func strangers(text: String) {
    #expect(throws: IMAPGarble.self) { try Self.read(Array(text.utf8), inPartsOf: 1_000) }
  }

  @Test("without an end is refused once it is too long")
  func endless() {
    #expect(throws: IMAPGarble.self) {
      var reader = IMAPResponseReader(longestText: 1 << 10)
      for _ in 0..<1_000 {
        reader.append([UInt8](repeating: 0x78, count: 1 << 14))
        _ = try reader.next()
      }
    }
  }

  @Test(
    "of a time is seconds since 1970",
    arguments: [
      ("17-Jul-1996 02:44:25 -0700", 837_596_665), (" 1-Jan-1970 00:00:00 +0000", 0),
      ("29-Feb-2024 23:59:60 +0530", 1_709_231_400), ("01-mar-2100 00:00:00 +0000", 4_107_542_400),
    ] as [(String, Int64)])
  func times(text: String, seconds: Int64) {
    #expect(IMAPDate.seconds(text) == seconds)
  }

  @Test(
    "of a day goes to and fro unchanged",
    arguments: [
      ("Mon, 05 Aug 2024 10:00:00 +0000", "5-Aug-2024"), ("29 Feb 2000 00:00 GMT", "29-Feb-2000"),
      ("Thu,1 Jan 1970 00:00:00 +0000 (UTC)", "1-Jan-1970"), ("31 dec 1999", "31-Dec-1999"),
    ])
  func days(header: String, day: String) throws {
    #expect(IMAPDate.text(ofDay: try #require(IMAPDate.day(ofHeader: header))) == day)
  }

  @Test(
    "of a time that is none is none",
    arguments: [
      "", "yesterday", "17-Jul-1996", "17-Jul-1996 02:44 -0700", "17-Jux-1996 02:44:25 -0700",
      "17-Jul-1996 02:44:25 GMT", "99-Jul-1996 02:44:25 -0700", "17-Jul-1996 25:44:25 -0700",
      "17-Jul-1996 02:44:25 --700",
    ])
  func noTimes(text: String) {
    #expect(IMAPDate.seconds(text) == nil)
  }
}

/// Numbers drawn by a seed (Vigna, "SplitMix64").
struct Noise: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
