import MarkupText

/// A name and what it stands for, in a list of facts.
struct RowView {
  var key: String
  var lines: [String]
  var code = false
  /// Where the text leads; at most one.
  var link: [String] = []
  /// Where it is written; at most one.
  var place: [String] = []

  /// A row of text; line ends stay.
  init(_ key: String, _ text: String, code: Bool = false) {
    self.key = key
    self.code = code
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Markup.printable(String($0)) }
  }
}

/// A rectangle drawn over a picture, in the picture's pixels.
struct OutlineView {
  /// What it stands for: `box`, `nearest` or `blanked`.
  var outline: String
  var x: Int
  var y: Int
  var w: Int
  var h: Int
  var stroke: Int
}

/// A picture with outlines and a caption.
struct FigureView {
  /// What it shows, and whether it is small.
  var figureKind: String
  var caption: String
  var file = ""
  var number = 0
  var width = 0
  var height = 0
  var open = false
  var lost = false
  var outlines: [OutlineView] = []
}

/// Some pictures beside each other.
struct FigureGroup {
  var figures: [FigureView]
}

/// A picture of the album, embedded once.
struct AlbumView {
  var number: Int
  var width: Int
  var height: Int
  var data: String
}

/// What was expected beside what was seen, both at their real size.
struct ComparisonView {
  struct Heat {
    var data: String
    var heatWords: String
  }

  struct Place {
    var x: Int
    var y: Int
    var w: Int
    var h: Int
  }

  var id: String
  var heading: String
  /// The album's numbers of the expected picture and of the frame.
  var template: Int
  var frame: Int
  /// Where in the frame.
  var x: Int
  var y: Int
  var w: Int
  var h: Int
  var half: Int
  var middle: Int
  var hasDiffers: Bool
  var differs: [Place]
  var heat: [Heat]
}

/// Something that happened, as a line.
struct HappeningView {
  var time: String
  var kindWord: [String] = []
  /// The sign of what was judged; at most one.
  var held: [HeldView] = []
  var words: String
  var details: [String] = []
}

/// Whether something expected held.
struct HeldView {
  var heldMark: String
  var heldTone: String
}

/// What was looked for on the frame that decided.
struct SearchView {
  struct Candidate {
    var candidateTone: String
    var candidateName: String
    var score: String
    var bar: [Bar]
    var limit: String
    var place: String
    var answer: String
  }

  struct Bar {
    var share: Int
    var limitShare: Int
  }

  var searchCaption: String
  var candidates: [Candidate]
}

/// What was read on the frame that decided.
struct ReadView {
  struct Line {
    var readText: String
    var readPlace: String
  }

  var readCaption: String
  var readLines: [Line]
}

/// Where the film shows something.
struct SeekView {
  var href: String
  var at: String
  var text: String
}

/// A step with its parts.
struct StepView {
  var stepNumber: Int
  var tone: String
  var isOpen: Bool
  var stepMark: String
  var outcomeWord: String
  var stepName: String
  var attempts: [String]
  var took: [String]
  var rows: [RowView]
  var seek: [SeekView]
  var hasHappenings: Bool
  var happenings: [HappeningView]
  var searches: [SearchView]
  var reads: [ReadView]
  var stepFigures: [FigureGroup]
  var comparisons: [ComparisonView]
  var hasParts: Bool
  var parts: [StepView]
}

/// A lane of the course of a run.
struct LaneView {
  struct Mark {
    var kind: String
    var href: String
    var at: String
    var left: String
    var width: String
    var label: String
  }

  var laneName: String
  var marks: [Mark]
}

/// What a step saw in the end, among the scenes of a run.
struct SceneView {
  var sceneTone: String
  var sceneStep: Int
  var sceneAt: [String]
  var sceneWidth: Int
  var sceneHeight: Int
  var sceneName: String
  var sceneMark: String
  var scenePicture: Int
}

/// Steps that were not played.
struct LeftOutView {
  struct Item {
    var itemName: String
    var itemWords: [String]
  }

  var heading: String
  var remark: [String]
  var items: [Item]
}

/// How much was judged, and which way was taken.
struct TestedView {
  struct Way {
    var way: String
  }

  var testedWords: String
  var hasWays: Bool
  var ways: [Way]
}

/// The page of a run.
struct ReportView {
  struct Word {
    var text: String
    var strong = false
  }

  struct Tick {
    var left: String
    var text: String
  }

  struct Video {
    var file: String
    var words: String
  }

  var title: String
  var style: String
  var script: String
  var verdictTone: String
  var verdictMark: String
  var verdictWord: String
  var verdictSentence: String
  var headline: [Word]
  var tested: [TestedView]
  var repeats: [String]
  var hasAlbum: Bool
  var album: [AlbumView]
  var decision: Bool
  var decisionRows: [RowView]
  var decisionFigures: [FigureGroup]
  var decisionComparisons: [ComparisonView]
  var warnings: [String]
  var video: [Video]
  var lanes: [LaneView]
  var scale: [Tick]
  var hasScenes: Bool
  var scenes: [SceneView]
  var lastGood: [LastGoodView]
  var leftOut: [LeftOutView]
  var steps: [StepView]
  var hasOutside: Bool
  var hasHappenings: Bool
  var happenings: [HappeningView]
  var facts: [RowView]
  var digests: [RowView]
}
