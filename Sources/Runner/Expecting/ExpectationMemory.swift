import FrameVision
import Scenario

/// What an expectation remembers from picture to picture.
final class ExpectationMemory {
  /// Whether nothing more can be seen in time.
  var isLastGlance = false
  /// Whether anything has changed since the action where the expectation looks.
  var hasChanged = false
  /// Targets that the pointer may hide.
  private(set) var covered: [Target] = []
  /// Targets that are there, with the part of the screen that the pointer surely hides of them now.
  var hidden: [Target] = []
  /// Whether the pointer was moved off the target's place.
  var isUncovered = false
  /// Takes note of a target that the pointer may hide.
  func cover(_ target: Target) {
    if !covered.contains(where: { $0.summary == target.summary }) { covered.append(target) }
  }

  /// Forgets what the pointer may hide: something else has moved it.
  func uncover() { (covered, hidden, isUncovered) = ([], [], false) }

  /// How many glances in a row found a thing in two places, by the place of the part in the whole.
  fileprivate var ambiguous: [String: Int] = [:]
  /// How many glances in a row did not find a thing.
  fileprivate var absent: [String: Int] = [:]
  /// What moves, where that is asked for.
  fileprivate var motion: [String: MotionWatch] = [:]
}

/// What one part of an expectation remembers.
struct PartMemory {
  /// What the whole remembers.
  let whole: ExpectationMemory
  private let path: String

  /// The memory of an expectation as a whole.
  init(_ whole: ExpectationMemory) {
    self.init(whole, path: "")
  }

  private init(_ whole: ExpectationMemory, path: String) {
    self.whole = whole
    self.path = path
  }

  /// The memory of one of several parts.
  func part(_ index: Int) -> PartMemory { PartMemory(whole, path: "\(path)/\(index)") }

  /// How many glances in a row found a thing in two places.
  var ambiguous: Int {
    get { whole.ambiguous[path, default: 0] }
    nonmutating set { whole.ambiguous[path] = newValue }
  }

  /// How many glances in a row did not find a thing.
  var absent: Int {
    get { whole.absent[path, default: 0] }
    nonmutating set { whole.absent[path] = newValue }
  }

  /// What moves, where that is asked for.
  var motion: MotionWatch? {
    get { whole.motion[path] }
    nonmutating set { whole.motion[path] = newValue }
  }
}
