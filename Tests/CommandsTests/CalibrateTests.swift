import FoundationEssentials
import OrderedJSON
import RunJournal
import Testing

/// What a grabber makes of pictures is measured once, and known in every run.
@Suite("Calibration of a rig")
struct CalibrateTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  private func rig(in folder: Folder, brightness: Int) throws -> String {
    try folder.write(
      """
      rig: calibrated
      model: \(Self.root)/Rigs/models/night-series
      virtual: {capture: {brightness: \(brightness)}}
      """, to: "desk.yaml")
  }

  private func calibrate(_ rig: String, in folder: Folder) async -> Spoken {
    await gantry(
      "calibrate", "--rig", rig, "--frames", "4", "--runs", folder.path + "/runs", "--scenario",
      Self.root + "/Scenarios/password-reset.yaml", "--until",
      "The old password is right / Enter the password / Open the log-in prompt / Open the menu bar",
      "--after", "3s")
  }

  private func run(_ rig: String, in folder: Folder) async throws -> (
    status: Int32, journal: Journal
  ) {
    let spoken = await gantry(
      "run", Self.root + "/Scenarios/log-in.yaml", "--rig", rig, "--out", folder.path + "/runs",
      "--unattended")
    let runs = folder.path + "/runs"
    let latest = try #require(try FileManager.default.contentsOfDirectory(atPath: runs).max())
    let journal = try Data(contentsOf: URL(filePath: "\(runs)/\(latest)/journal.jsonl"))
    return (spoken.status, try Journal(reading: Array(journal)))
  }

  @Test(
    "it is written beside the rig, named by runs, and no other takes its place that contradicts")
  func calibrates() async throws {
    let folder = try Folder()
    let rig = try rig(in: folder, brightness: 12)
    #expect(try await run(rig, in: folder).journal.start.calibration == nil)

    let spoken = await calibrate(rig, in: folder)
    #expect(spoken.status == 0, "\(spoken)")
    let file = try folder.text("desk.calibration.json")
    let object = try JSONValue(parsing: Array(file.utf8))
    #expect(object["possible"]?.description.contains("\"brightness(12)\"") == true)

    let (status, journal) = try await run(rig, in: folder)
    #expect(status == 0)
    #expect(journal.start.calibration?.name == "desk.calibration.json")
    #expect(journal.start.calibration?.digest.count == 64)

    // Another grabber on the same desk: what runs kept contradicts.
    let other = await calibrate(try self.rig(in: folder, brightness: -16), in: folder)
    #expect(other.status == 3, "\(other)")
    #expect(other.err.contains("nothing is written"))
    #expect(try folder.text("desk.calibration.json") == file)
  }

  @Test(
    "a screen without references tells nothing, and a file that is no calibration is said to be none"
  )
  func refuses() async throws {
    let folder = try Folder()
    let rig = try rig(in: folder, brightness: 12)
    let spoken = await gantry("calibrate", "--rig", rig, "--frames", "2", "--runs", "nowhere")
    #expect(spoken.status == 3, "\(spoken)")
    _ = try folder.write("{}", to: "desk.calibration.json")
    let run = await gantry(
      "run", Self.root + "/Scenarios/log-in.yaml", "--rig", rig, "--out", folder.path + "/runs",
      "--unattended")
    #expect(run.status == 2, "\(run)")
    #expect(run.err.contains("is no calibration"))
  }
}
