import Digests
import Foundation
import Testing

@testable import Journals

/// A script stands for the program.
@Suite("Playing what is recorded")
struct PlayerTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// A program that writes a journal of three lines for each seed but 13.
  private func player(jobs: Int, keep: String? = nil) throws -> Player {
    let script = """
      #!/bin/sh
      while [ $# -gt 0 ]; do
        case $1 in --seed) seed=$2 ;; --out) out=$2 ;; --log-level) level=$2 ;; esac
        shift
      done
      if [ "$seed" = 13 ]; then echo "no such rig" >&2; exit 2; fi
      if [ "$level" = trace ]; then echo "trace: menu found" >&2; echo "info: on" >&2; fi
      mkdir -p "$out/run"
      printf '{"started":"%s"}\\n{"seed":%s,"wallSeconds":%s}\\n{"end":1}\\n' "$$" "$seed" "$$" \
        >"$out/run/journal.jsonl"
      echo "{\\"seed\\":$seed,\\"verdict\\":\\"failed\\",\\"step\\":\\"Log in\\",\\"folder\\":\\"$out/run\\"}"
      """
    try folder.write(script, to: "gantry")
    let program = folder.path + "/gantry"
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    return Player(program: program, root: root, jobs: jobs, keep: keep)
  }

  private func keys(_ seeds: [UInt64]) -> [RunKey] {
    seeds.map { RunKey(scenario: "log-in", model: "night-series", seed: $0) }
  }

  @Test("each run is told in the order of the list, with the digest of what counts of its journal")
  func played() async throws {
    var entries: [Recording.Entry] = []
    try await player(jobs: 3).play(keys([5, 2, 9, 1])) { entries.append($0) }
    #expect(entries.map(\.key.seed) == [5, 2, 9, 1])
    for entry in entries {
      let text = "{\"seed\":\(entry.key.seed)}\n{\"end\":1}\n"
      #expect(entry.digest == SHA256Digest.hex(text.utf8))
      #expect(entry.outcome == "failed @ Log in")
    }
  }

  @Test("a run that leaves no journal is told with what the program said")
  func noJournal() async throws {
    var entries: [Recording.Entry] = []
    try await player(jobs: 1).play(keys([13])) { entries.append($0) }
    #expect(entries.map(\.digest) == ["none"])
    #expect(entries.map(\.outcome) == ["no such rig"])
  }

  @Test("what counts of each journal is kept where that is wanted")
  func kept() async throws {
    let keep = folder.path + "/kept"
    try await player(jobs: 2, keep: keep).play(keys([3])) { _ in }
    let file = URL(filePath: "\(keep)/\(keys([3])[0].fileNames.journal)")
    #expect(try String(contentsOf: file, encoding: .utf8) == "{\"seed\":3}\n{\"end\":1}\n")
  }

  @Test("what the program tells of its searches has a digest of its own where that is wanted")
  func traced() async throws {
    var player = try player(jobs: 1)
    player.traces = true
    var entries: [Recording.Entry] = []
    try await player.play(keys([3])) { entries.append($0) }
    #expect(entries.map(\.trace) == [SHA256Digest.hex("trace: menu found\n".utf8)])
  }

  @Test("a program that is not there is an error, not a result")
  func noProgram() async throws {
    let player = Player(program: folder.path + "/none", root: root, jobs: 1)
    await #expect(throws: (any Error).self) { try await player.play(keys([1])) { _ in } }
  }
}
