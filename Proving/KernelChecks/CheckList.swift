import Glibc

/// Why a check did not pass, in a sentence without a final stop.
struct CheckFailure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless something holds.
func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
  if !holds { throw CheckFailure(otherwise()) }
}

/// Makes checks, and says of each how it ended.
struct CheckList {
  private let pattern: Regex<AnyRegexOutput>

  init(only pattern: Regex<AnyRegexOutput>) { self.pattern = pattern }

  /// Makes a check if it is wanted.
  func check(_ name: String, _ body: () async throws -> Void) async {
    guard name.contains(pattern) else { return }
    do {
      try await body()
      Self.say("ok      \(name)")
    } catch {
      Self.say("not ok  \(name): \("\(error)".replacing("\n", with: " "))")
    }
  }

  /// Prints a figure, which nothing depends upon.
  func figure(_ text: String) { Self.say("  \(text)") }

  /// Lines go out as they are made: a reader wants to know how far things are.
  private static func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }
}

/// The numbers of a sample that say most about it.
struct Spread: CustomStringConvertible {
  private let sorted: [Duration]

  init(_ sample: [Duration]) { sorted = sample.sorted() }

  var description: String {
    guard let last = sorted.last else { return "none" }
    let median = sorted[sorted.count / 2]
    let high = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    return "median \(Self.text(median)), p99 \(Self.text(high)), at most \(Self.text(last)) "
      + "(\(sorted.count))"
  }

  private static func text(_ duration: Duration) -> String {
    let hundredths = duration.components.attoseconds / 10_000_000_000_000
    let milliseconds = duration.components.seconds * 1000 + hundredths / 100
    let fraction = hundredths % 100
    return "\(milliseconds).\(fraction < 10 ? "0" : "")\(fraction) ms"
  }
}

/// Waits until something holds.
func wait(
  _ seconds: Int, for what: String, until holds: () async throws -> Bool
) async throws {
  for _ in 0..<(seconds * 50) {
    if try await holds() { return }
    usleep(20_000)
  }
  throw CheckFailure("waited \(seconds) s for \(what)")
}

/// Writes a line into an attribute of the kernel's.
func put(_ text: String, into path: String) throws {
  let file = open(path, O_WRONLY | O_CLOEXEC)
  guard file >= 0 else {
    throw CheckFailure("\(path): \(String(cString: strerror(errno)))")
  }
  defer { close(file) }
  let bytes = Array("\(text)\n".utf8)
  guard write(file, bytes, bytes.count) == bytes.count else {
    throw CheckFailure("\(path): \(String(cString: strerror(errno)))")
  }
}
