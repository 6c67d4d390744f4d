import CPixels
import Testing

/// Loops over pixels, each test at every level that this processor has: answers must not depend on
/// how wide a processor's registers are.
@Suite("Loops over pixels", .serialized, .atEachPixelLevel) struct PixelLoops {}

/// The levels that loops over pixels are compiled for, by their names.
enum PixelLevel {
  /// The plainest first.
  static let all: [String] = {
    var names: [String] = []
    while let name = pixels_level_name(Int32(names.count)) { names.append(String(cString: name)) }
    return names
  }()

  /// Those that this processor has.
  static let here = all.indices.filter { pixels_can_run(Int32($0)) != 0 }.map { all[$0] }

  /// The one that is taken.
  static var current: String { all[Int(pixels_level())] }
}

/// Runs each test of a suite at every level that this processor has. What runs beside takes these
/// levels, too, which must make no difference.
struct PixelLevelTrait: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    defer { _ = pixels_force_level(nil) }
    for level in PixelLevel.here {
      #expect(pixels_force_level(level) == 1)
      try await function()
    }
  }
}

extension Trait where Self == PixelLevelTrait {
  static var atEachPixelLevel: Self { Self() }
}

extension PixelLoops {
  @Suite("Levels") struct LevelTests {
    @Test("the plainest runs everywhere; which others were tested is said")
    func levels() {
      let absent = PixelLevel.all.filter { !PixelLevel.here.contains($0) }
      print(
        "levels of the loops over pixels: tested \(PixelLevel.here.joined(separator: ", "))"
          + (absent.isEmpty ? "" : "; this processor has no \(absent.joined(separator: ", "))"))
      #expect(PixelLevel.here.first == "plain")
    }

    @Test("a level that this processor does not have is not taken")
    func refused() {
      let before = PixelLevel.current
      for name in PixelLevel.all.filter({ !PixelLevel.here.contains($0) }) + ["", "plainer"] {
        #expect(pixels_force_level(name) == 0)
        #expect(PixelLevel.current == before)
      }
    }

    @Test("a level is taken by its name, and the highest where none is named")
    func forced() {
      for name in PixelLevel.here {
        #expect(pixels_force_level(name) == 1)
        #expect(PixelLevel.current == name)
      }
      #expect(pixels_force_level(nil) == 1)
      #expect(PixelLevel.current == PixelLevel.here.last)
    }
  }
}
