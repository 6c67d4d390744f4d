import ArgumentParser
import Bench
import Logging

/// How much operators are told while a command works on a rig.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tell on standard error what goes on: info, debug or trace (all that is looked for).",
      valueName: "level"))
  var logLevel: LogLevel?

  /// Where it is told; nowhere, where no level was asked for.
  var logger: Logger {
    let console = Console.current
    return Logger(label: "gantry") { _ in
      if let logLevel {
        ConsoleLogHandler(console, level: logLevel.level)
      } else {
        SwiftLogNoOpLogHandler()
      }
    }
  }

  /// Tells what the drivers have to say.
  var note: @Sendable (RigPart, String) -> Void {
    let logger = logger
    return { part, words in logger.info("\(part.rawValue): \(words)") }
  }
}

/// How much is told, as an argument; each level tells what those before it tell, too.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
  case info
  case debug
  case trace

  var level: Logger.Level {
    switch self {
    case .info: .info
    case .debug: .debug
    case .trace: .trace
    }
  }
}

/// Writes lines to standard error: the level, the run, the message.
///
/// No line tells the time, so that what two runs wrote can be compared.
struct ConsoleLogHandler: LogHandler {
  private let console: Console
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  init(_ console: Console, level: Logger.Level) {
    self.console = console
    logLevel = level
  }

  func log(event: LogEvent) {
    let context = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let words = context.sorted { $0.key < $1.key }.map { "\($0.value)" }
    // A message of several lines stays one line: whoever compares logs compares lines.
    let message = event.message.description.split(separator: "\n").joined(separator: "; ")
    console.complain(([event.level.rawValue] + words).joined(separator: " ") + ": " + message)
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}
