public import ArgumentParser
import FrameVision
import Frames
import ScreenKit

/// `gantry-proving codes`: whether the eyes tell what a field shows from what was typed into it.
public struct CodesCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "Shows codes in fields, right ones and ones with a look-alike, and counts verdicts.",
    discussion: """
      Each sheet is a field with a code of letters and digits, as a mild capture chain delivers it, and \
      the same field with one character exchanged for one that looks like it and is another picture in \
      the font. The eyes are asked whether the field shows the code. Where they can't tell, they are \
      shown the field once more, with the characters in doubt behind the code, as the typist types \
      them.

      Exit codes: 0 no right code was called another, and no other one right; 1 otherwise; 2 wrong \
      usage.
      """)

  @Option(help: "How many fields to show.")
  var cases = 2000

  @Option(help: "What all random numbers come from.")
  var seed: UInt64 = 1

  @Option(help: "Only the sheet of this number.")
  var sheet: Int?

  @Flag(help: "Print every verdict with what was weighed, not only those that are not right.")
  var all = false

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if cases < 1 { throw ValidationError("--cases must be at least 1.") }
  }

  /// Makes the sheets and prints the counts.
  public func run() async throws {
    var counts: [String: Int] = [:]
    var (number, shown, wrong) = (sheet ?? 0, 0, 0)
    while shown < cases {
      defer { number += 1 }
      guard let sheet = CodeSheet(seed: seed, number: number) else {
        if self.sheet != nil { throw ValidationError("there is no sheet of this number") }
        continue
      }
      for isOwn in [true, false] {
        let answer = try await Self.answer(sheet, isOwn: isOwn, &counts)
        shown += 1
        let what = isOwn ? "right" : "look-alike"
        counts["\(what) \(answer.verdict)", default: 0] += 1
        if answer.verdict == (isOwn ? .other : .same) { wrong += 1 }
        guard all || answer.verdict != (isOwn ? .same : .other) else { continue }
        print("\(number) \(what): \(answer.verdict), read \(answer.read): \(sheet.words)")
        for line in answer.evidence where all { print("  \(line)") }
      }
      if self.sheet != nil { break }
    }
    for (what, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(what) \(count)") }
    if wrong > 0 { throw ExitCode(1) }
  }

  private static func answer(_ sheet: CodeSheet, isOwn: Bool, _ counts: inout [String: Int])
    async throws -> FieldTextAnswer
  {
    let reader = try TextReader()
    func look(before proof: String = "") async throws -> FieldTextAnswer {
      let picture = sheet.drawing((isOwn ? sheet.code : sheet.other) + proof)
      return await reader.answer(
        to: sheet.code, before: proof, in: try sheet.disturbance.captured(picture),
        region: sheet.field, alphabet: sheet.alphabet)
    }
    let answer = try await look()
    if answer.verdict != .unclear || answer.doubts.isEmpty { return answer }
    counts["\(isOwn ? "right" : "look-alike") shown again", default: 0] += 1
    var proof = ""
    for character in answer.doubts.flatMap({ [$0.wanted, $0.rival] })
    where !proof.contains(character) {
      proof.append(character)
    }
    return try await look(before: String(proof.prefix(6)))
  }
}
