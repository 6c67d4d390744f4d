import Foundation
import RecorderPast
import Testing

@Suite("Telling what is believed of a recorder")
struct RecorderTests {
  private static let rig = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Rigs/virtual.yaml").standardizedFileURL.path

  @Test("a hold reaches the run that has the recorder, and holds until it is released")
  func hold() async throws {
    let place = try Folder()
    func recorder(_ words: String...) async -> Spoken {
      await gantry(
        ["recorder", Self.rig] + words + [
          "--set", "virtual.memory=\(place.path)/memory", "--set", "recorder.id=NVR-1",
          "--set", "recorder.state=\(place.path)/state",
        ])
    }
    do {
      let file = try RecorderFolder(path: place.path + "/state").take("NVR-1", for: "the run a-1")
      let held = await recorder("hold", "--why", "new cable")
      #expect(held.status == 0, "\(held.err)")
      #expect(held.out.contains("in the hands of the run a-1: it ends before its next action"))
      #expect(held.out.contains(": new cable\n"))
      #expect(file.askedHold?.why == "new cable")
      // What is the run's own to know is not changed behind its back.
      #expect(await recorder("forget", "all", "--why", "no use").status == 3)
      #expect(await recorder("release", "--why", "not today").status == 0)
      #expect(file.askedHold == nil)
      _ = await recorder("hold", "--why", "old cable")
    }
    #expect(await recorder("show").out.contains(": old cable\n"))
    let released = await recorder("release", "--why", "done")
    #expect(released.status == 0 && !released.out.contains("held by"))
  }
}
