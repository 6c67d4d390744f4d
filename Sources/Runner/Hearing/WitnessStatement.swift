import Bench
import FrameVision

/// What the independent witnesses of a rig say at one moment.
struct WitnessStatement: Hashable, Sendable {
  /// A loss of picture that the step did not ask for.
  enum Gap: Hashable, Sendable {
    /// There was none.
    case none
    /// The mouse's host was gone meanwhile, as when a recorder restarts.
    case withHostGone
    /// The mouse's host stayed.
    case withHostThere
    /// No mouse is wired that could say.
    case hostUnknown
  }

  /// What is known of a supply: what the switch reads back, and what arrives behind it.
  struct Supply: Hashable, Sendable {
    /// What the switch reads back; nil where there is none, or it can't read back.
    var readBack: Bool?
    /// What a sense behind the switch says; nil where none is wired.
    var sensed: Bool?
    /// Whether the rig's owner vouches for a supply that nothing senses.
    var isTrusted = false

    /// Nobody knows anything.
    static let unknown = Supply()

    /// Whether the device is supplied, by the best that is known.
    var isOn: Bool? { sensed ?? readBack }

    /// Whether it is sure that the device is supplied: sensed, or vouched for.
    var isProven: Bool {
      if let sensed { return sensed && readBack != false }
      return isTrusted && readBack != false
    }

    /// What is known of a supply that was asked for twice: at either time it may have been as it
    /// should not be.
    func joined(with other: Supply, shouldBeOn: Bool) -> Supply {
      func join(_ one: Bool?, _ other: Bool?) -> Bool? {
        guard let one, let other else { return one ?? other }
        return shouldBeOn ? one && other : one || other
      }
      return Supply(
        readBack: join(readBack, other.readBack), sensed: join(sensed, other.sensed),
        isTrusted: isTrusted)
    }
  }

  /// The signal now.
  var signal: SignalState
  /// What the picture is now; nil where there is none.
  var picture: PictureCondition?
  /// Whether the recorder is being restarted, by the plug or by itself, and has not come back.
  var isRestarting: Bool
  /// Whether a picture of the recorder was ever seen in this run: what was down before says nothing
  /// of what the run did.
  var wasSeenUp = true
  /// Whether, since it is being restarted, its signal and its USB host came and went again.
  var startsOver = false
  /// A loss of picture during the step that nobody asked for, over or not.
  var gap: Gap
  /// The bus of the mouse now; nil without a mouse.
  var bus: USBBusState?
  /// Whether the supply should be on.
  var shouldBeSupplied: Bool
  /// What the supply is.
  var supply: Supply
  /// Whether anything moves in the picture by itself; nil where it was not watched.
  var pictureMoves: Bool?
  /// Whether the pointer moved as the mouse was moved; nil without a mouse, or not asked.
  var pointerAnswers: Bool?
  /// Whether it did so on pictures that showed nothing else.
  var pointerIsAlone = false
  /// Whether pictures repeat to the last bit, which the noise of most capture chains forbids.
  var repeats: Bool
  /// Whether something is on the screen that the model says moves by itself, without which a picture
  /// that stands says nothing of a recorder; nil where it was not looked for.
  var showsLife: Bool?
  /// Whether the picture stands, or would if it went on standing, for longer than the model says that
  /// any does.
  var outstands = false
}

extension WitnessStatement {
  /// What was said, for the journal.
  var words: String {
    var parts = ["signal \(signal.rawValue)"]
    if let picture { parts.append("picture \(picture.rawValue)") }
    switch gap {
    case .none: break
    case .withHostGone: parts.append("signal and USB host were gone")
    case .withHostThere: parts.append("signal was gone, USB host was not")
    case .hostUnknown: parts.append("signal was gone")
    }
    parts.append("USB \(bus?.rawValue ?? "not wired")")
    parts.append(supply.words)
    if let pictureMoves { parts.append(pictureMoves ? "picture moves" : "picture stands") }
    if let showsLife {
      parts.append(showsLife ? "something alive is shown" : "nothing alive is shown")
    }
    if outstands { parts.append("stands for longer than any should") }
    if repeats { parts.append("picture repeats to the last bit") }
    if let pointerAnswers {
      parts.append(pointerAnswers ? "pointer answers" : "pointer does not answer")
      if pointerAnswers, pointerIsAlone { parts.append("it is all that is drawn") }
    }
    if !wasSeenUp { parts.append("never seen up in this run") }
    if isRestarting { parts.append(startsOver ? "starts over and over" : "restart not over") }
    return parts.joined(separator: ", ")
  }
}

extension WitnessStatement.Supply {
  /// What is known, and how.
  fileprivate var words: String {
    let read =
      readBack.map { "supply reads back \($0 ? "on" : "off")" } ?? "supply can't be read back"
    if let sensed { return "\(read), is sensed \(sensed ? "on" : "off")" }
    return isTrusted ? "\(read), is trusted" : "\(read), is not sensed"
  }
}
