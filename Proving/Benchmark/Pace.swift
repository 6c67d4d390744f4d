import OrderedJSON
import RunJournal

/// How fast this machine is at the time of the run, by OpenCV: targets are for one machine, and
/// machines differ by more than what a change to the code makes, so does one from hour to hour.
struct Pace: CustomStringConvertible {
  /// The search that tells; OpenCV takes about as long for any screen.
  private static let probe = "200x60 anywhere"
  /// How long OpenCV 4.6 took for it on the machine for which the targets were set, in milliseconds.
  private static let reference = 76.0

  /// How many times as long as that machine this one takes.
  let factor: Double

  /// Takes the pace from a run's measurements; nil where OpenCV was not asked.
  init?(_ results: [Measurement]) {
    let times = results.filter { $0.name.hasPrefix(Self.probe) }.compactMap(\.peer)
    if times.isEmpty { return nil }
    factor = Measurement.median(times) / Self.reference
  }

  var description: String {
    let number = JSONValue.decimal(factor, digits: 2).description
    return "\(number) times as long as the machine of the targets, by OpenCV's \(Self.probe)"
  }
}
