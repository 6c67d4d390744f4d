/// What mails call secure codes, what they call other things that they number, and how they join a
/// number to its name.
enum CodeWords {
  /// Words that name a code, in lower case.
  static let names: Set<String> = [
    "code", "codes", "passcode", "otp", "tan", "kod", "kodu", "kodunuz", "kode", "koden", "koodi",
    "koodin", "kód", "kódu", "kóðinn", "codice", "código", "codigo", "cod", "codul", "код", "кода",
    "коду", "κωδικός", "κωδικό", "קוד", "הקוד", "رمز", "الرمز", "كود", "kods", "kodas", "koda",
    "mã",
  ]

  /// Ends of compounds that name a code, such as that of `Sicherheitscode`.
  static let compoundEnds = ["code", "kode", "kod", "koden", "koodi", "kód"]

  /// Names of a code in scripts that do not part words.
  static let unpartedNames = [
    "验证码", "驗證碼", "校验码", "校驗碼", "安全码", "安全碼", "确认码", "確認碼", "动态码", "動態碼",
    "コード", "認証番号", "確認番号", "暗証番号", "인증번호", "인증코드", "보안코드", "확인코드", "코드", "รหัส",
  ].map { Array($0) }

  /// What makes another thing of a code, before the word or joined to it.
  static let otherCodes: Set<String> = [
    "area", "article", "bar", "branch", "build", "campaign", "channel", "color", "colour",
    "country", "coupon", "currency", "customer", "debug", "dial", "dialing", "dialling",
    "discount", "dress", "error", "event", "exit", "fault", "geo", "gift", "item", "key",
    "language", "licence", "license", "machine", "model", "order", "part", "post", "postal",
    "product", "promo", "promotion", "promotional", "qr", "reason", "ref", "reference", "referral",
    "region", "request", "response", "routing", "serial", "sort", "source", "state", "status",
    "store", "swift", "tax", "ticket", "tracking", "uni", "version", "voucher", "zip", "artikel",
    "barre", "fehler", "geräte", "gutschein", "kunden", "länder", "landes", "lizenz", "produkt",
    "quell", "rabatt", "strich", "vor",
  ]

  /// What is numbered: a number right behind one of these is no code.
  static let numbered: Set<String> = [
    "article", "bill", "build", "call", "case", "date", "datum", "event", "expires", "fax",
    "firmware", "hotline", "id", "invoice", "item", "job", "mac", "message", "mobile", "model",
    "order", "page", "phone", "plz", "port", "postal", "postcode", "postleitzahl", "product",
    "protocol", "ref", "reference", "release", "report", "request", "revision", "room", "sequence",
    "serial", "sn", "sticker", "tel", "telephone", "ticket", "time", "tracking", "transaction",
    "until", "valid", "vat", "version", "zip", "zipcode", "anfrage", "auftrag", "auftragsnummer",
    "bestellung", "bestellnummer", "bis", "gültig", "kundennummer", "rechnung", "seriennummer",
    "telefon", "telefonnummer", "ticketnummer", "vorgang", "vorgangsnummer", "commande", "demande",
    "dossier", "facture", "série", "téléphone", "fecha", "pedido", "serie", "solicitud", "teléfono",
    "scheda", "telefono", "data", "numéro", "номер", "заказ", "дата", "телефон",
  ]

  /// Things that may be numbered, and that a code may be for.
  static let things: Set<String> = [
    "account", "address", "box", "camera", "channel", "customer", "device", "dvr", "line", "mail",
    "nvr", "recorder", "street", "unit", "user", "gerät", "kunde", "rekorder", "straße",
    "apartment",
  ]

  /// Words that may stand between a name and its number, and say nothing.
  static let joining: Set<String> = [
    "your", "now", "as", "the", "number", "no", "nr", "num", "this", "a", "an", "new", "here",
    "following", "secure", "security", "verification", "one", "time", "reset", "confirmation",
    "access", "ihr", "dein", "der", "die", "das", "neuer", "votre", "le", "la", "su", "tu", "el",
    "il", "tuo", "suo", "seu", "o", "uw", "je", "de", "twój", "ваш", "din", "dit", "sizin",
  ]

  /// Words that say that what follows, or what was before, is it.
  static let saying: Set<String> = [
    "is", "are", "was", "follows", "below", "ist", "lautet", "est", "es", "è", "é", "er", "är",
    "jest", "это",
  ]

  /// The same in scripts that do not part words.
  static let unpartedSaying: Set<Character> = ["是", "为", "為", "は", "는", "은"]

  /// What leads from a name to what it is for.
  static let leading: Set<String> = [
    "for", "of", "on", "to", "from", "with", "in", "für", "von", "zu", "pour", "de", "du", "para",
    "per", "di", "voor", "till", "для",
  ]

  /// What a person is asked to do with a code.
  static let doing: Set<String> = [
    "enter", "type", "input", "use", "gib", "eingeben", "saisissez", "entrez", "introduzca",
    "ingrese", "inserisci", "digite", "insira", "wpisz", "введите",
  ]

  /// What a sentence's full stop is not behind.
  static let shortened: Set<String> = ["no", "nr", "num", "n", "núm"]

  /// Whether a word names a code; with `before`, the word that stands right before it, which may
  /// make another thing of it.
  static func isCode(_ word: String, before: String?) -> Bool {
    if names.contains(word) { return before.map { !otherCodes.contains($0) } ?? true }
    guard let end = compoundEnds.first(where: { word.hasSuffix($0) }) else { return false }
    let start = word.dropLast(end.count)
    // `decode` and `encode` are something else.
    return start.count >= 3 && !otherCodes.contains(String(start))
  }

  /// Whether a word with the one before it names another thing that is numbered.
  static func isOther(_ word: String, before: String?) -> Bool {
    if numbered.contains(word) || things.contains(word) { return true }
    let isName = names.contains(word) || compoundEnds.contains { word.hasSuffix($0) }
    return isName && !isCode(word, before: before)
  }
}
