import Foundation
import Mail
import Testing

/// A mail as mailers send it, and what must be found in it.
struct MailShape: Decodable, Sendable, CustomTestStringConvertible {
  var file: String
  var answer: String
  var code: String?

  var testDescription: String { file }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Shapes")

  static func all() throws -> [MailShape] {
    try JSONDecoder().decode(
      [MailShape].self, from: Data(contentsOf: folder.appending(path: "answers.json")))
  }

  func bytes() throws -> [UInt8] {
    try Array(Data(contentsOf: Self.folder.appending(path: file)))
  }
}

@Suite("Mail as mailers send it")
struct ShapeTests {
  @Test("The code is found, and never another word", arguments: try MailShape.all())
  func shapes(shape: MailShape) throws {
    let found = try MailInspection(
      shape.bytes(), subject: "Reset Password",
      shape: CodeShape(length: 6, alphabet: Set("0123456789")))
    if found.verdict == .code {
      #expect(found.code == shape.code, "\(found.why)")
    } else {
      #expect(shape.answer != "code", "\(found.verdict): \(found.why), of \(found.candidates)")
    }
  }
}
