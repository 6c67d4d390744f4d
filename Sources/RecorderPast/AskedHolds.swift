import OrderedJSON
import WholeFiles

/// Holds that somebody asks for while a run has the recorder, and with it the record: they lie in a
/// file of their own beside it (`ID.hold`), which whoever has the recorder looks at, and become part of
/// the record when the recorder is taken in hand next.
extension RecorderFolder {
  /// Asks whoever has a recorder to give it up, and everybody to leave it alone.
  ///
  /// - Parameters:
  ///   - hold: who asks, and why.
  ///   - id: the recorder.
  /// - Throws: when it can't be written down.
  public func ask(for hold: Hold, of id: String) throws(RecordError) {
    try changeAsked(of: id) { $0.append(hold) }
    try book(
      RecordEntry(at: hold.since, who: hold.who, why: "asks for a hold: \(hold.why)"), of: id)
  }

  /// Takes back what was asked for, as far as it is no part of the record yet.
  ///
  /// - Parameters:
  ///   - id: the recorder.
  ///   - entry: who takes it back, and why.
  /// - Throws: when it can't be written down.
  public func takeBackAskedHolds(of id: String, _ entry: RecordEntry) throws(RecordError) {
    try changeAsked(of: id) { $0 = [] }
    try book(entry, of: id)
  }

  /// What was asked for and is no part of the record yet.
  func askedHolds(of id: String) throws(RecordError) -> [Hold] {
    let file = asked(of: id)
    let bytes: [UInt8]
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: file, limit: 1 << 16)
    } catch {
      if error.isMissing { return [] }
      throw RecordError("\(file) can't be read: \(error.reason)", errno: error.code)
    }
    guard case .array(let items)? = try? JSONValue(parsing: bytes) else {
      throw RecordError("\(file) is no list of holds; put it aside")
    }
    var holds: [Hold] = []
    for item in items { holds.append(try Hold(item)) }
    return holds
  }

  /// Makes what was asked for part of a record that is in hand.
  func absorbAskedHolds(into file: RecorderFile, of id: String) throws(RecordError) {
    guard let last = try askedHolds(of: id).last else { return }
    try changeAsked(of: id) { (asked: inout [Hold]) throws(RecordError) in
      let holds = asked
      try file.update(RecordEntry(at: last.since, who: last.who, why: "hold: \(last.why)")) {
        $0.take(holds)
      }
      asked = []
    }
  }

  private func asked(of id: String) -> String { "\(path)/\(Self.name(of: id)).hold" }

  private func changeAsked(
    of id: String, _ change: (inout [Hold]) throws(RecordError) -> Void
  ) throws(RecordError) {
    let file = asked(of: id)
    let lock = try lock("\(file).lock", of: file, waits: true)
    defer { lock.release() }
    var holds = try askedHolds(of: id)
    try change(&holds)
    do throws(WholeFile.Failure) {
      try WholeFile.replace(file, with: Array("\(JSONValue.array(holds.map(\.json)))\n".utf8))
    } catch {
      throw RecordError("\(file) can't be written: \(error.reason)", errno: error.code)
    }
  }
}

extension RecorderRecord {
  /// Takes holds in, each once.
  mutating func take(_ asked: [Hold]) {
    for hold in asked where !holds.contains(hold) { holds.append(hold) }
  }
}
