import Drivers
import Foundation
import Glibc
import RigDescription

/// Programs as they are built beside these tests.
func program(_ name: String) -> URL {
  URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name)
}

/// Waits for something that another process does; false when it does not come.
func comes(_ isSo: () throws -> Bool) rethrows -> Bool {
  let end = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < end {
    if try isSo() { return true }
    usleep(2000)
  }
  return false
}

/// A folder with a rig whose recorder is a process of its own; both go with their last user.
final class Bench {
  let path: String
  private var recorder: Process?

  init(minimumOff: String = "10s") throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-process-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path
    try write(
      """
      rig: process
      model: \(root)/Rigs/models/night-series
      patience: 2
      recorder: {state: past}
      virtual: {at: recorder.sock}
      power: {minimumOff: \(minimumOff)}
      """, to: "rig.yaml")
  }

  deinit {
    end(by: SIGKILL)
    try? FileManager.default.removeItem(atPath: path)
  }

  var socket: String { path + "/recorder.sock" }
  var settings: RecorderSocketSettings { RecorderSocketSettings(path: socket) }
  /// Locks of this bench's own.
  func locks(_ name: String = "locks") -> LockFolder { LockFolder(path: "\(path)/\(name)") }
  var log: String { text("log") }

  func text(_ name: String) -> String {
    String(
      decoding: FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data(), as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }

  // MARK: Processes

  /// Starts the recorder and waits until it serves; whether it does.
  func start(_ options: String...) throws -> Bool {
    let before = log
    recorder = try begin(
      "gantry-proving", ["recorder", "--on", "socket:\(socket)", "--log", path + "/log"] + options)
    return comes { log.dropFirst(before.count).contains("serves at") }
  }

  /// Ends the recorder by a signal; what it ends with.
  @discardableResult func end(by signal: Int32) -> Int32? {
    guard let recorder else { return nil }
    self.recorder = nil
    kill(recorder.processIdentifier, signal)
    if !comes({ !recorder.isRunning }) { kill(recorder.processIdentifier, SIGKILL) }
    recorder.waitUntilExit()
    return recorder.terminationStatus
  }

  /// Starts a program as a shell would; what it says goes into the file `said`.
  func begin(_ name: String, _ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = program(name)
    process.arguments = arguments
    process.environment = ["XDG_STATE_HOME": path]
    process.currentDirectoryURL = URL(filePath: path)
    _ = FileManager.default.createFile(atPath: path + "/said", contents: nil)
    let said = try FileHandle(forWritingTo: URL(filePath: path + "/said"))
    process.standardOutput = said
    process.standardError = said
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Starts a run of a scenario with some steps.
  func beginRun(_ steps: String) throws -> Process {
    try write(
      """
      scenario: a-test
      about: What a test does.
      timeout: 10m
      steps:
      \(steps)
      """, to: "scenario.yaml")
    return try begin(
      "gantry", ["run", "scenario.yaml", "--rig", "rig.yaml", "--out", "runs", "--unattended"])
  }

  /// Plays a scenario with some steps; what the program ends with.
  func play(_ steps: String) throws -> Int32 {
    let process = try beginRun(steps)
    process.waitUntilExit()
    return process.terminationStatus
  }
}
