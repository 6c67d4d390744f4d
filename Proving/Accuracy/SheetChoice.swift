import ArgumentParser

/// Which sheets a command shows to the eyes, as its options say.
struct SheetChoice<Kind>: ParsableArguments
where Kind: CaseIterable & ExpressibleByArgument & Sendable {
  @Option(help: "What all random numbers come from.")
  var seed: UInt64 = 1

  @Option(help: "Only this kind; may be repeated.")
  var kind: [Kind] = []

  @Option(help: "Only the sheet of this number, of each kind.")
  var sheet: Int?

  /// Checks what is asked for, with how many cases there are to be and how many sheets at the same
  /// time.
  func validate(cases: Int, jobs: Int) throws {
    if cases < 1 { throw ValidationError("--cases must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if let sheet, sheet < 0 { throw ValidationError("--sheet counts from 0.") }
  }

  /// Chooses sheets: as many of each kind as give about so many cases, or one of each kind.
  ///
  /// - Parameters:
  ///   - cases: about how many cases all of them are to give.
  ///   - casesPerSheet: how many cases a sheet gives.
  ///   - jobs: how many are examined at the same time.
  /// - Returns: the sheets, to be examined.
  func sheets(cases: Int, casesPerSheet: Int, jobs: Int) -> SheetRun<Kind> {
    let kinds = kind.isEmpty ? Array(Kind.allCases) : kind
    let each = (cases - 1) / (kinds.count * casesPerSheet) + 1
    let numbers = sheet.map { [$0] } ?? Array(0..<each)
    return SheetRun(
      numbers.flatMap { number in kinds.map { (kind: $0, number: number) } }, jobs: jobs)
  }
}
