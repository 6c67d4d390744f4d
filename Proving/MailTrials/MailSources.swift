import ArgumentParser
import Foundation

/// The mails that trials begin with.
struct MailSources {
  private let mails: [[UInt8]]
  /// Those whose text has no digits where no byte is one.
  private let plain: [[UInt8]]

  /// Reads all mails of a folder.
  init(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".eml") }.sorted()
    if names.isEmpty { throw ValidationError("\(folder): there is no *.eml in it.") }
    mails = try names.map { Array(try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
    // Base64 writes digits as letters, and those of full width are other characters.
    plain = mails.filter { mail in
      let text = String(decoding: mail, as: UTF8.self)
      return !text.lowercased().contains("base64")
        && !text.unicodeScalars.contains { (0xff10...0xff19).contains($0.value) }
    }
  }

  /// Whether the digits of a trial's mail were letters before it was damaged.
  static func isWithoutDigits(_ number: Int) -> Bool { number % 2 == 0 }

  /// A trial's mail.
  func damaged(_ number: Int, seed: UInt64) -> [UInt8] {
    let isWithoutDigits = Self.isWithoutDigits(number)
    let source = isWithoutDigits ? plain : mails
    let mail = source[number / 2 % source.count]
    return Damage(seed: seed, number: number).applied(
      to: isWithoutDigits ? Damage.withoutDigits(mail) : mail, addingDigits: !isWithoutDigits)
  }
}
