import Bench
import RecorderModel
import Scenario

extension Ascending: FramelessPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    try compare(judging)
  }

  func compare(_ judging: Judging) throws(Stop) -> Sighting {
    let typed = try judging.values.typed(values, dates: judging.model.dateOrder)
    var written: [String] = []
    for value in values { written.append("“\(try judging.values.text(value).written)”") }
    for (before, next) in zip(typed, typed.dropFirst()) {
      guard let isLess = next.isLess(than: before) else {
        throw Stop(
          .scenarioInvalid,
          "\(values[0].location): texts have no order: read them as date, number or version")
      }
      if isLess {
        return .saying("\(written.joined(separator: ", ")) are not ascending", holds: false)
      }
    }
    if let atMost, let first = typed.first, let last = typed.last {
      guard let way = last.distance(from: first) else {
        throw Stop(.scenarioInvalid, "\(values[0].location): versions are no number apart")
      }
      if way > Double(atMost) {
        return .saying(
          "\(written.joined(separator: ", ")) are more than \(atMost) apart", holds: false)
      }
    }
    return .saying("\(written.joined(separator: ", ")) are ascending", holds: true)
  }
}
