public import Frames

/// How one place compares with a template, for people to look at.
public struct TemplateExplanation: Sendable {
  /// The place with its score.
  public let match: TemplateMatch
  /// The transform that the frame was taken to have, such as `brightness(20)`.
  public let transform: String
  /// The deviation of the noise that was found, in levels.
  public let noise: Double
  /// How far each statistic goes, over its critical value: `luma box sum`, `blue mean` and so on.
  public let measures: [(name: String, normalizedResidual: Double)]
  /// Luma as it was expected, after transform, shift and blur.
  public let expected: Plane
  /// Luma as it was seen.
  public let seen: Plane
  /// How much differs, from 0 to 255: 64 is what noise and compression usually leave.
  public let differences: Plane
}

extension TemplateJudge {
  /// How a place compares with the template.
  func explanation(at origin: PixelPoint, measuring detail: Detail = .allPlanes)
    -> TemplateExplanation
  {
    let comparison = compare(at: origin, measuring: detail)
    let luma = comparison.luma
    let names = ["luma", "blue", "red"]
    var measures: [(name: String, normalizedResidual: Double)] = []
    for (name, scan) in zip(names, [comparison.lumaScan] + (comparison.chroma?.scans ?? [])) {
      measures.append((name + " box sum", Double(scan.boxSum.normalizedResidual)))
      measures.append((name + " variance", Double(scan.variance.normalizedResidual)))
      measures.append((name + " mean", Double(scan.mean.normalizedResidual)))
    }
    measures.append(("luma whole", Double(comparison.lumaScan.whole.normalizedResidual)))
    if let outermost = comparison.outermost {
      measures.append(("outermost rows", Double(outermost.normalizedResidual)))
    }
    if let rim = comparison.rim, detail == .everything || rim.normalizedResidual > 1 {
      measures.append(("rim of the mask", Double(rim.normalizedResidual)))
    }
    let (width, height) = (luma.width, luma.height)
    func plane(_ level: (Int) -> Float) -> Plane {
      Plane(
        width: width, height: height,
        samples: (0..<(width * height)).map { UInt8(max(0, min(255, level($0).rounded()))) })
    }
    return TemplateExplanation(
      match: verdict(of: comparison).match,
      transform: "\(PhotometricTransform.all[comparison.transform].mistake)",
      noise: Double(luma.noise), measures: measures, expected: plane { luma.expected[$0] },
      seen: plane { luma.seen[$0] },
      differences: plane { at in
        if luma.weights[at] == 0 { return 0 }
        let residual = luma.seen[at] - luma.expected[at]
        return 64 * (residual * residual / luma.explained(at: at)).squareRoot()
      })
  }
}
