import Bench
import FrameVision
import Frames

extension Hearing {
  /// What is known of a device before anybody is asked.
  struct Subject: Hashable, Sendable {
    /// Whether its picture is wired.
    var hasScreen: Bool
    /// Whether its mouse is.
    var hasMouse: Bool
    /// Whether the mouse can be moved with an eye on the pointer.
    var hasHand: Bool
    /// Whether the run has cut its supply.
    var isCut: Bool
    /// Whether it is being restarted, by the plug or by itself.
    var isRestarting: Bool
    /// Whether a picture of it was ever seen in this run, so that it can have gone down in it.
    var wasSeenUp = true
    /// Whether losing the picture is what the step is about.
    var concernsSignal: Bool
    /// The longest time in which nothing that the model says is alive moves; nil where it names
    /// nothing.
    var period: Duration?
    /// The longest time that a screen without anything alive stands; nil where it may for ever.
    var longestStill: Duration?
  }

  /// What is asked.
  enum Question: Hashable, Sendable {
    /// What the switch reads back, and what is sensed behind it.
    case supply
    /// What time it is.
    case time
    /// What the screen shows; a picture is the one that later ones are compared with.
    case picture(after: MonotonicInstant, by: MonotonicInstant)
    /// Whether a later picture differs from that one.
    case movement(after: MonotonicInstant, by: MonotonicInstant)
    /// Whether a picture is garbled.
    case tear(after: MonotonicInstant, by: MonotonicInstant)
    /// Whether the pointer moves with the mouse.
    case pointer
    /// The times without a picture that were remembered.
    case losses
    /// Whether something is on the screen that the model says is alive.
    case life
    /// The state of the mouse's bus.
    case bus
  }

  /// What a witness answers.
  enum Answer: Hashable, Sendable {
    /// What is known of the supply.
    case supply(WitnessStatement.Supply)
    /// What time it is.
    case time(MonotonicInstant)
    /// What the screen shows: the answer to three questions.
    case reading(Reading)
    /// What the pointer did.
    case pointer(PointerAnswer)
    /// The times without a picture, in order.
    case losses([SignalMemory.Spell])
    /// Whether it is.
    case life(Bool)
    /// The state of the bus; nil without a mouse.
    case bus(USBBusState?)
  }

  /// What a screen showed when it was asked.
  struct Reading: Hashable, Sendable {
    /// The signal.
    var signal: SignalState
    /// When it was seen.
    var at: MonotonicInstant
    /// What the picture is; nil where there is none.
    var picture: PictureCondition?
    /// Whether it differs from the first one.
    var moves = false
    /// How many pictures in a row were the same to the last bit.
    var repeats = 0
    /// Whether the mouse's host was gone in the loss that is not over.
    var hostWasGone = false

    /// The same with a picture.
    func showing(_ picture: PictureCondition, moves: Bool = false) -> Reading {
      var reading = self
      (reading.picture, reading.moves) = (picture, moves)
      return reading
    }
  }

  /// What a pointer did when the mouse was moved.
  enum PointerAnswer: Hashable, Sendable {
    /// It moved.
    case answered
    /// It moved, on pictures that showed nothing else.
    case answeredAlone
    /// It did not, or was not seen.
    case silent
    /// The signal went.
    case signalLost(SignalState)
  }

  /// What is to be done next.
  enum Turn: Hashable, Sendable {
    /// A witness is to be asked.
    case ask(Question)
    /// All were heard.
    case closed(Finding)
  }

  /// What a hearing came to.
  struct Finding: Hashable, Sendable {
    /// What the witnesses said.
    var statement: WitnessStatement
    /// Whose fault it is by that.
    var diagnosis: Diagnosis
  }
}
