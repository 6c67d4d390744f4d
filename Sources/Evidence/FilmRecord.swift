public import Frames
import OrderedJSON

/// What is known of a run's film, which stands beside it in the run folder.
public struct FilmRecord: Sendable, Hashable {
  /// The film's file inside the run folder.
  public var file: String
  /// When it begins, on the clock of the run's journal.
  public var beganAt: MonotonicInstant
  /// How many pictures it has; 0 while nobody has ended it.
  public var pictures: Int
  /// How many more were seen, which the encoder did not get through in time.
  public var dropped: Int

  /// Creates a record.
  public init(file: String, beganAt: MonotonicInstant, pictures: Int, dropped: Int) {
    self.file = file
    self.beganAt = beganAt
    self.pictures = pictures
    self.dropped = dropped
  }

  /// Where an instant of the run is in the film, in seconds.
  public func seconds(at instant: MonotonicInstant) -> Double {
    max(0, beganAt.duration(to: instant).inSeconds)
  }

  /// An address that shows the film from a second on.
  func address(at seconds: Double) -> String {
    "\(file)#t=\(JSONValue.decimal(seconds, digits: 3))"
  }

  /// What a report says of it.
  var words: String {
    if pictures == 0 { return "The film goes as far as the run was seen to come." }
    return
      "The film has \(ReportText.counted(pictures, "picture", "pictures"))"
      + (dropped == 0
        ? "." : "; \(dropped) more were dropped, since encoding them would have held up the run.")
  }
}

extension FilmRecord {
  /// Reads what was written beside a film; nil where it is no such thing.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONValue(parsing: bytes), case .string(let file)? = json["film"],
      let began = json["beganAtMilliseconds"]?.whole, let pictures = json["pictures"]?.whole,
      let dropped = json["dropped"]?.whole, !file.contains("/")
    else { return nil }
    self.init(
      file: file, beganAt: MonotonicInstant(nanoseconds: Int64(began) * 1_000_000),
      pictures: pictures, dropped: dropped)
  }

  /// What is written beside a film.
  var json: JSONValue {
    .object([
      .init("film", .string(file)),
      .init("beganAtMilliseconds", .int(beganAt.nanoseconds / 1_000_000)),
      .init("pictures", .int(pictures)), .init("dropped", .int(dropped)),
    ])
  }
}

extension JSONValue {
  fileprivate var whole: Int? {
    if case .number(let digits) = self, let number = Int(digits), number >= 0, number < 1 << 50 {
      number
    } else {
      nil
    }
  }
}
