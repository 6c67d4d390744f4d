import Frames
import RecorderModel
import RunJournal
import Scenario
import Testing

@testable import Runner

@Suite("Places by what they stand in, and which of several")
struct RelationTests {
  private static let dialog = PixelRect(x: 30, y: 50, width: 180, height: 110)

  /// A dialog with its title and a button, and another button of the same words outside of it.
  private func stage(_ setUp: (inout Stage.World) -> Void = { _ in }) -> Stage {
    Stage { world in
      world.scene.dialogs = [Self.dialog]
      world.scene.words = [
        ("Reset", PixelRect(x: 50, y: 60, width: 50, height: 12)),
        ("OK", PixelRect(x: 150, y: 136, width: 24, height: 12)),
        ("OK", PixelRect(x: 270, y: 180, width: 24, height: 12)),
      ]
      world.onClick = { world, point, _ in
        if PixelRect(x: 150, y: 136, width: 24, height: 12).contains(point) {
          world.later(0.3) { $0.scene.pictures.append(("bar", PixelPoint(x: 240, y: 80))) }
        }
      }
      setUp(&world)
    }
  }

  private let model = TestModel.make {
    $0.labels["title"] = Label(text: "Reset", region: nil)
    $0.hangingRegions["dialog"] = HangingRegion(on: .label("title"), .around)
    $0.hangingRegions["value"] = HangingRegion(
      on: .label("title"), .box(PixelRect(x: 60, y: -6, width: 90, height: 30)))
  }

  private func play(_ target: String, on stage: Stage) async throws -> Play {
    try await RunnerTests.play(
      "steps:\n  - name: Accept\n    click: \(target)\n    expect: {image: bar}\n", on: stage,
      model: model)
  }

  @Test(
    "Of two buttons of the same words the one in the dialog is clicked",
    arguments: [
      "{text: OK, in: {around: {label: title}}}", "{text: OK, in: dialog}",
      "{text: OK, nth: 1, of: 2}",
    ])
  func inDialog(target: String) async throws {
    let play = try await play(target, on: stage())
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.actions.first?.place == PixelPoint(x: 162, y: 142))
  }

  @Test("The dialog is found where it went")
  func moved() async throws {
    let stage = stage { world in
      let way = (x: 40, y: -30)
      world.scene.dialogs = [Self.dialog.offset(byX: way.x, y: way.y)]
      for place in 0..<2 {
        world.scene.words[place].box = world.scene.words[place].box.offset(byX: way.x, y: way.y)
      }
      world.onClick = { world, _, _ in
        world.later(0.3) { $0.scene.pictures.append(("bar", PixelPoint(x: 240, y: 150))) }
      }
    }
    let play = try await play("{text: OK, in: dialog}", on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.actions.first?.place == PixelPoint(x: 202, y: 112))
  }

  @Test("With more of them than there should be nobody knows which is meant")
  func tooMany() async throws {
    let play = try await play("{text: OK, nth: 2, of: 3}", on: stage())
    #expect(play.end.verdict == .failed)
    #expect(play.reason.contains("in 2 places, not in 3"), "\(play.reason)")
    let more = stage {
      $0.scene.words.append(("OK", PixelRect(x: 270, y: 150, width: 24, height: 12)))
    }
    let ambiguous = try await self.play("{text: OK, nth: 2, of: 2}", on: more)
    #expect(ambiguous.end.verdict == .errored)
    #expect(ambiguous.end.cause?.code == "ambiguous-target")
    #expect(!ambiguous.stage.log.contains { $0.hasPrefix("click") })
  }

  @Test("Of several on a line the places count from the left")
  func readingOrder() async throws {
    let stage = stage { world in
      world.scene.words = [
        ("Edit", PixelRect(x: 220, y: 101, width: 30, height: 12)),
        ("Edit", PixelRect(x: 60, y: 140, width: 30, height: 12)),
        ("Edit", PixelRect(x: 60, y: 104, width: 30, height: 12)),
      ]
      world.onClick = { world, _, _ in
        world.later(0.3) { $0.scene.pictures.append(("bar", PixelPoint(x: 240, y: 20))) }
      }
    }
    for (nth, x) in [(1, 75), (2, 235), (3, 75)] {
      let play = try await play("{text: Edit, nth: \(nth), of: 3}", on: stage)
      #expect(play.sink.actions.first?.place?.x == x, "\(nth): \(play.reason)")
      stage.world { $0.scene.pictures = [] }
    }
  }

  @Test("A dialog whose sides can't be told is no evidence against the recorder")
  func noBox() async throws {
    let stage = stage { $0.scene.dialogs = [] }
    let play = try await RunnerTests.play(
      "steps:\n  - {name: Look, expect: {text: OK, in: dialog}, within: 2s}\n", on: stage,
      model: model)
    #expect(play.end.verdict == .errored, "\(play.reason)")
    #expect(play.reason.contains("no box is seen around"), "\(play.reason)")
  }

  @Test("A value is read where it stands beside what it belongs to, wherever that is")
  func read() async throws {
    let stage = stage { world in
      world.scene.words.append(("4.2.1", PixelRect(x: 120, y: 60, width: 50, height: 12)))
      world.scene.words.append(("9.9", PixelRect(x: 250, y: 60, width: 50, height: 12)))
    }
    let play = try await RunnerTests.play(
      "steps:\n"
        + "  - {name: Read, read: {in: value, pattern: '[0-9.]+', save: version, within: 5s}}\n"
        + "  - {name: Compare, expect: {equal: ['${version}', '4.2.1']}}\n", on: stage,
      model: model)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }
}
