import Frames
import OrderedJSON
import RunJournal

/// A journal as a run leaves it, built line by line on a clock of its own.
struct SampleRun {
  private(set) var entries: [JournalEntry] = []
  private var milliseconds: Int64 = 0

  init(plan: [String] = []) {
    add(.runStarted(sampleStart(plan: plan)))
  }

  mutating func add(_ event: RunEvent, after wait: Int64 = 0) {
    milliseconds += wait
    entries.append(.init(at: MonotonicInstant(nanoseconds: milliseconds * 1_000_000), event: event))
  }

  mutating func begin(
    _ step: Int, _ path: String, in parent: Int? = nil, expects: String? = nil,
    sensitive: Bool = false
  ) {
    add(
      .stepStarted(
        StepStart(
          step: step, parent: parent, path: path, does: "left-click the label \(path)",
          expects: expects, location: "Scenarios/password-reset.yaml:\(10 + 4 * step):5",
          sensitive: sensitive)), after: 40)
  }

  mutating func end(_ step: Int, _ outcome: StepEnd.Outcome, _ reason: String? = nil) {
    add(
      .stepEnded(
        StepEnd(
          step: step, outcome: outcome, reason: reason, cause: CauseRecord(of: outcome.rawValue))),
      after: 1250)
  }

  mutating func end(_ verdict: Verdict, step: String? = nil, reason: String? = nil) {
    add(
      .runEnded(
        RunEnd(
          verdict: verdict, step: step, reason: reason,
          cause: CauseRecord(of: verdict.rawValue), skipped: [],
          recorderSeconds: Double(milliseconds) / 1000, wallSeconds: 1.5)))
  }

  /// The text of the journal file.
  var text: String { entries.map { JournalFormat.json($0).description + "\n" }.joined() }

  /// The journal as a reader gets it.
  func journal() throws -> Journal { try Journal(reading: Array(text.utf8)) }

  /// Fails in a part of its second step, after a pop-up and a second attempt; the third is left
  /// out, the fourth never reached.
  static var failed: SampleRun {
    var run = SampleRun(plan: [
      "Open the menu bar", "Log in", "Log in / Type password", "Log in / Press OK",
      "Add it again", "Check the version", "Check the version / Open the page",
    ])
    run.begin(1, "Open the menu bar", expects: "the image menu-bar is seen, within 5 s")
    run.add(
      .pictureKept(
        KeptPicture(
          step: 1, role: .before, file: "pictures/001-step01-before.jpg", frame: 30, boxes: [],
          blanked: [])), after: 20)
    run.add(
      .acted(
        ActionRecord(
          step: 1, attempt: 1, what: "right-click", place: PixelPoint(x: 640, y: 360))), after: 400)
    run.add(
      .acted(
        ActionRecord(
          step: 1, attempt: 2, what: "right-click", place: PixelPoint(x: 640, y: 360))), after: 900)
    run.add(
      .judged(
        Judgement(
          step: 1, expected: "the image menu-bar", held: true, seen: "menu-bar at 120, 650",
          frame: 61, capturedAt: .zero,
          nearest: .init(
            name: "menu-bar", box: PixelRect(x: 120, y: 650, width: 400, height: 60), score: 0.981))
      ),
      after: 200)
    run.add(
      .pictureKept(
        KeptPicture(
          step: 1, role: .deciding, file: "pictures/002-step01-deciding.jpg", frame: 61,
          boxes: [PixelRect(x: 120, y: 650, width: 400, height: 60)], blanked: [])))
    run.end(1, .passed)
    run.begin(2, "Log in")
    run.begin(3, "Log in / Type password", in: 2, sensitive: true)
    run.add(
      .noted(Note(step: 3, kind: .interruption, text: "the pop-up \"disk full\" was sent away")))
    run.end(3, .passed)
    run.begin(4, "Log in / Press OK", in: 2, expects: "the label <liveView> is seen, within 10 s")
    run.add(.acted(ActionRecord(step: 4, attempt: 1, what: "left-click", score: 0.97)))
    run.add(
      .judged(
        Judgement(
          step: 4, expected: "the label \"Live & View\"", held: false,
          seen: "the words \"Wrong password\" in the middle", frame: 361, capturedAt: .zero,
          nearest: .init(
            name: "Live & View", box: PixelRect(x: 500, y: 300, width: 280, height: 60),
            score: 0.4123))), after: 10_000)
    run.add(
      .pictureKept(
        KeptPicture(
          step: 4, role: .last, file: "pictures/003-step04-last.jpg", frame: 361, boxes: [],
          blanked: [PixelRect(x: 480, y: 400, width: 320, height: 40)])))
    run.add(
      .pictureKept(
        KeptPicture(
          step: 4, role: .template, file: "pictures/004-step04-template-live-view.png", frame: nil,
          boxes: [], blanked: [])))
    run.end(4, .failed, "the live view never came")
    run.end(2, .failed, "Press OK failed")
    run.begin(5, "Add it again")
    run.end(5, .skipped, "unattended: nobody to ask")
    run.add(.noted(Note(step: nil, kind: .power, text: "the recorder was left powered")))
    run.end(.failed, step: "Log in / Press OK", reason: "the live view never came")
    return run
  }

  /// Fails since something is only nearly what was looked for.
  static var nearMiss: SampleRun {
    var run = SampleRun(plan: ["One"])
    run.begin(1, "One", expects: "the image menu-bar or the words Log In")
    run.add(
      .judged(
        Judgement(
          step: 1, expected: "the image menu-bar", held: false, seen: "nearest to menu-bar",
          frame: 7, capturedAt: .zero,
          nearest: .init(
            name: "menu-bar", box: PixelRect(x: 8, y: 8, width: 16, height: 12), score: 0.4123),
          searches: [
            .init(
              .image("menu-bar"), found: false, box: PixelRect(x: 8, y: 8, width: 16, height: 12),
              score: 0.4123, limit: 0.5, differs: PixelRect(x: 10, y: 10, width: 4, height: 4),
              difference: "colour"),
            .init(.words("Log In"), found: false, score: 0.3, limit: 0.8),
          ],
          read: [
            .init(
              text: "The password is wrong", box: PixelRect(x: 4, y: 40, width: 50, height: 8))
          ])))
    run.add(
      .pictureKept(
        KeptPicture(
          step: 1, role: .last, file: "pictures/001-last.jpg", frame: 7, boxes: [], blanked: [])))
    run.add(
      .pictureKept(
        KeptPicture(
          step: 1, role: .template, file: "pictures/002-template.png", frame: nil,
          name: "menu-bar", boxes: [], blanked: [])))
    run.end(1, .failed, "the menu bar never came")
    run.end(.failed, step: "One", reason: "the menu bar never came")
    return run
  }

  /// The run that fails, killed in the middle of writing down what its fourth step saw.
  static var crashed: String {
    let text = failed.text
    guard let place = text.firstRange(of: "Wrong password") else { return text }
    return String(text[..<place.lowerBound])
  }
}

extension CauseRecord {
  /// What a sample did not pass for; nil where it did.
  fileprivate init?(of outcome: String) {
    switch outcome {
    case "failed": self.init(code: "expectation-unmet")
    case "errored": self.init(code: "power-unreachable", part: "power", errno: 5)
    case "aborted": self.init(code: "aborted")
    default: return nil
    }
  }
}
