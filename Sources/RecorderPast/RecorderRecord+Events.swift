/// What changes a record: things that were done to a recorder, and what it was seen to answer.
///
/// Whatever may have an effect is taken down *before* it is done, since the program may die in the
/// middle of it; what the recorder answers, after it was seen.
public enum RecorderEvent: Sendable, Hashable {
  /// A password is about to be handed in at the log-in prompt.
  case tries(password: String)
  /// It let somebody in.
  case proves(password: String)
  /// It was refused.
  case refutes(password: String)
  /// A password is about to be handed in as the new one.
  case proposes(password: String)
  /// Somebody says which password holds.
  case told(password: String)
  /// A secure code is about to be handed in.
  case triesCode
  /// A secure code was taken.
  case codeTaken
  /// It has restarted, which sets its counters of tries back.
  case triesForgotten
  /// The screen shows a version of the firmware.
  case firmwareRead(String)
  /// A version of the firmware was flashed.
  case firmwareFlashed(String)

  /// What happened, in words without secrets.
  public var words: String {
    switch self {
    case .tries: "a password is handed in"
    case .proves: "a password let somebody in"
    case .refutes: "a password was refused"
    case .proposes: "a new password is handed in"
    case .told: "a password was told"
    case .triesCode: "a secure code is handed in"
    case .codeTaken: "a secure code was taken"
    case .triesForgotten: "the tries are forgotten"
    case .firmwareRead(let version): "the screen shows firmware \(version)"
    case .firmwareFlashed(let version): "firmware \(version) was flashed"
    }
  }
}

extension RecorderRecord {
  /// Takes an event down.
  ///
  /// - Parameters:
  ///   - event: what happened, or is about to.
  ///   - instant: when, in seconds since 1970.
  public mutating func take(_ event: RecorderEvent, at instant: Double) {
    switch event {
    case .tries: logIn.spend(at: instant)
    case .proves(let password):
      logIn = SpentTries()
      // Whoever is let in has shown that no other password holds.
      for index in passwords.indices { passwords[index].certainty = .refused }
      believe(password, .proven, at: instant)
    case .refutes(let password): refuse(password, at: instant)
    case .proposes(let password):
      // Until one of them logs in, what held may still hold.
      for index in passwords.indices where passwords[index].certainty == .proven {
        passwords[index].certainty = .possible
      }
      believe(password, .possible, at: instant)
    case .told(let password): believe(password, .told, at: instant)
    case .triesCode: code.spend(at: instant)
    case .codeTaken: code = SpentTries()
    case .triesForgotten: (logIn, code) = (SpentTries(), SpentTries())
    case .firmwareRead(let version): firmware.read = version
    case .firmwareFlashed(let version): firmware.flashed = version
    }
  }

  /// A password was refused. One that had let somebody in may have been mistyped: it holds until it
  /// is refused again.
  private mutating func refuse(_ password: String, at instant: Double) {
    var refused = PasswordBelief(text: password, certainty: .refused, since: instant)
    if let index = passwords.firstIndex(where: { $0.text == password }) {
      if passwords[index].certainty == .proven { refused.certainty = .possible }
      passwords.remove(at: index)
    }
    let place = passwords.firstIndex { $0.certainty == .refused } ?? passwords.endIndex
    passwords.insert(refused, at: place)
    if passwords.count > Self.mostPasswords { passwords.removeLast() }
  }

  /// Puts a password before all others.
  private mutating func believe(
    _ password: String, _ certainty: PasswordBelief.Certainty, at instant: Double
  ) {
    passwords.removeAll { $0.text == password }
    passwords.insert(
      PasswordBelief(text: password, certainty: certainty, since: instant), at: 0)
    if passwords.count > Self.mostPasswords { passwords.removeLast() }
  }
}
