import RunJournal

/// Counts the steps of a run as they begin, and remembers which were left out and what they tested.
final class StepBook {
  private var count = 0
  /// The paths of the steps that were left out.
  private(set) var skipped: [String] = []
  /// What was tested so far.
  var tested = Tested()

  /// The number of the step that begins now.
  func next() -> Int {
    count += 1
    return count
  }

  /// A step is left out.
  func skip(_ path: String) { skipped.append(path) }

  /// Whether a step was left out.
  func isSkipped(_ path: String) -> Bool { skipped.contains(path) }

  /// A way was taken where there were several.
  func take(_ way: String, in step: StepState) { tested.ways.append("\(step.path): \(way)") }
}
