/// Which sheets pairs are taken from.
enum FitKind: Hashable, Sendable {
  /// A widget in one of many captures, and one that differs in a detail.
  case widget(Kind)
  /// A control at rest beside a tinted one, and the tinted one.
  case tint(TintKind)
  /// A shape that is open inside, and one that is thinner by a pixel, or none.
  case mask(MaskKind)

  /// All kinds that are about templates. Of scaled ones neither the outermost rows nor the place
  /// between the pixels can be told, so that their statistics are others.
  static let all =
    Kind.allCases.filter { !$0.isText && $0 != .scaled }.map(Self.widget)
    + TintKind.allCases.map(Self.tint) + MaskKind.allCases.map(Self.mask)

  /// What it is called.
  var name: String {
    switch self {
    case .widget(let kind): kind.rawValue
    case .tint(let kind): "tint \(kind.rawValue)"
    case .mask(let kind): "mask \(kind.rawValue)"
    }
  }

  /// How many pairs a sheet gives.
  var pairs: Int {
    switch self {
    case .widget: 4
    case .tint: TintOutcome.Subject.allCases.count
    case .mask: MaskOutcome.Question.allCases.count
    }
  }
}
