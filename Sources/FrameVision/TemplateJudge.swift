import Frames

/// Compares one place of a frame with a template, part by part; the worst part decides.
struct TemplateJudge {
  let template: Template
  let frame: SearchableFrame
  let ignored: [PixelRect]

  /// The side of the parts that are compared, in pixels.
  private static let part = 8
  /// Mean differences of a part that a capture chain can explain, in levels.
  private static let lumaTolerance = 20.0
  private static let chromaTolerance = 12.0

  /// Compares the template with the frame where its top left corner lies at a point.
  func judge(at origin: PixelPoint) -> TemplateMatch {
    let rect = PixelRect(
      x: origin.x, y: origin.y, width: template.size.width, height: template.size.height)
    let planes = FullPlanes(frame.normal, cropping: rect)
    let offset = max(-20, min(20, meanDifference(template.planes.luma, planes.luma, rect)))
    var worst = 0.0
    var place: PixelRect?
    var kind: String?
    for top in stride(from: 0, to: rect.height, by: Self.part) {
      for left in stride(from: 0, to: rect.width, by: Self.part) {
        let part = PixelRect(x: left, y: top, width: Self.part, height: Self.part)
          .intersection(PixelRect(rect.size))
        let (light, blue, red) = differences(part, planes, rect, offset: offset)
        let luma = light / Self.lumaTolerance
        let chroma = max(blue, red) / Self.chromaTolerance
        if max(luma, chroma) > worst {
          worst = max(luma, chroma)
          place = part.offset(byX: rect.x, y: rect.y)
          kind = luma >= chroma ? "shape or brightness" : "colour"
        }
      }
    }
    return TemplateMatch(
      rect: rect, score: 1 / (1 + worst), differs: worst > 1 ? place : nil,
      difference: worst > 1 ? kind : nil)
  }

  private func counts(_ x: Int, _ y: Int, _ rect: PixelRect) -> Bool {
    if let mask = template.mask, mask[x, y] != 255 { return false }
    return !ignored.contains { $0.contains(PixelPoint(x: rect.x + x, y: rect.y + y)) }
  }

  private func meanDifference(_ a: Plane, _ b: Plane, _ rect: PixelRect) -> Double {
    var (sum, count) = (0, 0)
    for y in 0..<rect.height {
      for x in 0..<rect.width where counts(x, y, rect) {
        sum += Int(b[x, y]) - Int(a[x, y])
        count += 1
      }
    }
    return count == 0 ? 0 : Double(sum) / Double(count)
  }

  private func differences(
    _ part: PixelRect, _ planes: FullPlanes, _ rect: PixelRect, offset: Double
  ) -> (light: Double, blue: Double, red: Double) {
    var (light, blue, red, count) = (0.0, 0, 0, 0)
    for y in part.y..<part.maxY {
      for x in part.x..<part.maxX where counts(x, y, rect) {
        light += abs(Double(planes.luma[x, y]) - Double(template.planes.luma[x, y]) - offset)
        blue += Int(planes.cb[x, y]) - Int(template.planes.cb[x, y])
        red += Int(planes.cr[x, y]) - Int(template.planes.cr[x, y])
        count += 1
      }
    }
    if count == 0 { return (0, 0, 0) }
    let n = Double(count)
    return (light / n, abs(Double(blue)) / n, abs(Double(red)) / n)
  }
}
