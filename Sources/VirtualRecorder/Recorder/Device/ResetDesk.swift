import Frames

/// A request for a password reset: its code, bound to a date and good for a while.
struct ResetRequest: Hashable, Sendable {
  var code: String
  /// The date on the screen when it was made.
  var date: CalendarDate
  var madeAt: MonotonicInstant
}

/// Hands out secure codes and checks them. Only the last request counts.
struct ResetDesk: Sendable {
  /// What becomes of a code.
  enum Answer: Hashable, Sendable {
    case accepted
    case wrong(attemptsLeft: Int)
    case expired
    case locked
  }

  private let format: VirtualModel.CodeFormat
  private var defects: Set<VirtualDefect>
  private var counter: AttemptCounter
  private var sawWrongCode = false
  /// The request that counts.
  private(set) var request: ResetRequest?

  /// Creates a desk without requests.
  init(_ model: VirtualModel, defects: Set<VirtualDefect>) {
    format = model.code
    counter = AttemptCounter(model.codeLimit)
    self.defects = defects
  }

  /// Lets a defect set in.
  mutating func setIn(_ defect: VirtualDefect) { defects.insert(defect) }

  /// Whether codes are refused unseen at an instant.
  mutating func isLocked(at now: MonotonicInstant) -> Bool { counter.isLocked(at: now) }

  /// Makes a request in place of any earlier one.
  mutating func makeRequest(
    at now: MonotonicInstant, date: CalendarDate, secrets: inout RandomStream
  ) -> ResetRequest {
    let request = ResetRequest(code: newCode(&secrets), date: date, madeAt: now)
    self.request = request
    sawWrongCode = false
    return request
  }

  /// Draws a code.
  func newCode(_ secrets: inout RandomStream) -> String {
    let alphabet = Array(format.alphabet)
    return String(
      (0..<format.length).map { _ in alphabet[secrets.integer(in: 0...(alphabet.count - 1))] })
  }

  /// Judges a code; an accepted one is used up.
  mutating func check(
    _ code: String, at now: MonotonicInstant, date: CalendarDate
  ) -> Answer {
    if counter.isLocked(at: now) { return .locked }
    guard let request else { return .expired }
    if defects.contains(.acceptsAnyCode) { return accept() }
    let isRight = code == request.code
    let isRefused = defects.contains(.refusesRightCodeAfterWrong) && sawWrongCode
    guard isRight, !isRefused else {
      sawWrongCode = true
      counter.fail(at: now)
      if counter.isLocked(at: now) {
        self.request = nil
        return .locked
      }
      return .wrong(attemptsLeft: counter.attemptsLeft)
    }
    if !isGood(request, at: now, date: date), !defects.contains(.acceptsExpiredCode) {
      self.request = nil
      return .expired
    }
    return accept()
  }

  private func isGood(
    _ request: ResetRequest, at now: MonotonicInstant, date: CalendarDate
  ) -> Bool {
    let sameDay =
      (request.date.year, request.date.month, request.date.day)
      == (date.year, date.month, date.day)
    return sameDay && now < request.madeAt.advanced(by: format.lifetime)
  }

  private mutating func accept() -> Answer {
    counter.succeed()
    request = nil
    return .accepted
  }

  /// What is kept of it.
  func memory(on timeline: Timeline) -> DeskMemory {
    DeskMemory(
      counter: counter.memory(on: timeline), sawWrongCode: sawWrongCode,
      request: request?.memory(on: timeline))
  }

  /// Goes on with what was kept.
  mutating func restore(_ memory: DeskMemory, _ timeline: Timeline) {
    counter.restore(memory.counter, timeline)
    sawWrongCode = memory.sawWrongCode
    request = memory.request.map { ResetRequest($0, timeline) }
  }
}
