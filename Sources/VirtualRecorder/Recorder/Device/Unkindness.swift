import Frames

/// How this one recorder answers its mouse, and what it does unasked: drawn from the seed.
struct Unkindness: Sendable {
  /// Which unkindnesses are on.
  struct Switches: OptionSet, Sendable {
    let rawValue: Int

    /// Fast movements go further than slow ones.
    static let acceleration = Switches(rawValue: 1)
    /// The pointer hides while it is not used.
    static let hiding = Switches(rawValue: 2)
    /// The bus sleeps, and the report that wakes it is lost.
    static let sleep = Switches(rawValue: 4)
    /// A report is lost now and then.
    static let losses = Switches(rawValue: 8)
    /// Notices come up unasked.
    static let notices = Switches(rawValue: 16)
    /// The pointer's shape stands a few pixels off its hot spot.
    static let hotSpot = Switches(rawValue: 32)
    /// Mail lands among junk, and other mail comes too.
    static let mail = Switches(rawValue: 64)

    static let all: Switches = [
      .acceleration, .hiding, .sleep, .losses, .notices, .hotSpot, .mail,
    ]
  }

  /// A notice that comes up, and when.
  struct PlannedNotice: Sendable {
    /// Which of the model's notices.
    var index: Int
    /// After the start of the firmware, or after instant zero when it already runs.
    var after: Duration
  }

  /// Pixels per count at slow speed.
  var gain: Double
  /// Counts per millisecond from which movements are stretched.
  var accelerationThreshold: Double
  /// Stretch per count per millisecond above the threshold.
  var accelerationSlope: Double
  /// The largest stretch.
  var accelerationLimit: Double
  /// Whether movements are stretched by the speed over several reports instead.
  var isAdaptive: Bool
  /// How early or late the host takes reports.
  var jitter: RandomStream
  /// Whether the pointer has other shapes over what can be clicked, over fields and while a window
  /// comes up.
  var changesShape: Bool
  /// Where the pointer stands at first, as parts of width and height.
  var start: (x: Double, y: Double)
  /// How far the drawn shape stands off the hot spot, in pixels.
  var hotSpotError: (x: Int, y: Int)
  /// How long the pointer stays when it is not used; nil stays.
  var hidesAfter: Duration?
  /// How long the bus stays awake without reports; nil never sleeps.
  var sleepsAfter: Duration?
  /// The probability that a report is lost.
  var lossProbability: Double
  /// How long a button must be held to count.
  var minimumHold: Duration
  /// How long menus and dialogs take to come up.
  var entrance: Duration
  /// A notice that comes up unasked, once.
  var notice: PlannedNotice?
  /// Whether the reset mail is taken for spam.
  var mailIsJunk: Bool
  /// When other mail is sent.
  var otherMail: [Duration]

  /// Draws the traits of a seed; when a notice comes up, the slope of the acceleration, and what is
  /// set of the pointer, may be set instead.
  init(
    seed: UInt64, switches: Switches, model: VirtualModel, noticeAfter: Duration? = nil,
    acceleration slope: Double? = nil, pointer options: PointerOptions = PointerOptions()
  ) {
    isAdaptive = options.isAdaptive
    changesShape = options.changesShape
    jitter = RandomStream(seed: seed, for: .jitter)
    var pointer = RandomStream(seed: seed, for: .pointer)
    gain = pointer.number(in: 0.6...2.5) * Style(model).scale.squareRoot()
    let acceleration = pointer.number(in: 0...1)
    accelerationThreshold = pointer.number(in: 0.5...1.5)
    // A third of all recorders does not accelerate at all.
    accelerationSlope = acceleration < 0.33 ? 0 : pointer.number(in: 0.15...0.6)
    if let slope { accelerationSlope = slope }
    accelerationLimit = pointer.number(in: 1.4...3)
    start = (pointer.number(in: 0.1...0.9), pointer.number(in: 0.1...0.9))
    hotSpotError = (pointer.integer(in: -3...3), pointer.integer(in: -3...3))
    hidesAfter = pointer.duration(inSeconds: 5...10)
    sleepsAfter = pointer.duration(inSeconds: 10...15)
    minimumHold = pointer.duration(inSeconds: 0.03...0.06)
    entrance = pointer.duration(inSeconds: 0.15...0.3)
    lossProbability = 0.005

    var notices = RandomStream(seed: seed, for: .notices)
    let comes = notices.happens(withProbability: 0.25)
    var planned = PlannedNotice(
      index: notices.integer(in: 0...(model.notices.count - 1)),
      after: notices.duration(inSeconds: 4...120))
    if let noticeAfter { planned.after = noticeAfter }
    notice = comes || noticeAfter != nil ? planned : nil

    var mail = RandomStream(seed: seed, for: .mail)
    mailIsJunk = mail.happens(withProbability: 0.3)
    let otherCount = mail.integer(in: 0...2)
    otherMail = (0..<otherCount).map { _ in mail.duration(inSeconds: 2...200) }

    turnOff(switches.symmetricDifference(.all))
  }

  private mutating func turnOff(_ switches: Switches) {
    if switches.contains(.acceleration) { accelerationSlope = 0 }
    if switches.contains(.hiding) { hidesAfter = nil }
    if switches.contains(.sleep) { sleepsAfter = nil }
    if switches.contains(.losses) { lossProbability = 0 }
    if switches.contains(.notices) { notice = nil }
    if switches.contains(.hotSpot) { hotSpotError = (0, 0) }
    if switches.contains(.mail) {
      mailIsJunk = false
      otherMail = []
    }
  }
}
