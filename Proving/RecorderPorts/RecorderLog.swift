import Frames
import Glibc

/// What a recorder writes down of what happens to it, a line each, with the seconds of the
/// system's monotonic clock before it.
public struct RecorderLog: Sendable {
  private let file: Int32

  /// Opens a log for appending.
  ///
  /// - Throws: when the file can't be opened.
  public init(path: String) throws(PortError) {
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    if file < 0 { throw .system(path) }
  }

  /// Writes a line.
  public func write(_ line: String) {
    let text = "\(Self.seconds(MonotonicInstant.zero.duration(to: .now))) \(line)\n"
    let bytes = Array(text.utf8)
    // A log that can't be written any more is no reason for a recorder to stop.
    _ = Glibc.write(file, bytes, bytes.count)
  }

  /// Seconds with three digits behind the point.
  public static func seconds(_ duration: Duration) -> String {
    MonotonicInstant.zero.advanced(by: duration).description.replacing(" s", with: "")
  }
}
