/// What mails call secure codes, what they call other things that they number, and how they join a
/// number to its name, in the languages that recorders write.
///
/// All words are in lower case. A code is one only by a name that is known: whatever else is called
/// a code, of a product, a place, an error, is something else.
enum CodeVocabulary {
  /// Words that name a code where nothing makes another thing of it.
  static let names: Set<String> = [
    "code", "codes", "passcode", "otp", "kod", "kodu", "kodunuz", "kode", "koden", "koodi",
    "koodin", "kód", "kódu", "kódja", "kódod", "codice", "código", "codigo", "cod", "codul", "код",
    "кода", "коду", "κωδικός", "κωδικό", "קוד", "הקוד", "رمز", "الرمز", "رمزك", "كود", "kods",
    "kodas", "koda", "mã", "कोड",
    "кодом", "κωδικού", "κωδικος", "κωδικοσ", "הקודים", "الكود", "كودك", "ओटीपी", "कूट",
  ]

  /// Phrases that name a code.
  static let phrases: PhraseIndex = [
    "one-time password", "one time password", "verification number", "security number",
    "einmalpasswort", "einmalkennwort", "одноразовый пароль", "одноразовий пароль",
    "वन-टाइम पासवर्ड", "رقم التحقق", "رقم التأكيد", "رقم الأمان", "מספר אימות", "वन टाइम पासवर्ड",
  ]

  /// Ends of compounds that name a code, such as that of `Sicherheitscode`.
  static let compoundEnds = ["code", "kode", "koden", "kod", "koodi", "kód", "codes"]

  /// Names of a code in scripts that do not part words.
  static let unpartedNames: PhraseIndex = [
    "验证码", "驗證碼", "校验码", "校驗碼", "安全码", "安全碼", "确认码", "確認碼", "动态码", "動態碼", "重置码", "重置碼",
    "认证码", "認證碼", "验证代码", "安全代码", "确认代码", "认证代码", "动态密码", "認証コード", "確認コード",
    "セキュリティコード", "セキュリティ コード", "リセットコード", "ワンタイムパスワード", "ワンタイムコード", "認証番号", "確認番号",
    "暗証番号", "인증번호", "인증 번호", "인증코드", "인증 코드", "보안코드", "보안 코드", "확인코드", "확인 코드",
    "รหัสยืนยัน", "รหัสความปลอดภัย", "รหัสผ่านครั้งเดียว",
    "รหัสการยืนยัน", "รหัสรักษาความปลอดภัย", "รหัสผ่านแบบใช้ครั้งเดียว", "รหัสผ่านใช้ครั้งเดียว", "รหัสตรวจสอบ",
    "รหัสการตรวจสอบ", "รหัสรีเซ็ต", "รหัสเข้าถึง", "รหัสโอทีพี", "รหัส otp",
  ]

  /// Names of a code in these scripts that name other things with a word before them.
  static let unpartedPlainNames: PhraseIndex = ["コード", "코드", "รหัส"]

  /// What says which code it is: the secure one. Before the name or behind it, or joined to it.
  static let qualifying: Set<String> = [
    // English
    "secure", "security", "verification", "verify", "confirmation", "confirm", "reset", "access",
    "auth", "authentication", "authorization", "authorisation", "activation", "one", "time",
    "onetime", "single", "use", "temporary", "login", "log", "sign", "signin", "unlock", "recovery",
    "safety", "validation", "password", "digit", "passwords", "continue", "proceed",
    "zurücksetzen", "passwort", "passworts", "kennworts", "restablecer", "contraseña",
    "réinitialiser",
    "reimpostare", "redefinir", "senha", "hasła", "mengatur", "ulang", "kata", "digits", "numeric",
    "secret",
    // German, Dutch, Scandinavian, Finnish: joined to the name
    "sicherheits", "bestätigungs", "verifizierungs", "verifikations", "zugangs", "prüf", "freigabe",
    "rücksetz", "einmal", "aktivierungs", "wiederherstellungs", "authentifizierungs",
    "beveiligings",
    "verificatie", "bevestigings", "toegangs", "herstel", "säkerhets", "verifierings",
    "bekräftelse",
    "engångs", "återställnings", "sikkerheds", "sikkerhets", "bekræftelses", "bekreftelses",
    "engangs", "nulstillings", "zurücksetzungs", "rücksetzungs", "usage", "obnovení",
    "tilbakestillings", "vahvistus", "turva", "suojaus", "todennus",
    "kerta", "pass",
    // Romance
    "sécurité", "vérification", "sécurisé", "réinitialisation", "accès", "unique",
    "authentification", "seguridad", "verificación", "confirmación", "acceso", "restablecimiento",
    "seguro", "activación", "autenticación", "validación", "recuperación", "sicurezza", "verifica",
    "conferma", "accesso", "sicuro", "reimpostazione", "ripristino", "autenticazione",
    "attivazione",
    "segurança", "verificação", "confirmação", "acesso", "redefinição", "autenticação", "ativação",
    "recuperação", "securitate", "verificare", "confirmare", "acces",
    // Slavic, Turkish, Hungarian, Baltic, Greek, Semitic, Asian
    "weryfikacyjny", "bezpieczeństwa", "potwierdzający", "zabezpieczający", "resetowania",
    "dostępu",
    "autoryzacyjny", "подтверждения", "безопасности", "проверочный", "защитный", "доступа",
    "восстановления", "сброса", "підтвердження", "безпеки", "ověřovací", "bezpečnostní",
    "potvrzovací", "doğrulama", "güvenlik", "onay", "sıfırlama", "erişim", "biztonsági",
    "ellenőrző", "megerősítő", "επαλήθευσης", "ασφαλείας", "אימות", "אבטחה", "האימות", "האבטחה",
    "التحقق", "الأمان", "التأكيد", "verifikasi", "keamanan", "konfirmasi", "xác", "nhận", "minh",
    "bảo", "mật", "सत्यापन", "सुरक्षा",
    "перевірки", "верифікації", "авторизації", "доступу", "одноразовий", "захисний", "скидання",
    "відновлення", "активації", "автентифікації", "входу", "пароля", "верификации", "авторизации",
    "активации", "аутентификации", "одноразовый", "проверки", "входа", "секретный", "защиты",
    "επιβεβαίωσης", "επιβεβαίωσής", "επαλήθευσής", "ασφάλειας", "πρόσβασης",
    "ταυτοποίησης", "μίας", "μιας", "χρήσης", "επαναφοράς", "ενεργοποίησης", "σύνδεσης",
    "επαληθευσησ", "ασφαλειασ", "επιβεβαιωσησ", "επαληθευσης", "ασφαλειας", "επιβεβαιωσης",
    "גישה", "הגישה", "חד", "פעמי", "החד", "הפעמי", "אישור", "האישור", "כניסה", "הכניסה", "זיהוי",
    "הזיהוי", "איפוס", "האיפוס", "ביטחון", "שחזור", "סודי",
    "تحقق", "أمان", "تأكيد", "التفعيل", "تفعيل", "المصادقة", "مصادقة", "الدخول", "دخول", "السري",
    "المرور", "مرور", "لمرة", "واحدة", "استعادة", "إعادة", "تعيين", "كلمة", "الأمني", "المؤقت",
    "autentikasi", "otentikasi", "aktivasi", "akses", "rahasia", "otorisasi", "sandi", "sekali",
    "pakai", "pengesahan", "keselamatan", "pengaktifan", "semula", "laluan",
    "thực", "toàn", "kích", "hoạt", "đặt", "lại", "truy", "cập", "đăng", "khẩu", "otp",
    "पुष्टिकरण", "प्रमाणीकरण", "रीसेट", "एक्सेस", "लॉगिन", "गुप्त",
  ]

  /// Words beside a name or a number that say nothing of what it is.
  static let joining: Set<String> = [
    "your", "now", "the", "number", "no", "nr", "num", "this", "a", "an", "new", "here", "my",
    "our", "following", "please", "mail", "email", "e", "n", "ihr", "ihre", "dein", "der", "die",
    "das", "den", "neuer", "neue", "votre", "le", "la", "su", "tu", "el", "il", "tuo", "suo", "seu",
    "o", "uw", "je", "de", "di", "da", "do", "du", "del", "della", "des", "d", "l", "dvs", "az",
    "ön",
    "twój", "ваш", "din", "ditt", "dit", "sizin", "i", "için", "anda", "của", "bạn", "nouveau",
    "nuevo", "nuovo", "novo", "teie", "tvoj", "váš", "vaš", "σας", "σου", "الخاص", "بك", "à", "ο",
    "שלך", "هو", "هي",
    "you", "sie", "dich", "vous", "usted", "ti", "lei", "você", "u", "cię", "вас",
    "hier", "nachfolgende", "folgende", "folgender", "aktueller", "aktuelle", "current", "s",
    "kamu", "ini", "ของคุณ", "ของท่าน", "ваша", "вашего", "вашого", "новий", "новый", "този", "το",
    "τον", "του", "της",
    "שלכם", "الخاصة", "بكم", "لحسابك", "الجديد", "لديك", "này", "mới", "आपका", "आपके", "आपकी",
    "यह", "नया", "का", "के", "की",
  ]

  /// Words that say that what follows, or what was before, is it.
  static let saying: Set<String> = [
    "is", "are", "was", "follows", "below", "reads", "ist", "lautet", "est", "es", "è", "é", "er",
    "är", "jest", "это", "este", "adalah", "là", "είναι", "הוא", "هو", "هي", "है", "je",
    "ialah", "yaitu", "це", "הינו", "คือ", "ของคุณคือ", "ของท่านคือ", "เป็น",
  ]

  /// Words that say it in one language, and something else in others, by how names begin or end there.
  static let ownSaying = [(name: "koodi", word: "on"), (name: "kod", word: "to")]

  /// The same in scripts that do not part words.
  static let unpartedSaying: Set<Character> = ["是", "为", "為", "は", "が", "는", "은", "이", "가"]

  /// What may stand between a name and its number in these.
  static let unpartedJoining: Set<String> = [
    "", "是", "为", "為", "は", "が", "는", "은", "이", "가", "如下", "ของคุณคือ", "คือ", "の番号は", "号",
    "ของท่านคือ", "ของคุณ", "ของท่าน", "เป็น", "นี้คือ", "ของคุณเป็น",
  ]

  /// What leads from a number to its name as these do: `482913 as your code`.
  static let calling: Set<String> = ["as", "als", "comme", "como", "come", "som"]

  /// What leads from a name to what it is for.
  static let leading: Set<String> = [
    "for", "on", "from", "with", "in", "of", "to", "für", "von", "zu", "im", "pour", "para", "per",
    "por",
    "voor", "till", "til", "för", "dla", "do", "для", "na", "pe", "untuk", "cho",
  ]

  /// Things that a code may be for, and that may be numbered themselves.
  static let things: Set<String> = [
    "account", "address", "box", "camera", "channel", "customer", "device", "dvr", "line", "nvr",
    "recorder", "street", "unit", "user", "system", "gerät", "konto", "kunde", "rekorder",
    "straße", "apartment", "appareil", "compte", "enregistreur", "aparato", "dispositivo", "cuenta",
    "grabador",
    "registratore", "gravador", "urządzenie", "устройство", "устройства",
    "регистратора", "apparaat", "enhet", "enhed", "laite", "cihaz",
  ]

  /// What is numbered: a number right behind one of these is no code.
  static let numbered: Set<String> = [
    "article", "bill", "build", "call", "case", "date", "datum", "event", "expires", "fax",
    "firmware", "hotline", "id", "invoice", "item", "job", "mac", "message", "mobile", "model",
    "order", "page", "phone", "plz", "port", "postal", "postcode", "postleitzahl", "product",
    "protocol", "ref", "reference", "release", "report", "request", "revision", "room", "sequence",
    "serial", "sn", "sticker", "tel", "telephone", "ticket", "transaction", "until", "valid", "vat",
    "version", "zip", "zipcode", "anfrage", "auftrag", "auftragsnummer", "bestellung",
    "bestellnummer", "bis", "gültig", "kundennummer", "rechnung", "seriennummer", "telefon",
    "telefonnummer", "ticketnummer", "vorgang", "vorgangsnummer", "commande", "demande", "dossier",
    "facture", "série", "téléphone", "fecha", "pedido", "serie", "solicitud", "teléfono",
    "telefono",
    "data", "numéro", "номер", "заказ", "дата", "телефон", "app", "guest", "name",
    "tiket", "pesanan", "faktur", "nomor", "telepon", "tanggal", "versi", "vé", "đơn", "số",
    "ngày", "замовлення", "квиток", "заявки", "заявка", "запит", "запрос", "запроса", "серийный",
    "серійний", "версия", "версія", "αριθμός", "παραγγελία", "παραγγελίας", "αίτημα", "αίτησης",
    "τηλέφωνο", "ημερομηνία", "הזמנה", "טלפון", "מספר", "פנייה", "תאריך", "رقم", "طلب", "الطلب",
    "هاتف",
    "تاريخ", "تذكرة", "टिकट", "ऑर्डर", "अनुरोध", "संख्या", "फ़ोन", "दिनांक",
  ]

  /// What a person is asked to do with a code.
  static let doing: Set<String> = [
    "enter", "type", "input", "use", "gib", "geben", "eingeben", "saisissez", "entrez",
    "introduzca", "ingrese", "inserisci", "inserire", "digite", "insira", "wpisz", "введите",
    "введіть", "используйте", "використайте", "masukkan", "gunakan", "ketik", "taip", "nhập",
    "dùng",
    "εισάγετε", "εισαγάγετε", "χρησιμοποιήστε", "πληκτρολογήστε", "הזן", "הזינו", "הקלד", "הקישו",
    "أدخل", "ادخل", "استخدم", "اكتب",
  ]

  /// What may also come before a name: who does what with the code.
  static let acting: Set<String> = [
    "enter", "type", "input", "use", "with", "by", "is", "and", "or", "share", "get", "got", "sent",
    "send", "request", "requested", "see", "find", "copy", "called", "need", "if", "when", "that",
    "ist", "est", "es", "è", "é", "und", "et", "y", "geben", "den", "mit", "für", "for", "of", "to",
    "as", "in", "als", "comme", "como",
    "gunakan", "masukkan", "ketik", "guna", "taip", "sila", "berikut", "berikan", "kongsi",
    "dengan",
    "введіть", "введите", "используйте", "використайте", "це", "это", "nhập", "dụng", "dùng", "là",
    "εισάγετε", "εισαγάγετε", "χρησιμοποιήστε", "πληκτρολογήστε", "είναι", "הזן", "הזינו", "הקלד",
    "את", "أدخل", "ادخل", "استخدم", "إدخال", "استخدام", "هذا", "दर्ज", "adalah", "ialah",
  ]

  /// What before a name says that the code is somewhere else, or numbers something that was asked.
  static let absent: Set<String> = ["get", "obtain", "request", "resend"]

  /// What joins one code to another.
  static let conjunctions: Set<String> = [
    "or", "and", "oder", "und", "ou", "et", "o", "u", "y", "e", "i", "of", "en", "eller", "og",
    "och",
    "tai", "ja", "lub", "или", "и", "veya", "ve", "vagy", "és", "sau", "și", "atau", "dan", "hoặc",
    "và", "oppure",
  ]
  /// The same in scripts that do not part words.
  static let unpartedConjunctions: Set<Character> = ["或", "和", "及", "与", "と", "또", "와", "과"]

  /// What says of a code that it holds no more, or is none.
  static let denying: PhraseIndex = [
    "expired", "no longer", "already used", "already been used", "was used", "cancelled",
    "canceled",
    "blocked", "revoked", "invalid", "not valid", "not your", "isn't", "never", "abgelaufen",
    "ungültig",
    "bereits verwendet", "nicht mehr", "gesperrt", "expiré", "n'est plus", "invalide", "caducado",
    "inválido", "ya no", "scaduto", "non è più", "non valido", "expirou", "expirado", "não é mais",
    "wygasł", "nieważny", "stracił", "истёк", "истек", "недействителен", "verlopen", "ongeldig",
    "больше не", "не действует", "失效", "过期", "過期", "無効", "期限切れ", "만료", "süresi doldu", "geçersiz",
    "utgått", "udløbet",
    "vanhentunut", "platnost vypršela", "kedaluwarsa", "hết hạn", "λήξει", "פג", "انتهت",
    "tamat tempoh", "tidak berlaku", "tidak sah", "hết hiệu lực", "không hợp lệ", "έληξε",
    "δεν ισχύει",
    "לא בתוקף", "אינו תקף", "منتهي", "غير صالح", "हो चुका है", "अमान्य", "หมดอายุ", "ไม่ถูกต้อง", "закінчився",
    "недійсний", "більше не",
  ]

  /// What a sentence's full stop is not behind.
  static let shortened: Set<String> = ["no", "nr", "num", "n", "núm", "dvs"]

  /// What begins an older message below.
  static let olderMessage = [
    "original message", "ursprüngliche nachricht", "message d'origine", "mensaje original",
    "messaggio originale", "mensagem original", "oorspronkelijk bericht", "forwarded message",
    "weitergeleitete nachricht", "wiadomość oryginalna", "исходное сообщение", "原始邮件",
  ]
}
