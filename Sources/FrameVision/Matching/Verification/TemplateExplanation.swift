public import Frames

/// How one place compares with a template, for people to look at.
public struct TemplateExplanation: Sendable {
  /// The place with its score.
  public let match: TemplateMatch
  /// The tone that the frame was taken to have, such as `brightness(20)`.
  public let tone: String
  /// The deviation of the noise that was found, in levels.
  public let noise: Double
  /// How far each measure goes, in units of its limit: `light stroke`, `blue level` and so on.
  public let measures: [(name: String, excess: Double)]
  /// Luma as it was expected, after tone, shift and blur.
  public let expected: Plane
  /// Luma as it was seen.
  public let seen: Plane
  /// How much differs, from 0 to 255: 64 is what noise and compression usually leave.
  public let differences: Plane
}

extension TemplateJudge {
  /// How a place compares with the template.
  func explanation(at origin: PixelPoint) -> TemplateExplanation {
    let comparison = compare(at: origin, isComplete: true)
    let light = comparison.light
    let names = ["light", "blue", "red"]
    var measures: [(name: String, excess: Double)] = []
    for (name, scan) in zip(names, [comparison.lightScan] + (comparison.tint?.scans ?? [])) {
      measures.append((name + " stroke", Double(scan.stroke.excess)))
      measures.append((name + " structure", Double(scan.structure.excess)))
      measures.append((name + " level", Double(scan.level.excess)))
    }
    measures.append(("light whole", Double(comparison.lightScan.whole.excess)))
    let (width, height) = (light.width, light.height)
    func plane(_ level: (Int) -> Float) -> Plane {
      Plane(
        width: width, height: height,
        samples: (0..<(width * height)).map { UInt8(max(0, min(255, level($0).rounded()))) })
    }
    return TemplateExplanation(
      match: verdict(of: comparison).match, tone: "\(comparison.tone.mistake)",
      noise: Double(light.noise), measures: measures, expected: plane { light.expected[$0] },
      seen: plane { light.seen[$0] },
      differences: plane { at in
        if light.weights[at] == 0 { return 0 }
        let rest = light.seen[at] - light.expected[at]
        return 64 * (rest * rest / light.explained(at: at)).squareRoot()
      })
  }
}
