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
      SELECT firmware, seconds, startedAt, 's'
      FROM steps CROSS JOIN runs ON runs.id = steps.run
      WHERE path = (SELECT id FROM paths WHERE path = ?) AND seconds IS NOT NULL
      """
      : """
      SELECT firmware, value, startedAt, unit
      FROM measures CROSS JOIN measurements ON measure = measures.id
        CROSS JOIN runs ON runs.id = measurements.run
      WHERE name = ?
      """
    let wanted = isStep ? String(name.dropFirst(Self.stepPrefix.count)) : name
    return try reading { db in
      let firmwares = try Row.fetchAll(db, sql: "SELECT id, name FROM firmwares")
        .reduce(into: [Int64: String]()) { $0[$1[0]] = $1[1] }
      var values: [(at: Int64, value: MeasuredValue)] = []
      let rows = try Row.fetchCursor(
        db, sql: source + clause.sql, arguments: [wanted] + clause.arguments)
      while let row = try rows.next() {
        let at: Int64 = row[2]
        let firmware = (row[0] as Int64?).flatMap { firmwares[$0] }
        values.append(
          (
            at,
            MeasuredValue(
              firmware: firmware, value: row[1], unit: row[3], startedAt: Date(milliseconds: at))
          ))
      }
      // In the order of the rows they come in that of booking; what began at the same time stays so.
      return values.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        .map(\.element.value)
    }
  }

  /// What can be asked for, steps left out.
  public func measurementNames() throws(LedgerError) -> [String] {
    try reading { db in
      try String.fetchAll(db, sql: "SELECT DISTINCT name FROM measures ORDER BY name")
    }
  }
}
