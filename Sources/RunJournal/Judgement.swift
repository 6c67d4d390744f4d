public import Frames

/// How an expectation was decided.
public struct Judgement: Sendable, Hashable {
  /// The step that expected.
  public var step: Int
  /// What was expected, in words, without secrets.
  public var expected: String
  /// Whether it held.
  public var held: Bool
  /// What was seen, in words: the deciding match, or what stood there instead.
  public var seen: String
  /// The number of the deciding frame; nil where no frame decided.
  public var frame: Int?
  /// When the deciding frame was captured; nil where no frame decided.
  public var capturedAt: MonotonicInstant?
  /// The nearest candidate: reference or words, place, score. Nil where none or kept back.
  public var nearest: Candidate?
  /// What was looked for on the deciding frame; empty where nothing was or it is kept back, and in
  /// journals before 1.2.
  public var searches: [Search]
  /// What was read on a frame that did not show what was expected; empty as ``searches``.
  public var read: [TextRead]

  /// Something that came near to what was looked for.
  public struct Candidate: Sendable, Hashable {
    /// The reference image, label or words that were looked for.
    public var name: String
    /// Where.
    public var box: PixelRect
    /// How near, 0…1.
    public var score: Double

    /// Creates a candidate.
    public init(name: String, box: PixelRect, score: Double) {
      self.name = name
      self.box = box
      self.score = score
    }
  }

  /// Creates a judgement.
  public init(
    step: Int, expected: String, held: Bool, seen: String, frame: Int?,
    capturedAt: MonotonicInstant?, nearest: Candidate?, searches: [Search] = [],
    read: [TextRead] = []
  ) {
    self.step = step
    self.expected = expected
    self.held = held
    self.seen = seen
    self.frame = frame
    self.capturedAt = capturedAt
    self.nearest = nearest
    self.searches = searches
    self.read = read
  }
}

extension Judgement {
  /// Something that was looked for on the picture that decided, and what came of it.
  public struct Search: Sendable, Hashable {
    /// What was looked for.
    public enum Subject: Sendable, Hashable {
      /// A reference image of the model, by name.
      case image(String)
      /// Words, as reports call them.
      case words(String)

      /// What reports call it.
      public var name: String {
        switch self {
        case .image(let name), .words(let name): name
        }
      }
    }

    /// What was looked for.
    public var subject: Subject
    /// Whether it is there. One and the same thing in two places stands in the list twice.
    public var found: Bool
    /// Where it is, or what resembles it most; nil where nothing does.
    public var box: PixelRect?
    /// How alike that is, 0…1; nil where nothing is.
    public var score: Double?
    /// From which score on it counts, 0…1.
    public var limit: Double
    /// What was read there, where words were looked for; nil where nobody read or it is kept back.
    public var read: String?
    /// The part of the frame that differs most; nil where none decided.
    public var differs: PixelRect?
    /// How that part differs, such as `colour`; nil where none decided.
    public var difference: String?
    /// Why nobody can tell, where the picture is too poor.
    public var unclear: String?

    /// Creates what came of a search.
    public init(
      _ subject: Subject, found: Bool, box: PixelRect? = nil, score: Double? = nil, limit: Double,
      read: String? = nil, differs: PixelRect? = nil, difference: String? = nil,
      unclear: String? = nil
    ) {
      self.subject = subject
      self.found = found
      self.box = box
      self.score = score
      self.limit = limit
      self.read = read
      self.differs = differs
      self.difference = difference
      self.unclear = unclear
    }
  }

  /// A line of text that stood on the picture that decided.
  public struct TextRead: Sendable, Hashable {
    /// What was read, with the recogniser's mistakes.
    public var text: String
    /// Where.
    public var box: PixelRect

    /// Creates a line.
    public init(text: String, box: PixelRect) {
      self.text = text
      self.box = box
    }
  }
}
