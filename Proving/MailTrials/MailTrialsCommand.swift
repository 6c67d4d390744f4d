public import ArgumentParser
import Foundation
import Mail
import SeededRandom

/// `gantry-proving mails`: mail that is damaged at random is read without harm, and no code is found
/// where none is.
public struct MailTrialsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "mails",
    abstract: "Damages mails at random and reads them.",
    discussion: """
      Each mail of a folder is taken in turn, changed at up to a dozen places, and read. In every other \
      one all digits were letters before: what it then gives for a code is none, and told with the \
      seed and the number that make it again. Exit codes: 0 nothing was; 1 something was; 2 wrong \
      usage.
      """)

  @Argument(help: "The folder with the mails, *.eml.", completion: .directory)
  var folder: String

  @Option(help: "How many mails are read.")
  var count = 100_000

  @Option(help: "Where all that is drawn by lot comes from.")
  var seed: UInt64 = 1

  @Option(help: "Begin with the mail of this number.")
  var from = 0

  /// Creates the command.
  public init() {}

  /// Checks what was asked for.
  public func validate() throws {
    if count < 1 { throw ValidationError("--count must be at least 1.") }
    if from < 0 { throw ValidationError("--from must not be negative.") }
  }

  /// Reads the mails.
  public func run() throws {
    let mails = try Self.mails(in: folder)
    // Base64 writes digits as letters, and those of full width are other characters.
    let plain = mails.filter { mail in
      let text = String(decoding: mail, as: UTF8.self)
      return !text.lowercased().contains("base64")
        && !text.unicodeScalars.contains { (0xff10...0xff19).contains($0.value) }
    }
    let shape = CodeShape(length: 6, alphabet: Set("0123456789"))
    var slowest = (seconds: 0.0, number: 0)
    var found: [MailInspection.Verdict: Int] = [:]
    var wrong: [Int] = []
    for number in from..<(from + count) {
      let isWithoutDigits = number % 2 == 0
      let source = isWithoutDigits ? plain : mails
      let mail = source[number / 2 % source.count]
      let damaged = Damage(seed: seed, number: number).applied(
        to: isWithoutDigits ? Damage.withoutDigits(mail) : mail, addingDigits: !isWithoutDigits)
      let start = Date()
      let verdict = try MailInspection(damaged, subject: nil, shape: shape).verdict
      let seconds = -start.timeIntervalSinceNow
      if seconds > slowest.seconds { slowest = (seconds, number) }
      found[verdict, default: 0] += 1
      if isWithoutDigits && verdict == .code { wrong.append(number) }
    }
    for number in wrong {
      print("mail \(number): a code, where no digit was: --seed \(seed) --from \(number) --count 1")
    }
    let counts = MailInspection.Verdict.allCases.map { "\($0.rawValue) \(found[$0] ?? 0)" }
    print(
      "\(count) mails of seed \(seed): \(counts.joined(separator: ", ")); the slowest took "
        + "\(Int((slowest.seconds * 1000).rounded())) ms (mail \(slowest.number))")
    if !wrong.isEmpty { throw ExitCode(1) }
  }

  private static func mails(in folder: String) throws -> [[UInt8]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".eml") }.sorted()
    if names.isEmpty { throw ValidationError("\(folder): there is no *.eml in it.") }
    return try names.map { Array(try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
  }
}

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
