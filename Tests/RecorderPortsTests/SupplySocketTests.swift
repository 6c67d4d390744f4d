import Foundation
import Glibc
import Testing

@testable import RecorderPorts

@Suite("What the recorder feels of relay and adapter, and what a sense shows of it")
struct SupplySocketTests {
  @Test("A cut and an adapter that dies take the supply, and the sense follows")
  func sense() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/gantry-supply-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (line, adapter, sense) = (
      AttributeFile(path: folder + "/line"), AttributeFile(path: folder + "/adapter"),
      AttributeFile(path: folder + "/sense")
    )
    for file in [line, adapter, sense] {
      try #require(FileManager.default.createFile(atPath: file.path, contents: nil))
    }
    #expect(line.write("0") == 0)
    #expect(adapter.write("1") == 0)
    let socket = try SupplySocket(
      path: line.path, suppliedAt: 0, rest: true, adapter: adapter.path, sense: sense.path)
    defer { socket.stop() }
    #expect(shows("pull-up", sense))
    #expect(line.write("1") == 0)
    #expect(shows("pull-down", sense))
    #expect(line.write("0") == 0)
    #expect(shows("pull-up", sense))
    #expect(adapter.write("0") == 0)
    #expect(shows("pull-down", sense))
    // The change stands in the list once it was seen to the end.
    var changes: [Bool] = []
    let end = ContinuousClock.now + .seconds(60)
    while changes.count < 3, ContinuousClock.now < end {
      changes += socket.changes().map(\.isOn)
      usleep(2000)
    }
    #expect(changes == [false, true, false])
  }

  /// Waits for what another thread writes.
  private func shows(_ text: String, _ file: AttributeFile) -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      if file.text == text { return true }
      usleep(2000)
    }
    return false
  }
}
