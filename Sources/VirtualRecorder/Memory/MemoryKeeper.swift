import Bench
import Frames

/// Writes down what a recorder is whenever that has changed, and now and then for the time.
struct MemoryKeeper {
  /// How long a memory is behind at most, on the recorder's own time: less than what passes between
  /// two runs, so that the calendar never goes back.
  private static let longest = Duration.seconds(10)

  private let folder: RecorderMemoryFolder
  private let timeline: Timeline
  private var kept: (revision: Int, moves: Int, at: Moment)?

  /// Creates a keeper for a run whose instants lie on a timeline.
  init(folder: RecorderMemoryFolder, timeline: Timeline) {
    self.folder = folder
    self.timeline = timeline
  }

  /// The mail that was on its way when the last run ended, and the timeline to read it on.
  var mail: (MailMemory, Timeline)? {
    folder.found.map { ($0.mail, $0.device.timeline(before: timeline)) }
  }

  /// Looks at the recorder and its mail, and keeps what is new.
  mutating func follow(
    _ device: any RecordedDevice, _ route: MailRoute, arrivals: Int, probes: Int
  ) throws(RigFault) {
    guard isDue(device, route), let memory = device.memory else { return }
    kept = (device.revision, route.moves, memory.at)
    try folder.keep(
      RecorderMemory(
        device: memory,
        mail: route.memory(on: timeline, arrivals: arrivals, probes: probes)))
  }

  private func isDue(_ device: any RecordedDevice, _ route: MailRoute) -> Bool {
    guard let kept, kept.revision == device.revision, kept.moves == route.moves else {
      return true
    }
    return timeline.instant(of: kept.at).advanced(by: Self.longest) <= device.now
  }
}
