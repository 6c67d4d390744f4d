import Foundation
import Frames
import Glibc
import RunJournal
import Testing

@testable import Evidence

@Suite("The report")
struct HTMLReportTests {
  private func report(
    _ run: SampleRun, film: FilmRecord? = nil, isEmbedded: Bool = false,
    pictures: [String: [UInt8]] = [:]
  ) throws -> String {
    HTMLReport.html(try run.journal(), film: film, isEmbedded: isEmbedded) { pictures[$0] }
  }

  /// The words of a page, without markup, each run of blanks as one.
  private func words(_ html: Substring) -> String {
    let text = html.replacing(/<(style|script)>(.|\n)*?<\/(style|script)>/, with: "")
      .replacing(/<[^>]*>/, with: " ")
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("a failed run opens with the verdict, the step, what was expected and what was seen")
  func failedRun() throws {
    let html = try report(.failed)
    let body = try #require(html.firstRange(of: "<main>")).upperBound
    let opening = words(html[body...])
    let expected = """
      password-reset rig virtual model night-series firmware V4.30.005 seed 42 ✘ Failed \
      The recorder did not do what was expected. Step Log in / Press OK \
      Scenarios/password-reset.yaml:26:5 It does left-click the label Log in / Press OK Expected \
      the label &quot;Live &amp; View&quot; Seen instead the words &quot;Wrong password&quot; in \
      the middle Nearest candidate Live &amp; View at 500, 300 (280 × 60), score 0.412 Why the \
      live view never came
      """
    #expect(opening.hasPrefix(expected))
    #expect(html.contains("<title>Failed · password-reset on virtual</title>"))
  }

  @Test("steps left out and steps never reached are listed, a whole without its parts")
  func leftOut() throws {
    let text = words(try report(.failed)[...])
    #expect(
      text.contains(
        "Left out Never to be taken for passed. Add it again — unattended: nobody to ask "
          + "Never reached Check the version Step by step"))
  }

  @Test("every step stands in order with its outcome, attempts and time")
  func steps() throws {
    let html = try report(.failed)
    let summaries = html.matches(of: /<summary>(<span class="badge">.*?)<\/summary>/)
      .map { words($0.output.1) }
    #expect(
      summaries == [
        "✔ passed Open the menu bar 2 attempts 2.8 s", "✘ failed Log in 13.8 s",
        "✔ passed Type password 1.3 s", "✘ failed Press OK 11.3 s",
        "⤼ left out Add it again 1.3 s",
      ])
    #expect(
      words(html[...]).contains("interruption the pop-up &quot;disk full&quot; was sent away"))
  }

  @Test("a passed run says so, and how much was left out")
  func passedRun() throws {
    var run = SampleRun(plan: ["One", "Two"])
    run.begin(1, "One")
    run.end(1, .passed)
    run.begin(2, "Two")
    run.end(2, .skipped, "nobody to ask")
    run.end(.passed)
    let text = words(try report(run)[...])
    #expect(text.contains("✔ Passed Every step played did what it says and everything expected"))
    #expect(text.contains("1 step was left out."))
    #expect(!text.contains("Never reached"))
  }

  @Test("a run that died is told as such, with the step it died in")
  func crashedRun() throws {
    let journal = try Journal(reading: Array(SampleRun.crashed.utf8))
    let text = words(HTMLReport.html(journal) { _ in nil }[...])
    #expect(text.contains("? No verdict The run stopped without an end"))
    #expect(text.contains("Last step begun Log in / Press OK"))
    #expect(text.contains("The journal&#39;s last line is cut short"))
    #expect(text.contains("? not ended Press OK"))
  }

  @Test("an errored run without a step tells why")
  func noStep() throws {
    var run = SampleRun(plan: ["One"])
    run.end(.errored, reason: "mouse: <gone>")
    let text = words(try report(run)[...])
    #expect(text.contains("⚠ Errored The rig, the scenario or the model is at fault"))
    #expect(text.contains("Why mouse: &lt;gone&gt;"))
  }

  @Test(
    "a picture is loaded once, shown with outlines wherever it belongs", arguments: [true, false])
  func pictures(isEmbedded: Bool) throws {
    let file = "pictures/003-step04-last.jpg"
    let jpeg = try JPEGCodec.encode(brightFrame())
    let html = try report(.failed, isEmbedded: isEmbedded, pictures: [file: jpeg])
    #expect(html.matches(of: /data:image\/jpeg;base64,/).count == (isEmbedded ? 1 : 0))
    let address = isEmbedded ? "data:image" : file
    #expect(
      html.contains("<image id=\"picture-1\" width=\"64\" height=\"48\" href=\"\(address)"))
    // What decided, among the scenes, and at its step.
    #expect(html.matches(of: /<use href="#picture-1"\/>/).count == 3)
    #expect(html.matches(of: /<rect class="nearest" x="498" y="298" width="284"/).count == 2)
    #expect(html.matches(of: /<rect class="blanked" x="480" y="400" width="320"/).count == 2)
    #expect(
      words(html[...]).contains(
        "Missing in the run folder: pictures/001-step01-before.jpg, "
          + "pictures/002-step01-deciding.jpg, pictures/004-step04-template-live-view.png."))
  }

  @Test("nothing is fetched but what lies in the run folder", arguments: [true, false])
  func selfContained(isEmbedded: Bool) throws {
    let film = FilmRecord(file: "video.mp4", beganAt: .zero, pictures: 3, dropped: 0)
    let jpeg = try JPEGCodec.encode(brightFrame())
    let html = try report(
      .failed, film: film, isEmbedded: isEmbedded,
      pictures: ["pictures/003-step04-last.jpg": jpeg])
    #expect(html.matches(of: /(src|href)="(?!#|data:|pictures\/|video\.mp4)/).isEmpty)
    #expect(html.matches(of: /url\((?!#)/).isEmpty)
    #expect(html.matches(of: /<script>/).count == 1)
  }

  @Test("what was looked for is told with score and limit, and what was read there instead")
  func searches() throws {
    let text = words(try report(.nearMiss)[...])
    #expect(text.contains("Read there “The password is wrong”"))
    #expect(
      text.contains(
        "image menu-bar 0.412 0.5 8,8,16,12 not it; colour differs at 10,10,4,4"))
    #expect(text.contains("words Log In 0.3 0.8 – nothing like it"))
    #expect(text.contains("The password is wrong at 4, 40"))
  }

  @Test("what was expected stands beside what was seen, with the difference and where it is")
  func comparison() throws {
    let jpeg = try JPEGCodec.encode(brightFrame())
    let expected = RGBImage(
      size: PixelSize(width: 16, height: 12), filledWith: RGBColor(red: 10, green: 10, blue: 10))
    let html = try report(
      .nearMiss,
      pictures: [
        "pictures/001-last.jpg": jpeg, "pictures/002-template.png": try PNGCodec.encode(expected),
      ])
    #expect(html.contains("id=\"decision-difference-1\""))
    #expect(html.contains("<rect class=\"differs\" x=\"7\" y=\"7\" width=\"10\" height=\"10\""))
    #expect(html.matches(of: /<input type="range"/).count == 2)
    #expect(html.matches(of: /difference: [0-9]+ % of the pixels/).count == 2)
    #expect(html.contains("href=\"data:image/png;base64,"))
  }

  @Test("the command that repeats the run is told as a shell takes it")
  func repeating() throws {
    var start = sampleStart()
    #expect(RepeatingCommand(start) == nil)
    start.request = .init(scenario: "my files/a.yaml", rig: "rig.yaml", isUnattended: true)
    start.overrides = ["virtual.defects=[x]", "param pin=‹secret›"]
    #expect(
      RepeatingCommand(start)?.line == """
        gantry run 'my files/a.yaml' --rig rig.yaml --seed 42 --set 'virtual.defects=[x]' \
        --param 'pin=‹secret›' --firmware V4.30.005 --unattended
        """)
  }

  @Test("steps lead into the film, where there is one")
  func film() throws {
    let film = FilmRecord(file: "video.mp4", beganAt: .zero, pictures: 3, dropped: 2)
    let html = try report(.failed, film: film)
    #expect(html.contains("<video id=\"video\""))
    #expect(html.contains("href=\"video.mp4#t=0.04\" data-at=\"0.04\""))
    #expect(words(html[...]).contains("2 more were dropped"))
    #expect(try !report(.failed).contains("<video"))
  }

  @Test("no text gets out of its place, whatever it combines with")
  func escapes() throws {
    var run = SampleRun(plan: [])
    run.begin(1, "\"\u{301}onload=\u{1B}[31m<script>alert(1)</script>")
    run.end(1, .passed)
    run.end(.passed)
    let html = try report(run)
    #expect(html.matches(of: /<script>/).count == 1)
    #expect(!html.contains("\u{1B}"))
    #expect(!html.unicodeScalars.contains("\u{301}") || html.contains("&quot;\u{25CC}\u{301}"))
  }

  @Test("made again, the reports have the same bytes")
  func again() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    for entry in SampleRun.failed.entries { try await folder.append(entry) }
    _ = try await folder.keep(PictureToKeep(.frame(brightFrame()), step: 1, role: .before))
    let first = try RunReports.write(in: folder.path)
    let files = ["report.html", "junit.xml"].map { "\(folder.path)/\($0)" }
    let before = try files.map { try EvidenceFiles.read($0) }
    for file in files { try EvidenceFiles.write([], to: file) }
    let second = try RunReports.write(in: folder.path)
    #expect(try files.map { try EvidenceFiles.read($0) } == before)
    #expect(first == second)
    #expect(String(decoding: before[0], as: UTF8.self).contains("<!DOCTYPE html>"))
  }

  @Test("the page tells what has changed since the last good run, and goes on telling it")
  func lastGood() throws {
    let place = try TemporaryFolder()
    func folder(_ name: String, _ outcome: StepEnd.Outcome, read: String) throws -> String {
      let folder = place.path + "/" + name
      try EvidenceFiles.makeFolders(folder + "/pictures")
      var run = SampleRun(plan: [])
      run.begin(1, "Hand in the code", expects: "the label newPassword is seen")
      run.add(
        .judged(
          Judgement(
            step: 1, expected: "the label newPassword", held: outcome == .passed, seen: read,
            frame: 61, capturedAt: .zero, nearest: nil)))
      run.end(1, outcome, outcome == .passed ? nil : "it never came")
      run.end(outcome == .passed ? .passed : .failed)
      try EvidenceFiles.write(run.text.utf8, to: folder + "/journal.jsonl")
      return folder
    }
    func page(_ folder: String) throws -> String {
      String(decoding: try EvidenceFiles.read(folder + "/report.html"), as: UTF8.self)
    }
    let good = try folder("good", .passed, read: "New Password")
    let bad = try folder("bad", .failed, read: "The code is wrong")
    try RunReports.write(in: bad)
    #expect(!(try page(bad)).contains("Since the last good run"))
    try RunReports.write(in: bad, lastGood: good)
    let told = try page(bad)
    #expect(told.contains("Since the last good run"))
    #expect(told.contains("href=\"../good/report.html\""))
    #expect(told.contains("1 of 1 step differs."))
    #expect(told.contains("<td>what was expected</td><td>The code is wrong</td>"))
    // Made again, it still knows; moved together, both still find each other.
    let moved = try TemporaryFolder()
    for name in ["good", "bad"] {
      #expect(rename("\(place.path)/\(name)", "\(moved.path)/\(name)") == 0)
    }
    try RunReports.write(in: moved.path + "/bad")
    #expect(try page(moved.path + "/bad") == told)
    // Without the good run's folder there is nothing to compare with.
    #expect(rename(moved.path + "/good", place.path + "/good") == 0)
    try RunReports.write(in: moved.path + "/bad")
    #expect(!(try page(moved.path + "/bad")).contains("Since the last good run"))
  }

  @Test("a page that would be too large to send shows what decided as it is, and the rest smaller")
  func embeddedSize() throws {
    var run = SampleRun(plan: [])
    var pictures: [String: [UInt8]] = [:]
    func keep(_ step: Int, _ role: KeptPicture.Role) throws {
      let file = "pictures/\(step)-\(role.rawValue).jpg"
      pictures[file] = try JPEGCodec.encode(brightFrame())
      run.add(
        .pictureKept(
          KeptPicture(step: step, role: role, file: file, frame: 1, boxes: [], blanked: [])))
    }
    for (step, outcome) in [(1, StepEnd.Outcome.passed), (2, .failed)] {
      run.begin(step, "Step \(step)")
      try keep(step, .before)
      try keep(step, .last)
      run.end(step, outcome)
    }
    run.end(.failed)
    func sizes(atMost most: Int) throws -> [PixelSize] {
      let album = PictureAlbum(try run.journal(), isEmbedded: true, atMost: most) { pictures[$0] }
      return try album.views.map { view in
        let text = try #require(view.data.split(separator: ",").last)
        let bytes = try #require(Data(base64Encoded: String(text)))
        return try JPEGCodec.decode([UInt8](bytes)).size
      }
    }
    let whole = brightFrame().size
    let half = PixelSize(width: whole.width / 2, height: whole.height / 2)
    let all = pictures.values.reduce(0) { $0 + $1.count }
    #expect(try sizes(atMost: all) == [whole, whole, whole, whole])
    #expect(try sizes(atMost: all - 1) == [half, whole, whole, whole])
    #expect(try sizes(atMost: 0) == [half, half, half, whole])
  }

  @Test("a journal that names files elsewhere gets none of them")
  func outside() throws {
    let place = try TemporaryFolder()
    try EvidenceFiles.makeFolders(place.path + "/run/pictures")
    let jpeg = try JPEGCodec.encode(brightFrame())
    try EvidenceFiles.write(jpeg, to: place.path + "/secret.jpg")
    var run = SampleRun()
    run.add(
      .pictureKept(
        KeptPicture(
          step: nil, role: .captured, file: "pictures/../../secret.jpg", frame: nil, boxes: [],
          blanked: [])))
    try EvidenceFiles.write(run.text.utf8, to: place.path + "/run/journal.jsonl")
    try RunReports.write(in: place.path + "/run", isEmbedded: true)
    let html = try EvidenceFiles.read(place.path + "/run/report.html")
    #expect(!String(decoding: html, as: UTF8.self).contains("data:image"))
  }

  @Test("a folder without a journal is told in words")
  func noJournal() throws {
    let place = try TemporaryFolder()
    let error = #expect(throws: EvidenceError.self) { try RunReports.write(in: place.path) }
    #expect(error?.reason == place.path + "/journal.jsonl: No such file or directory")
  }

  @Test(
    "durations read as a person says them",
    arguments: [
      (0.0, "0.0 s"), (1.26, "1.3 s"), (12, "12.0 s"), (59.97, "1 min 00 s"),
      (125, "2 min 05 s"),
      (3725, "1 h 2 min 05 s"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(ReportText.seconds(seconds) == text)
  }
}
