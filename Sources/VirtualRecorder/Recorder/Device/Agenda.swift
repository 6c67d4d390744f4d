import Frames

/// What is due when: events in the order of their instants, then of their scheduling.
struct Agenda<Event: Sendable>: Sendable {
  /// An event and when it is due.
  struct Entry {
    var instant: MonotonicInstant
    var event: Event
  }

  private var entries: [Entry] = []

  /// All that is due, in order.
  var all: [Entry] { entries }

  /// When the next event is due.
  var nextInstant: MonotonicInstant? { entries.first?.instant }

  /// Adds an event.
  mutating func schedule(_ event: Event, at instant: MonotonicInstant) {
    let place = entries.firstIndex { $0.instant > instant } ?? entries.endIndex
    entries.insert(Entry(instant: instant, event: event), at: place)
  }

  /// Takes out the next event if it is due at or before an instant.
  mutating func next(until instant: MonotonicInstant) -> (MonotonicInstant, Event)? {
    guard let first = entries.first, first.instant <= instant else { return nil }
    entries.removeFirst()
    return (first.instant, first.event)
  }

  /// Takes out the events that a condition holds for.
  mutating func cancel(where isObsolete: (Event) -> Bool) {
    entries.removeAll { isObsolete($0.event) }
  }
}
