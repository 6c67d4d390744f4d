import Foundation
import Frames
import Testing

@testable import FrameVision

/// What is written about each number, and what becomes of clear pairs when one changes.
@Suite struct MatchParametersTests {
  @Test func eachNumberSaysWhatItIsAndLiesWhereItMay() throws {
    let written = try ParameterDocs()
    for number in ParameterNumber.all(of: .standard) {
      let docs = try #require(
        written[number.key],
        "\(number.key) lacks a line such as \"Unit: share, 0…1. Origin: cost.\"")
      #expect(
        number.values.allSatisfy(docs.range.contains), "\(number.name) is not in \(docs.range)")
    }
  }

  /// Nothing that is clear hangs on the last digits of a number.
  @Test func aTenthMoreOrLessOfANumberLeavesClearPairsRight() throws {
    let pairs = try ClearPair.all()
    var changed = Set<String>()
    for change in ParameterChange.all {
      for share in [0.9, 1.1] {
        var parameters = MatchParameters.standard
        change.apply(&parameters, share)
        for pair in pairs {
          let template = pair.template(parameters)
          let there = pair.answer(template, in: pair.frame)
          #expect(
            there.match?.rect == pair.box, "\(pair.name), \(change.name) by \(share): \(there)")
          let other = pair.answer(template, in: pair.otherFrame)
          #expect(other.match == nil, "\(pair.name), \(change.name) by \(share): \(other)")
        }
      }
      changed.insert(change.name)
    }
    #expect(changed == Set(ParameterNumber.all(of: .standard).map(\.name)))
  }
}

/// A number of a value of ``MatchParameters``, with both ends where it is a range.
private struct ParameterNumber: Equatable {
  /// Such as `limits.luma.boxSum`.
  var name: String
  /// Such as `CriticalValues.boxSum`.
  var key: String
  var values: [Double]

  static func all(of parameters: MatchParameters) -> [ParameterNumber] { all(in: parameters, "") }

  private static func all(in value: Any, _ path: String) -> [ParameterNumber] {
    Mirror(reflecting: value).children.flatMap { child -> [ParameterNumber] in
      guard let label = child.label else { return [] }
      let values: [Double]? =
        switch child.value {
        case let number as Int: [Double(number)]
        case let number as Float: [Double(number)]
        case let number as Double: [number]
        case let range as ClosedRange<Int>: [Double(range.lowerBound), Double(range.upperBound)]
        case let range as ClosedRange<Float>: [Double(range.lowerBound), Double(range.upperBound)]
        case let range as ClosedRange<Double>: [range.lowerBound, range.upperBound]
        default: nil
        }
      guard let values else { return all(in: child.value, path + label + ".") }
      return [
        ParameterNumber(name: path + label, key: "\(type(of: value)).\(label)", values: values)
      ]
    }
  }
}

/// What the source says of each number.
private struct ParameterDocs {
  struct Entry {
    var range: ClosedRange<Double>
    var origin: String
  }

  private var entries: [String: Entry] = [:]

  subscript(key: String) -> Entry? { entries[key] }

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/FrameVision/Matching/Parameters")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      try take(text)
    }
  }

  private mutating func take(_ text: String) throws {
    let unit = /Unit: .+, (-?[0-9.]+)…(-?[0-9.]+)\. Origin: (.+)\./
    let origins = ["measured", "measured, fit", "statistics", "convention", "cost"]
    var (type, entry) = ("", Entry?.none)
    for line in text.split(separator: "\n") {
      if let found = try /public struct (\w+)/.firstMatch(in: line) { type = String(found.1) }
      if let found = try unit.firstMatch(in: line), let low = Double(found.1),
        let high = Double(found.2)
      {
        entry = Entry(range: low...high, origin: String(found.3))
        #expect(origins.contains(String(found.3)), "\(line)")
      }
      if let found = try /public var (\w+)/.firstMatch(in: line) {
        entries["\(type).\(found.1)"] = entry
        entry = nil
      }
    }
  }
}

/// One number made larger or smaller.
private struct ParameterChange {
  let name: String
  let apply: (inout MatchParameters, Double) -> Void

  private init(_ apply: @escaping (inout MatchParameters, Double) -> Void) {
    // What a large change moves is the number that it is about.
    var changed = MatchParameters.standard
    apply(&changed, 0.25)
    let numbers = zip(ParameterNumber.all(of: .standard), ParameterNumber.all(of: changed))
    name = numbers.filter { $0 != $1 }.map(\.0.name).joined(separator: " and ")
    self.apply = apply
  }

  private static func number(_ path: WritableKeyPath<MatchParameters, Float>) -> ParameterChange {
    ParameterChange { $0[keyPath: path] *= Float($1) }
  }

  private static func number(_ path: WritableKeyPath<MatchParameters, Double>) -> ParameterChange {
    ParameterChange { $0[keyPath: path] *= $1 }
  }

  private static func number(_ path: WritableKeyPath<MatchParameters, Int>) -> ParameterChange {
    ParameterChange { $0[keyPath: path] = Self.scaled($0[keyPath: path], $1) }
  }

  private static func scaled(_ number: Int, _ share: Double) -> Int {
    Int((Double(number) * share).rounded())
  }

  private static func range<Bound: BinaryFloatingPoint>(
    _ path: WritableKeyPath<MatchParameters, ClosedRange<Bound>>
  ) -> ParameterChange {
    ParameterChange {
      let range = $0[keyPath: path]
      $0[keyPath: path] = range.lowerBound * Bound($1)...range.upperBound * Bound($1)
    }
  }

  private static func range(
    _ path: WritableKeyPath<MatchParameters, ClosedRange<Int>>
  ) -> ParameterChange {
    ParameterChange {
      let range = $0[keyPath: path]
      $0[keyPath: path] = scaled(range.lowerBound, $1)...scaled(range.upperBound, $1)
    }
  }

  /// One for each number.
  static var all: [ParameterChange] {
    let floats: [WritableKeyPath<MatchParameters, Float>] = [
      \.preparation.leastLevelSpread, \.preparation.leastShapeShare, \.search.sureCorrelation,
      \.search.leastCorrelation, \.search.slack, \.search.coarseSlack, \.search.nearlyBest,
      \.search.leastSeen, \.search.textCorrelation, \.quickLook.otherVariance,
      \.quickLook.otherVarianceUnfitted, \.quickLook.otherMean, \.quickLook.nearlyAlike,
      \.quickLook.clearlyBetter, \.registration.largestShift, \.registration.goodError,
      \.registration.clearlyBetter, \.registration.ridge, \.registration.edgeSlope,
      \.registration.negligible, \.noise.leastNoise, \.noise.likeness, \.noise.uncompressed,
      \.noise.uncompressedEdge, \.noise.flatGradient, \.noise.edgeGradient, \.noise.calmGradient,
      \.noise.gradientVariance, \.noise.elsewhere, \.noise.moreNoiseElsewhere,
      \.noise.compressionElsewhere, \.noise.chromaFloor, \.noise.chromaNoise,
      \.noise.chromaEdgeNoise, \.noise.chromaCompression, \.noise.crosstalk,
      \.noise.chromaGradientVariance, \.clipping.furthest, \.clipping.deviations,
      \.clipping.leastNoise, \.clipping.reach, \.clipping.end, \.clipping.outlier,
      \.clipping.leastShift, \.limits.luma.boxSum, \.limits.luma.slack, \.limits.luma.variance,
      \.limits.luma.mean, \.limits.luma.noiseShare, \.limits.luma.boxSumCrowd,
      \.limits.luma.noiseCrowd, \.limits.chroma.boxSum, \.limits.chroma.slack,
      \.limits.chroma.variance, \.limits.chroma.mean, \.limits.chroma.noiseShare,
      \.limits.chroma.boxSumCrowd, \.limits.chroma.noiseCrowd, \.limits.meanNoise,
      \.limits.usualNoise, \.limits.rounding, \.rim.leastCoverage, \.rim.leastContourCoverage,
      \.rim.leastContrast, \.rim.mostSoftness, \.rim.leastDifference, \.doubts.scaledResidual,
      \.doubts.strongBlur, \.doubts.vagueShape, \.doubts.poorResidual, \.doubts.poorNoise,
      \.photometry.rangeMargin,
      \.photometry.alike, \.photometry.slack, \.photometry.tie, \.photometry.mistakeCost,
      \.photometry.mostCost, \.photometry.chromaWeight, \.photometry.littleCost,
      \.photometry.littleMove, \.photometry.clearMove, \.photometry.largeColor,
      \.photometry.rangeError, \.photometry.likeness, \.photometry.uncertainty,
    ]
    let doubles: [WritableKeyPath<MatchParameters, Double>] = [
      \.preparation.leastSpread, \.preparation.searchedSpread, \.preparation.chromaAdvantage,
      \.preparation.sparseShare, \.preparation.mostRepetition, \.search.sureScore,
      \.search.doubtfulScore, \.search.clearlyLess, \.limits.lostShare, \.limits.score,
      \.doubts.leastVisible, \.photometry.pause,
    ]
    let integers: [WritableKeyPath<MatchParameters, Int>] = [
      \.preparation.smallestSide, \.preparation.mostLevels, \.preparation.fewestLevelPixels,
      \.preparation.largestScanned, \.preparation.comparedPixels, \.preparation.mostRowStep,
      \.preparation.coarseTaps, \.preparation.fullSizeTaps, \.preparation.comparedTaps,
      \.preparation.fewestTaps, \.preparation.fewestTransformRows, \.preparation.transformPixels,
      \.preparation.leastRepetition, \.preparation.sameLevels, \.search.mostPeaks,
      \.search.mostVaguePeaks, \.search.mostRefined, \.search.mostCandidates,
      \.search.mostOutsiders, \.search.fewestOutsiders, \.search.fewestPixels,
      \.search.fewestPixelsAtAll, \.search.fewestSparsePixels, \.search.effort,
      \.search.sparseEffort, \.search.littleEffort, \.search.hiddenEffort, \.search.fewPlaces,
      \.search.closelyRefined, \.search.failedPixels, \.search.besideMatch, \.search.faintestText,
      \.quickLook.margin, \.quickLook.transformedMargin, \.quickLook.mixedMargin,
      \.quickLook.rangePart, \.quickLook.outliers, \.quickLook.rangeRowStep,
      \.quickLook.rangeOutliers, \.quickLook.mostTransforms, \.registration.fewestPixels,
      \.registration.enoughEdges, \.registration.pixels, \.registration.largePixels,
      \.registration.largeArea, \.noise.reach, \.noise.sampledPixels, \.noise.enoughWindows,
      \.noise.chromaReach, \.noise.seenChromaReach, \.clipping.fewestPixels, \.rim.fewestSamples,
      \.rim.fewestContourSamples, \.rim.slenderness, \.rim.widestEnd, \.doubts.smallArea,
      \.photometry.mostBrightness, \.photometry.brightnessStep, \.photometry.contrastStep,
      \.photometry.mostColors, \.photometry.mostPlaces, \.photometry.smallestColor,
      \.photometry.smallestPart, \.photometry.fewestPixels, \.photometry.flatRange,
      \.photometry.smallestFace, \.photometry.largeArea, \.photometry.largeSide,
      \.photometry.mostObservations, \.photometry.fewestObservations,
    ]
    return floats.map(number) + doubles.map(number) + integers.map(number)
      + [
        range(\.preparation.rowEnergy), range(\.preparation.rowSlopes),
        range(\.preparation.openPixels), range(\.search.failures), range(\.registration.blurs),
        range(\.noise.edgeNoise), range(\.noise.compressionNoise), range(\.photometry.contrasts),
        range(\.photometry.gammas),
      ]
  }
}

/// A frame that shows a template, and one that surely does not.
private struct ClearPair {
  let name: String
  let frame: Frame
  let otherFrame: Frame
  let box: PixelRect
  private let screen: Frame
  private let references: [PhotometricReference]
  private var mask: Plane?

  /// Pairs in which nothing is near its limit.
  static func all() throws -> [ClearPair] {
    let kinds: [(NearMiss, Int)] = [(.letter, 40), (.focus, 120), (.color, 160)]
    return try kinds.map { try ClearPair($0, seed: $1) } + [ring()]
  }

  private init(_ kind: NearMiss, seed: Int) throws {
    let example = WidgetCase(kind, seed: seed)
    let (canvas, box) = example.screen(showing: example.widget)
    let (wrong, _) = example.screen(showing: example.other)
    try self.init("\(kind)", canvas, wrong, box)
  }

  private init(_ name: String, _ canvas: Canvas, _ other: Canvas, _ box: PixelRect) throws {
    for canvas in [canvas, other] { ToneMarks.draw(on: canvas) }
    let chain = CaptureChain(tone: .brightness(12), noise: 3, quality: 88, seed: 3)
    self.name = name
    self.box = box
    screen = canvas.frame()
    references = ToneMarks.references(of: screen)
    frame = try chain.captured(canvas.pixels())
    otherFrame = try chain.captured(other.pixels())
  }

  /// A ring, of which only its own pixels count, and one that is thinner by three.
  private static func ring() throws -> ClearPair {
    let screens = [12.0, 9].map { thickness in
      let canvas = Canvas(480, 240, Ink(226, 228, 232))
      canvas.dot(160, 100, radius: 40, Ink(20, 20, 24))
      canvas.dot(160, 100, radius: 37, Ink(60, 120, 200))
      canvas.dot(160, 100, radius: 40 - thickness, Ink(240, 240, 220))
      return canvas
    }
    let box = PixelRect(x: 118, y: 58, width: 84, height: 84)
    var pair = try ClearPair("ring", screens[0], screens[1], box)
    var mask = Plane(width: box.width, height: box.height)
    for y in 0..<box.height {
      for x in 0..<box.width {
        let (dx, dy) = (Double(x) - 41.5, Double(y) - 41.5)
        let radius = (dx * dx + dy * dy).squareRoot()
        mask[x, y] = radius <= 39.5 && radius >= 28.5 ? 255 : 0
      }
    }
    pair.mask = mask
    return pair
  }

  func template(_ parameters: MatchParameters) -> Template {
    Template(screen, cropping: box, mask: mask, parameters: parameters)
  }

  func answer(_ template: Template, in frame: Frame) -> FindAnswer {
    TemplateFinder().find(
      template,
      in: SearchableFrame(frame, consensus: PhotometricConsensus(references: references)))
  }
}
