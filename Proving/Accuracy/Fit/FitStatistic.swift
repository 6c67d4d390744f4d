import FrameVision

/// A statistic that decides whether a place is a match.
public enum FitStatistic: String, CaseIterable, Sendable {
  case lumaBoxSum = "luma box sum"
  case lumaVariance = "luma variance"
  case lumaMean = "luma mean"
  case lumaWhole = "luma whole"
  case chromaBoxSum = "chroma box sum"
  case chromaVariance = "chroma variance"
  case chromaMean = "chroma mean"
  case outermostRows = "outermost rows"
  case maskRim = "rim of the mask"

  /// What explanations call it; of several the worst counts.
  private var measures: [String] {
    switch self {
    case .chromaBoxSum: ["blue box sum", "red box sum"]
    case .chromaVariance: ["blue variance", "red variance"]
    case .chromaMean: ["blue mean", "red mean"]
    default: [rawValue]
    }
  }

  /// The normalised residual that an explanation has; nil where it was not measured.
  func value(in explanation: TemplateExplanation) -> Double? {
    explanation.measures.filter { measures.contains($0.name) }.map(\.normalizedResidual).max()
  }

  /// The numbers by which a normalised residual is 1.
  var limit: String {
    let (limits, rim) = (MatchParameters.standard.limits, MatchParameters.standard.rim)
    func boxSum(_ values: MatchParameters.CriticalValues) -> String {
      "boxSum \(values.boxSum), slack \(values.slack)"
    }
    return switch self {
    case .lumaBoxSum: "limits.luma: \(boxSum(limits.luma))"
    case .lumaVariance: "limits.luma: variance \(limits.luma.variance)"
    case .lumaMean: "limits.luma: mean \(limits.luma.mean), noiseShare \(limits.luma.noiseShare)"
    case .lumaWhole: "limits: lostShare \(limits.lostShare)"
    case .chromaBoxSum: "limits.chroma: \(boxSum(limits.chroma))"
    case .chromaVariance: "limits.chroma: variance \(limits.chroma.variance)"
    case .chromaMean:
      "limits.chroma: mean \(limits.chroma.mean), noiseShare \(limits.chroma.noiseShare)"
    case .outermostRows: "those of luma, at the edge of the template"
    case .maskRim:
      "rim: leastCoverage \(rim.leastCoverage), leastContourCoverage \(rim.leastContourCoverage)"
    }
  }
}
