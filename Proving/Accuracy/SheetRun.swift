import ArgumentParser

/// Sheets of several kinds, some examined at the same time: what the commands that show sheets to the
/// eyes have in common.
struct SheetRun<Kind: Sendable> {
  private let sheets: [(kind: Kind, number: Int)]
  private let jobs: Int

  /// Chooses sheets: as many of each kind as give about so many cases, or one of each kind.
  ///
  /// - Parameters:
  ///   - kinds: the kinds.
  ///   - cases: about how many cases all of them are to give.
  ///   - casesPerSheet: how many cases a sheet gives.
  ///   - sheet: the number of the only one of each kind; nil for as many as it takes.
  ///   - jobs: how many are examined at the same time.
  init(_ kinds: [Kind], cases: Int, casesPerSheet: Int, sheet: Int?, jobs: Int) {
    let each = (cases - 1) / (kinds.count * casesPerSheet) + 1
    let numbers = sheet.map { [$0] } ?? Array(0..<each)
    sheets = numbers.flatMap { number in kinds.map { (kind: $0, number: number) } }
    self.jobs = jobs
  }

  /// Checks what is asked for on a command line.
  static func validate(cases: Int, sheet: Int?, jobs: Int) throws {
    if cases < 1 { throw ValidationError("--cases must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if let sheet, sheet < 0 { throw ValidationError("--sheet counts from 0.") }
  }

  /// Examines the sheets.
  ///
  /// - Parameters:
  ///   - outcomes: asks everything about a sheet.
  ///   - take: is given each outcome, as they come.
  /// - Throws: what either throws.
  func examine<Outcome: Sendable>(
    _ outcomes: @escaping @Sendable (Kind, Int) async throws -> [Outcome],
    _ take: (Outcome) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: [Outcome].self) { group in
      var next = 0
      func add() {
        guard next < sheets.count else { return }
        let (kind, number) = sheets[next]
        next += 1
        group.addTask { try await outcomes(kind, number) }
      }
      for _ in 0..<jobs { add() }
      while let found = try await group.next() {
        for outcome in found { try take(outcome) }
        add()
      }
    }
  }
}
