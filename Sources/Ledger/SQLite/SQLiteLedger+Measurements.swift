import FoundationEssentials
import GRDB

extension SQLiteLedger {
  /// How a measurement's name begins that is the time of a step.
  static let stepPrefix = "step: "

  /// The values of a measurement, or of a step's time, in the order of their runs.
  public func values(
    of name: String, _ filter: RunFilter
  ) throws(LedgerError) -> [MeasuredValue] {
    let clause = FilterClause(filter)
    let isStep = name.hasPrefix(Self.stepPrefix)
    let source =
      isStep
      ? """
      SELECT firmware, startedAt, seconds
      FROM steps CROSS JOIN runs ON runs.id = steps.run
      WHERE path = (SELECT id FROM paths WHERE path = ?) AND seconds IS NOT NULL
      """
      : """
      SELECT firmware, startedAt, value
      FROM measures CROSS JOIN measurements ON measure = measures.id
        CROSS JOIN runs ON runs.id = measurements.run
      WHERE name = ?
      """
    let wanted = isStep ? String(name.dropFirst(Self.stepPrefix.count)) : name
    return try reading { db in
      let unit =
        try isStep
        ? "s"
        : String.fetchOne(db, sql: "SELECT unit FROM measures WHERE name = ?", arguments: [name])
      let firmwares = try Row.fetchAll(db, sql: "SELECT id, name FROM firmwares")
        .reduce(into: [Int64: String]()) { $0[$1[0]] = $1[1] }
      var values: [MeasuredValue] = []
      var isSorted = true
      let rows = try Row.fetchCursor(
        db, sql: source + clause.sql, arguments: [wanted] + clause.arguments)
      while let row = try rows.next() {
        let value = MeasuredValue(
          firmware: (row[0] as Int64?).flatMap { firmwares[$0] }, value: row[2], unit: unit ?? "",
          startedAt: Date(milliseconds: row[1]))
        if let last = values.last, last.startedAt > value.startedAt { isSorted = false }
        values.append(value)
      }
      // They come in the order of booking; what began at the same time stays so.
      if isSorted { return values }
      return values.enumerated().sorted {
        ($0.element.startedAt, $0.offset) < ($1.element.startedAt, $1.offset)
      }.map(\.element)
    }
  }

  /// What can be asked for, steps left out.
  public func measurementNames() throws(LedgerError) -> [String] {
    try reading { db in
      try String.fetchAll(db, sql: "SELECT DISTINCT name FROM measures ORDER BY name")
    }
  }
}
