import Bench
import RecorderModel
import Scenario

/// Values compared as what they were read as.
extension ValueStore {
  /// Texts as values of one kind: of the kind that one of them was read as, or else texts.
  ///
  /// - Throws: where they were read as different kinds, or one is no value of the others' kind.
  func typed(_ texts: [ValueText], dates order: DateOrder?) throws(Stop) -> [TypedValue] {
    let kinds = Set(texts.compactMap { self.kind(of: $0) })
    guard kinds.count <= 1 else {
      let names = kinds.map(\.rawValue).sorted().joined(separator: " and ")
      throw Stop(
        .scenarioInvalid,
        "\(texts[0].location): values that were read as \(names) can't be compared")
    }
    let common = kinds.first ?? .text
    var values: [TypedValue] = []
    for text in texts { values.append(try typed(text, as: common, dates: order)) }
    return values
  }

  private func typed(_ text: ValueText, as kind: ValueKind, dates order: DateOrder?)
    throws(Stop) -> TypedValue
  {
    let value = try self.text(text)
    do throws(TypedValue.Problem) {
      return try TypedValue(value.revealed(), as: kind, dates: order)
    } catch {
      switch error {
      case .unlike:
        throw Stop(
          .scenarioInvalid, "\(text.location): “\(value.written)” is no \(kind.rawValue)")
      case .twoDays:
        throw Stop(
          .modelIncomplete,
          "\(text.location): “\(value.written)” may be one of two days: write dateOrder into the "
            + "model")
      }
    }
  }
}
