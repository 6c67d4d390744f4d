public import Bench
public import Frames
public import RecorderModel

/// Types on a recorder's on-screen keyboard with the mouse.
///
/// After each key the field is seen to change before the next one is pressed; in the end it is
/// read. Nothing of a secret gets into results or errors.
public actor KeyboardTypist {
  let pilot: MousePilot
  let screen: any Screen
  let clock: any BenchClock
  let keyboard: Keyboard
  let eyes: any KeyboardEyes
  let timing: TypingTiming
  /// The page that was up after the last typing.
  private var lastPage: String?

  /// Creates a typist for one keyboard.
  public init(
    pilot: MousePilot, screen: any Screen, clock: any BenchClock, keyboard: Keyboard,
    eyes: any KeyboardEyes, timing: TypingTiming = .standard
  ) {
    self.pilot = pilot
    self.screen = screen
    self.clock = clock
    self.keyboard = keyboard
    self.eyes = eyes
    self.timing = timing
  }

  /// Whether every character can be typed on the keyboard.
  public nonisolated func canType(_ text: String) -> Bool {
    let route = KeyRoute(keyboard: keyboard)
    guard let first = keyboard.pages.first else { return text.isEmpty }
    return text.allSatisfy { character in
      route.presses(from: first.name) { $0 == .character(character) } != nil
    }
  }

  /// Types a text into a field that has the keyboard's attention, empties it before if need be,
  /// and checks and corrects what it shows.
  public func type(_ request: TypingRequest, by deadline: MonotonicInstant)
    async throws(HandError) -> TypingResult
  {
    guard canType(request.text) else { throw .characterNotOnKeyboard }
    var session = try await TypingSession.open(typist: self, request: request, by: deadline)
    let result = try await session.run()
    lastPage = session.page
    return result
  }

  /// Presses the keyboard's enter key, right after typing; its effect is the caller's to see.
  @discardableResult
  public func pressEnter(by deadline: MonotonicInstant) async throws(HandError) -> ClickRecord {
    let request = TypingRequest(text: "", field: nil, isSecret: true)
    var session = try await TypingSession.open(
      typist: self, request: request, page: lastPage, by: deadline)
    lastPage = nil
    return try await session.pressEnter()
  }
}

/// The times that a typist works with.
public struct TypingTiming: Sendable, Hashable {
  /// How long a key's effect is waited for before the key is pressed again.
  public var effect: Duration
  /// How long the keyboard may take to be seen, at rest.
  public var keyboard: Duration
  /// How long a page may take to come up.
  public var page: Duration
  /// How many times a key without effect is pressed, at most.
  public var presses: Int
  /// How many times something wrong is removed and typed anew, at most.
  public var corrections: Int

  /// Creates timings.
  public init(
    effect: Duration = .milliseconds(900), keyboard: Duration = .seconds(5),
    page: Duration = .milliseconds(1500), presses: Int = 3, corrections: Int = 3
  ) {
    self.keyboard = keyboard
    self.effect = effect
    self.page = page
    self.presses = presses
    self.corrections = corrections
  }

  /// What suits recorders.
  public static let standard = TypingTiming()

  /// What suits recorders on a rig that shows their answers so many times later.
  public static func patient(_ times: Int) -> TypingTiming {
    var timing = standard
    timing.effect *= times
    timing.keyboard *= times
    timing.page *= times
    return timing
  }
}
