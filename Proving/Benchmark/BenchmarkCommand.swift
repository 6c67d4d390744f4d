public import ArgumentParser
import Foundation

/// `gantry-proving benchmark`: how fast the eyes are, beside OpenCV.
public struct BenchmarkCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures how much processor time the eyes take, beside OpenCV's matchTemplate.",
    discussion: """
      Frames have 1920x1080 pixels and went through noise and JPEG. A search begins with the planes \
      of a frame and a prepared template; nothing is remembered from the search before, but at the \
      same place again, where the template keeps what it made of itself in the tone it was seen in. \
      Times are medians in milliseconds, a ratio is OpenCV's time (one thread, grey, normalised \
      correlation, the same frames as picture files) by ours. Targets are printed, never asserted; \
      beside them stands what they come to on a machine as slow as this one is now, by OpenCV. A \
      mail is looked for among ten thousand on a Dovecot of its own, and among a hundred. History is \
      asked of a ledger of a hundred thousand runs, and a release gate decides over as many.
      """)

  @Option(help: "How often to measure each.")
  var repeats = 25

  @Option(help: "Measures only what has this in its name.")
  var only: String?

  @Option(help: "The project's root.", completion: .directory)
  var root = "."

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if repeats < 1 { throw ValidationError("--repeats must be at least 1.") }
  }

  /// Measures, and prints the table.
  public func run() async throws {
    let peer = try Peer(root: root)
    let choice = Choice(part: only)
    var results = try await Searching(repeats: repeats, choice: choice).measurements(beside: peer)
    let answers = try peer.answers(repeats: repeats)
    for (at, time) in (answers?.milliseconds ?? []).enumerated() { results[at].peer = time }
    results += try await Watching(repeats: repeats, choice: choice).measurements()
    results += try await Reading(repeats: repeats, choice: choice).measurements()
    results += try await Mailing(choice: choice).measurements()
    results += try await Remembering(repeats: repeats, choice: choice).measurements()
    results += try await Deciding(repeats: repeats, choice: choice).measurements()
    print("machine: \(Self.machine)")
    print("OpenCV: \(answers?.version ?? "none that Python finds")")
    let pace = Pace(results)
    if let pace { print("pace: \(pace)") }
    print(Measurement.header)
    for result in results { print(result.line(pace)) }
  }

  /// The processor's name as Linux knows it.
  private static var machine: String {
    let lines =
      (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return name.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}
