public import Frames
public import Patterns
public import SourceYAML

/// What one kind of recorder looks like and how it behaves: a folder with `model.yaml` and
/// reference pictures.
public struct RecorderModel: Sendable {
  /// The model's name.
  public var name: String
  /// One sentence for people.
  public var about: String
  /// The size of the screen that references, regions and points refer to, in pixels.
  public var screen: PixelSize
  /// Wordings by key, such as `forgotPassword`.
  public var labels: [String: Label]
  /// Reference images by name.
  public var images: [String: ReferenceImage]
  /// Named sets of images or labels, such as the icons of the menu bar.
  public var groups: [String: [GroupMember]]
  /// Named parts of the screen.
  public var regions: [String: PixelRect]
  /// Named parts of the screen that go where something else goes.
  public var hangingRegions: [String: HangingRegion]
  /// Labels and images that scenarios may name and that these recorders never show.
  public var never: Set<String>
  /// Text fields by name.
  public var fields: [String: FieldDescription]
  /// Plain values by name, such as `userName`; `${model.userName}` refers to them.
  public var values: [String: String]
  /// The on-screen keyboard; nil where the model has none.
  public var keyboard: Keyboard?
  /// What a secure code looks like.
  public var code: CodeFormat?
  /// What a password must be like.
  public var password: PasswordRules?
  /// How it starts and restarts.
  public var boot: BootBehaviour
  /// Pop-ups that come unasked, and how they are sent away.
  public var interruptions: [Interruption]
  /// Parts of the screen that move by themselves (a clock, a live picture), not to be judged.
  public var alive: [AlivePart]
  /// The longest time that its screen stands while it works and nobody moves its mouse; nil where it
  /// may stand for ever.
  public var longestStill: Duration?
  /// How it writes dates; nil where nobody said.
  public var dateOrder: DateOrder?
  /// After how many tries it locks what, and what sets the tries back.
  public var lockout: LockoutRules
  /// What its vendor prints of the way through a reset.
  public var flow: VendorFlow
  /// Where the file begins.
  public var location: SourceLocation

  /// Creates a model.
  public init(
    name: String, about: String, screen: PixelSize, labels: [String: Label],
    images: [String: ReferenceImage], groups: [String: [GroupMember]],
    regions: [String: PixelRect], fields: [String: FieldDescription], values: [String: String],
    keyboard: Keyboard?, code: CodeFormat?, password: PasswordRules?, boot: BootBehaviour,
    interruptions: [Interruption], alive: [AlivePart], longestStill: Duration? = nil,
    dateOrder: DateOrder? = nil, lockout: LockoutRules = LockoutRules(),
    flow: VendorFlow = VendorFlow(), hangingRegions: [String: HangingRegion] = [:],
    never: Set<String> = [],
    location: SourceLocation
  ) {
    self.name = name
    self.about = about
    self.screen = screen
    self.labels = labels
    self.images = images
    self.groups = groups
    self.regions = regions
    self.fields = fields
    self.values = values
    self.keyboard = keyboard
    self.code = code
    self.password = password
    self.boot = boot
    self.interruptions = interruptions
    self.alive = alive
    self.longestStill = longestStill
    self.dateOrder = dateOrder
    self.lockout = lockout
    self.flow = flow
    self.never = never
    self.hangingRegions = hangingRegions
    self.location = location
  }
}

/// The order of the numbers of a date.
public enum DateOrder: String, Sendable, Hashable, CaseIterable {
  /// Such as `2026-11-29`.
  case yearMonthDay
  /// Such as `29.11.2026`.
  case dayMonthYear
  /// Such as `11/29/2026`.
  case monthDayYear
}

/// A wording of the recorder.
public struct Label: Sendable, Hashable {
  /// The words on the screen.
  public var text: String
  /// Where they are looked for; nil means anywhere, or where ``hangs`` says.
  public var region: PixelRect?
  /// What goes with something else, and they with it; nil where they do not.
  public var hangs: HangingRegion?
  /// Where a click on them goes, from their top left corner; nil means their middle.
  public var click: PixelPoint?

  /// Creates a wording.
  public init(
    text: String, region: PixelRect?, hangs: HangingRegion? = nil, click: PixelPoint? = nil
  ) {
    self.text = text
    self.region = region
    self.hangs = hangs
    self.click = click
  }
}

/// A reference picture cut from what the recorder showed.
public struct ReferenceImage: Sendable {
  /// The picture's file; transparent pixels are not looked at.
  public var file: String
  /// The picture.
  public var picture: RGBImage
  /// Where it is looked for; nil means anywhere, or where ``hangs`` says.
  public var region: PixelRect?
  /// What goes with something else, and it with it; nil where it does not.
  public var hangs: HangingRegion?
  /// Where a click on it goes, from its top left corner; nil means its middle.
  public var click: PixelPoint?
  /// Where the file is named.
  public var location: SourceLocation

  /// Creates a reference.
  public init(
    file: String, picture: RGBImage, region: PixelRect?, hangs: HangingRegion? = nil,
    click: PixelPoint?, location: SourceLocation
  ) {
    self.file = file
    self.picture = picture
    self.region = region
    self.hangs = hangs
    self.click = click
    self.location = location
  }
}

/// One of a named set of things to click on.
public enum GroupMember: Sendable, Hashable {
  /// A reference image by name.
  case image(String)
  /// A wording by key.
  case label(String)
}

/// A text field on the screen: where it lies and how it shows what was typed.
public struct TextField: Sendable, Hashable {
  /// How a field shows what was typed.
  public enum Display: String, Sendable, CaseIterable {
    /// The characters themselves.
    case text
    /// A dot for each character.
    case dots
  }

  /// The inside of the field, in pixels of the model's screen.
  public var box: PixelRect
  /// How it shows what was typed.
  public var display: Display

  /// Creates a field.
  public init(box: PixelRect, display: Display) {
    self.box = box
    self.display = display
  }
}

/// What a secure code looks like.
public struct CodeFormat: Sendable, Hashable {
  /// Characters.
  public var length: Int
  /// The characters that may occur.
  public var alphabet: String
  /// What a whole code fits; nil where length and alphabet say all.
  public var pattern: Pattern?
  /// What the mail calls a code; empty for the usual words of many languages.
  public var words: [String]

  /// Creates a format.
  public init(length: Int, alphabet: String, pattern: Pattern? = nil, words: [String] = []) {
    self.length = length
    self.alphabet = alphabet
    self.pattern = pattern
    self.words = words
  }
}

/// What a new password must be like.
public struct PasswordRules: Sendable, Hashable {
  /// A kind of character.
  public enum CharacterClass: String, Sendable, CaseIterable {
    /// a–z.
    case lower
    /// A–Z.
    case upper
    /// 0–9.
    case digit
    /// Anything else.
    case symbol
  }

  /// Fewest characters.
  public var minimumLength: Int
  /// Most characters.
  public var maximumLength: Int
  /// How many kinds of characters must occur, at least.
  public var minimumClasses: Int
  /// Kinds that must occur.
  public var requiredClasses: [CharacterClass]
  /// The characters that generated passwords are drawn from; each must be on the keyboard.
  public var alphabet: String

  /// Creates rules.
  public init(
    minimumLength: Int, maximumLength: Int, minimumClasses: Int,
    requiredClasses: [CharacterClass], alphabet: String
  ) {
    self.minimumLength = minimumLength
    self.maximumLength = maximumLength
    self.minimumClasses = minimumClasses
    self.requiredClasses = requiredClasses
    self.alphabet = alphabet
  }
}

/// How a recorder starts and restarts.
public struct BootBehaviour: Sendable, Hashable {
  /// The longest from power on (or restart) until the live view stands.
  public var longest: Duration
  /// Whether it restarts by itself after a password reset.
  public var rebootsByItself: Bool

  /// Creates a behaviour.
  public init(longest: Duration, rebootsByItself: Bool) {
    self.longest = longest
    self.rebootsByItself = rebootsByItself
  }
}
