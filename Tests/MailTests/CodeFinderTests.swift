import Mail
import Patterns
import Testing

@Suite("Finding a code in a mail")
struct CodeFinderTests {
  private let digits = CodeShape(length: 6, alphabet: Set("0123456789"))

  private func answer(
    _ text: String, _ shape: CodeShape? = nil, subject: String = "Reset", isHTML: Bool = false
  ) throws -> String {
    let type = isHTML ? "text/html" : "text/plain"
    let found = try MailInspection(
      Array("Subject: \(subject)\nContent-Type: \(type); charset=utf-8\n\n\(text)".utf8),
      subject: nil, shape: shape ?? digits)
    switch CodeFinder(shape: shape ?? digits).answer(from: found.candidates) {
    case .found(let code): return code
    case .none: return "none"
    case .ambiguous(let several): return several.map(\.value).joined(separator: "|")
    }
  }

  @Test(
    "What is called the code is the code",
    arguments: [
      "Your code: 482913.", "Your secure code is 482913, valid until 281126.",
      "Serial 1234567\nYour secure code is\n\n  482913\n", "482913 is your code",
      "Use 482913 as your verification code.\nTicket 100234", "Code 482913\nOrder 555555",
      "Your secure code for request 100234 is 482913", "Postcode 518000\nCode: 482913",
      "Ihr Sicherheitscode lautet 482913. Vorgang 100234", "Votre code est : 482913",
      "Su código de seguridad es 482913", "您的验证码是482913，10分钟内有效", "認証コード：４８２９１３",
      "コード①:482913",
      "Код подтверждения: 482913", "Secure code | 482913", "Code\n482 913", "code: 4 8 2 9 1 3",
      "Code: 482-913 (Request 100234)", "Secure code = *482913*", "Code:482913",
      "Decoder 111111 at 281126. Secure code: 482913", "QR code 777001\nReset code 482913",
      "On 27 Nov:\n> Your code is 111111.\n\nYour code is 482913.", "code 482913\ncode 482913",
      "Enter 482913 on the screen.\n\nHotline 0755-123456",
      "Secure code\n\n482913\n\nTicket 100234",
      "Your code is 482913, 100234 is your ticket", "Old code: 111111\nNew code: 482913",
      "Secure code ........ 482913", "Ticket | Code\n--- | ---\n100234 | 482913",
      "Please type the following number: 482913", "Your password reset code is 482913",
      "482913\nis your code.\nRef 100234", "Verification code . . . : 482913",
      "Use the following code to reset your password:\n\n482913",
      "Ihr Code für das Zurücksetzen des Passworts lautet: 482913",
      "The code is:\n482913\nSN:777001",
    ])
  func named(text: String) throws {
    #expect(try answer(text) == "482913")
  }

  @Test(
    "Codes are named in many languages, and their digits written in many scripts",
    arguments: [
      "รหัสยืนยันของคุณคือ 482913", "รหัสรักษาความปลอดภัย: 482913", "รหัส OTP ของคุณคือ: 482913",
      "आपका सत्यापन कोड 482913 है।", "सुरक्षा कोड: ४८२९१३", "رمز التحقق الخاص بك هو: 482913",
      "رمز الأمان: ٤٨٢٩١٣", "Mã xác nhận của bạn là: 482913",
      "Ma\u{303} xa\u{301}c minh: 482913", "Gunakan kode 482913 untuk masuk.",
      "Kode verifikasi Anda adalah 482913.", "Kod pengesahan anda ialah 482913.",
      "Ваш код підтвердження: 482913", "Ο κωδικός επαλήθευσής σας είναι: 482913",
      "ΚΩΔΙΚΟΣ ΑΣΦΑΛΕΙΑΣ: 482913", "קוד האימות שלך הוא: 482913", "קוד חד-פעמי: 482913",
      "Code: 4\u{fe0f}\u{20e3}8\u{fe0f}\u{20e3}2\u{fe0f}\u{20e3}913",
    ])
  func languages(text: String) throws {
    #expect(try answer(text) == "482913")
  }

  @Test(
    "Other numbers of these languages are no codes",
    arguments: [
      "รหัสไปรษณีย์ 100234", "รหัสสินค้า: 100234", "उत्पाद कोड: 100234", "त्रुटि कोड 100234",
      "الرمز البريدي: 100234", "رمز المنتج: 100234", "Mã đơn hàng: 100234", "Kode pos: 401123",
      "Kod ralat 100234", "Поштовий код 100234", "Ταχυδρομικός κωδικός: 100234",
      "קוד מוצר: 100234", "Request code: 100234", "Get your code\n100234",
    ])
  func otherLanguages(text: String) throws {
    #expect(try answer(text) == "none")
  }

  @Test("A caption below a number that stands out names it, where nothing else may")
  func captions() throws {
    let code = "<h1>482913</h1><p>Your verification code</p>"
    #expect(try answer(code, isHTML: true) == "482913")
    #expect(try answer("<p>Hello,</p>\(code)<p>Thank you</p>", isHTML: true) == "482913")
    for other in [
      "<p>Locker</p>\(code)", "\(code)<p>will be sent by SMS</p>", "\(code)<img src=code.png>",
      "<p>482913</p><p>Your verification code</p>", "<h1>482913</h1><p>Your verification code:</p>",
      "<h1>482913</h1><p>Your verification code was sent by SMS</p>",
      "<p>Ticket</p>\(code)",
    ] {
      #expect(try answer(other, isHTML: true) == "none", "\(other)")
    }
  }

  @Test(
    "What nothing calls the code is never taken for it",
    arguments: [
      "A482913 and 4829134 are codes", "Postcode: 518000", "Zip code: 518000", "Error code 100234",
      "Your code was sent. Request 100234", "Lab Street 5, 518000 Shenzhen\nYour code has expired.",
      "No code could be made on 281126.", "https://a.example/?code=482913 is your code link",
      "Your code is on the label. Call 0755-123456.", "482913", "code@482913.example",
      "Code valid until: 281126", "Code for request: 100234", "Ticket\n100234\nno code today",
      "Encode 482913 bytes", "Dealer code: 100234", "Código postal: 518000", "Fehlercode: 100234",
      "エラーコード: 100234", "Your code 111111 has expired.", "482913 is not your secure code",
      "Code sent by SMS at\t10\t15\t30", "The code was sent by SMS.\n100234",
      "Enter 100234 as the user name and the code from the SMS.", "Kod pocztowy: 518000",
      "Your secure code:\n518000 Shenzhen", "code 28-11-26", "code 482913%",
      "Price of the code: $482913",
    ])
  func unnamed(text: String) throws {
    #expect(try answer(text) == "none")
  }

  @Test(
    "Two that may be the code are told, both",
    arguments: [
      ("code 482913 or code 582913", "482913|582913"),
      ("Admin code: 482913\nGuest code: 555666", "482913|555666"),
      ("Please take 482913 or 555666 from this mail.", "482913|555666"),
      ("Secure code\n482913\n100234", "482913|100234"),
      ("Your codes: 482913, 555666", "482913|555666"),
      ("Use code 482913 for the hall or 555666", "482913|555666"),
      ("482913\nSecure code\n100234\nTicket", "482913|100234"),
      ("Secure code\tTicket\n482913\t100234\n555666\t100235", "482913|555666"),
    ])
  func ambiguous(text: String, both: String) throws {
    #expect(try answer(text) == both)
  }

  @Test("Plain text, HTML and subject are searched, and must agree")
  func places() throws {
    #expect(try answer("see the subject", subject: "482913 is your code") == "482913")
    #expect(try answer("code: 555666", subject: "482913 is your code") == "482913|555666")
    #expect(
      try answer(
        "<p>Your code</p><h1>482913</h1><p>Ticket</p><p>100234</p>", isHTML: true) == "482913")
    #expect(
      try answer(
        "<table><tr><th>Ticket<th>Code<tr><td>100234<td>482913</table>", isHTML: true) == "482913")
    #expect(
      try answer(
        "<table><tr><td></td><td><div>Secure code</div></td></tr>"
          + "<tr><td><p>777001</p></td><td><p>482913</p></td></tr></table>", isHTML: true)
        == "482913")
    #expect(
      try answer("Your secure code:<br><img src=code.png><br>100234", isHTML: true) == "none")
  }

  @Test("Codes of letters are told from words")
  func letters() throws {
    let shape = CodeShape(length: 7, alphabet: Set("abcdefghijklmnopqrstuvwxyz0123456789"))
    #expect(try answer("Your code expires today. Code: 7f3kz9q", shape) == "7f3kz9q")
    #expect(try answer("The code is invalid", shape) == "none")
    let upper = CodeShape(length: 8, alphabet: Set("0123456789ABCDEF:"))
    #expect(try answer("MAC: 3A:4F:09. Code 3A:4F:10.", upper) == "3A:4F:10")
    let grouped = CodeShape(length: 8, alphabet: Set("0123456789ABCDEF"))
    #expect(try answer("Security Code: A1B2-C3D4", grouped) == "A1B2C3D4")
  }

  @Test("A model's pattern and words decide")
  func model() throws {
    var shape = CodeShape(
      length: 6, alphabet: Set("0123456789"), pattern: try Pattern("4.*"), words: ["reset key"])
    #expect(try answer("Guest code: 555666\nReset  key: 482913", shape) == "482913")
    #expect(try answer("Reset keys: 482913\nCode: 411111", shape) == "482913|411111")
    shape.words = ["Prüfzahl"]
    #expect(try answer("Ihre PRÜFZAHL: 482913\nCode: 411111", shape) == "482913")
  }
}
