import Foundation
import Glibc

/// Has mails read by processes of their own, and finds the one at which a process crashes or hangs.
struct TrialReader {
  /// Seconds that a mail may take on the wall clock.
  var patience: Int

  private enum End {
    case finished
    case crashed
    case hung
  }

  /// What came of mails.
  ///
  /// - Parameters:
  ///   - mails: their numbers.
  ///   - seed: where their damage comes from.
  ///   - arguments: how this program is asked to read some of them.
  /// - Returns: the counts.
  /// - Throws: when no process can be started.
  func result(
    of mails: Range<Int>, seed: UInt64, arguments: (Range<Int>) -> [String]
  ) throws -> TrialResult {
    var result = TrialResult(seed: seed, from: mails.lowerBound)
    while result.from + result.count < mails.upperBound {
      let rest = (result.from + result.count)..<mails.upperBound
      let end = try read(arguments(rest)) { result.take($0) }
      let number = result.from + result.count
      if number >= mails.upperBound { break }
      // The first that nothing was told of.
      switch end {
      case .finished, .crashed: result.crashed.append(number)
      case .hung: result.hung.append(number)
      }
      result.count += 1
    }
    return result
  }

  private func read(_ arguments: [String], _ take: (TrialOutcome) -> Void) throws -> End {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&question, 1, Int32(patience) * 1000) == 0 {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return .hung
      }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      text += buffer[..<count]
      let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
      for line in lines.dropLast() {
        if let outcome = TrialOutcome(line: String(decoding: line, as: UTF8.self)) {
          take(outcome)
        }
      }
      text = Array(lines.last ?? [])
    }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? .finished : .crashed
  }
}
