/// Sheets of several kinds, some examined at the same time: what the commands that show sheets to the
/// eyes have in common.
struct SheetRun<Kind: Sendable> {
  private let sheets: [(kind: Kind, number: Int)]
  private let jobs: Int

  /// Takes sheets.
  ///
  /// - Parameters:
  ///   - sheets: which.
  ///   - jobs: how many are examined at the same time.
  init(_ sheets: [(kind: Kind, number: Int)], jobs: Int) {
    self.sheets = sheets
    self.jobs = jobs
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
