import Foundation
import Testing

/// A rig whose supply is switched by a file.
private func rig(in folder: Folder, minimumOff: String) throws -> String {
  _ = try folder.write("1", to: "supply")
  return try folder.write(
    """
    rig: by-hand
    model: models/night-series
    power: {file: {path: supply}, minimumOff: \(minimumOff)}
    """, to: "rig.yaml")
}

/// Starts the program as a shell would, with its memory in a folder.
private func start(_ arguments: [String], in folder: Folder) throws -> Process {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  process.environment = ["XDG_STATE_HOME": folder.path]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  return process
}

/// Waits until a file holds a text. The thread is kept: among many tests a task may wait longer for
/// its turn than a short cut lasts.
private func holds(_ text: String, _ name: String, in folder: Folder) throws -> Bool {
  let end = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < end {
    if try folder.text(name) == text { return true }
    usleep(2000)
  }
  return false
}

@Suite struct PowerTests {
  @Test func `killed in the middle of a cut, the program leaves the recorder supplied`() throws {
    let folder = try Folder()
    let rig = try rig(in: folder, minimumOff: "1s")
    let begun = ContinuousClock.now
    let controller = try start(["power", rig, "off", "--for", "1h"], in: folder)
    #expect(try holds("0", "supply", in: folder))
    kill(controller.processIdentifier, SIGKILL)
    controller.waitUntilExit()
    #expect(try holds("1", "supply", in: folder))
    #expect(ContinuousClock.now - begun >= .seconds(1))
    // What was not switched on by a hand that knew is remembered: a full cut anew.
    #expect(try folder.text("gantry/by-hand.plug").hasPrefix("cut "))
    let doctor = try start(["doctor", rig], in: folder)
    doctor.waitUntilExit()
    #expect(doctor.terminationStatus == 3)
    let next = try start(["power", rig, "on"], in: folder)
    #expect(try holds("0", "supply", in: folder))
    next.waitUntilExit()
    #expect(next.terminationStatus == 0)
    #expect(try folder.text("supply") == "1")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/gantry/by-hand.plug"))
    let again = try start(["doctor", rig], in: folder)
    again.waitUntilExit()
    #expect(again.terminationStatus == 0)
  }

  @Test(arguments: [("off --for 1h", 130), ("cycle", 130), ("off", 0)] as [(String, Int32)])
  func `Ctrl-C in the middle of a cut leaves the recorder supplied and nothing to be made up for`(
    order: String, status: Int32
  ) throws {
    let folder = try Folder()
    // Longer than a busy machine takes to see that the cut has begun.
    let rig = try rig(in: folder, minimumOff: "6s")
    let begun = ContinuousClock.now
    let words = order.split(separator: " ").map(String.init)
    let controller = try start(["power", rig] + words, in: folder)
    #expect(try holds("0", "supply", in: folder))
    kill(controller.processIdentifier, SIGINT)
    controller.waitUntilExit()
    #expect(controller.terminationReason == .exit)
    #expect(controller.terminationStatus == status)
    #expect(try folder.text("supply") == "1")
    #expect(ContinuousClock.now - begun >= .seconds(6))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/gantry/by-hand.plug"))
  }

  @Test func `a picture is saved without the hands of the rig`() async throws {
    let folder = try Folder()
    let rig = try folder.write(
      """
      rig: broken
      model: models/night-series
      screen: {v4l2: {device: /dev/no-such-screen}}
      power: {gpioRelay: {chip: no-such-chip, line: 0, contact: normally-closed, \
      whenReleased: powered}}
      """, to: "rig.yaml")
    let told = await gantry("frame", "--rig", rig, "--out", folder.path + "/frame.png")
    #expect(told.status == 3)
    #expect(told.err == "screen: open /dev/no-such-screen: No such file or directory\n")
    let twice = await gantry("frame", "a.png", "--rig", rig, "--out", "b.png")
    #expect(twice.status == 2)
  }

  @Test func `the state is told without taking the switch`() async throws {
    let folder = try Folder()
    let rig = try rig(in: folder, minimumOff: "1s")
    let told = await gantry("power", rig, "status")
    #expect(told.status == 0)
    #expect(told.out == "on; in nobody's hands\n")
    _ = try folder.write("0", to: "supply")
    #expect(await gantry("power", rig, "status").out == "off; in nobody's hands\n")
    #expect(try folder.text("supply") == "0")
  }

  @Test func `a sense that is not there is told, and the recorder is left supplied`() async throws {
    let folder = try Folder()
    _ = try folder.write("1", to: "supply")
    let rig = try folder.write(
      """
      rig: no-sense
      model: models/night-series
      power: {file: {path: supply}, minimumOff: 1s, sense: {chip: no-such-chip, line: 0}}
      """, to: "rig.yaml")
    let told = await gantry("power", rig, "status")
    #expect(told.status == 3)
    #expect(
      told.err.hasPrefix("power: the sense of the supply: no GPIO chip is called no-such-chip"),
      "\(told.err)")
    let hand = try start(["power", rig, "on"], in: folder)
    hand.waitUntilExit()
    #expect(hand.terminationStatus == 3)
    #expect(try folder.text("supply") == "1")
  }

  @Test func `a virtual rig has no supply to be switched by hand`() async throws {
    let folder = try Folder()
    let rig = try folder.write("rig: v\nmodel: models/night-series\nvirtual: {}", to: "rig.yaml")
    let told = await gantry("power", rig, "off")
    #expect(told.status == 2)
    #expect(told.err.contains("a virtual rig lives only while a scenario is played on it"))
  }

  @Test func `the doctor names what is not well and what to try next`() async throws {
    let folder = try Folder()
    let rig = try folder.write(
      """
      rig: broken
      model: models/night-series
      screen: {v4l2: {device: /dev/no-such-video}}
      mouse: {ch9329: {device: /dev/no-such-port}}
      power: {gpioRelay: {chip: no-such-chip, line: 0, contact: normally-closed, \
      whenReleased: powered}}
      """, to: "rig.yaml")
    let told = await gantry("doctor", rig, "--json")
    #expect(told.status == 3)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(told.out.utf8)) as? [String: Any])
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(checks.map { $0["check"] as? String } == ["power switch", "screen", "mouse"])
    #expect(checks.allSatisfy { $0["ok"] as? Bool == false && $0["next"] is String })
  }
}
