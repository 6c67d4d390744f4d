import Frames
import RunJournal
import Testing

@testable import Evidence

@Suite("The report")
struct HTMLReportTests {
  private func report(_ run: SampleRun, pictures: [String: [UInt8]] = [:]) throws -> String {
    HTMLReport.html(try run.journal()) { pictures[$0] }
  }

  /// The words of a page, without markup, each run of blanks as one.
  private func words(_ html: Substring) -> String {
    let text = html.replacing(/<style>(.|\n)*?<\/style>/, with: "").replacing(/<[^>]*>/, with: " ")
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("a failed run opens with the verdict, the step, what was expected and what was seen")
  func failedRun() throws {
    let html = try report(.failed)
    let body = try #require(html.firstRange(of: "<main>")).upperBound
    let opening = words(html[body...])
    let expected = """
      password-reset · rig virtual · model night-series · firmware V4.30.005 · seed 42 ✘ Failed \
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
          + "Never reached Check the version The run"))
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

  @Test("a picture is embedded once, shown with outlines wherever it belongs")
  func pictures() throws {
    let jpeg = try JPEGCodec.encode(brightFrame())
    let html = try report(.failed, pictures: ["pictures/003-step04-last.jpg": jpeg])
    #expect(html.matches(of: /data:image\/jpeg;base64,/).count == 1)
    #expect(html.contains("<image id=\"picture-1\" width=\"64\" height=\"48\" href=\"data:image"))
    #expect(html.matches(of: /<use href="#picture-1"\/>/).count == 2)
    #expect(html.matches(of: /<rect class="nearest" x="498" y="298" width="284"/).count == 2)
    #expect(html.matches(of: /<rect class="blanked" x="480" y="400" width="320"/).count == 2)
    #expect(
      words(html[...]).contains(
        "Missing in the run folder: pictures/001-step01-before.jpg, "
          + "pictures/002-step01-deciding.jpg, pictures/004-step04-template-live-view.png."))
  }

  @Test("nothing is fetched from elsewhere and nothing is run")
  func selfContained() throws {
    let html = try report(.failed)
    #expect(!html.contains("<script"))
    #expect(html.matches(of: /(src|href)="(?!#|data:)/).isEmpty)
    #expect(!html.contains("url("))
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
    #expect(String(decoding: before[0], as: UTF8.self).contains("data:image/jpeg;base64,"))
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
    try RunReports.write(in: place.path + "/run")
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
