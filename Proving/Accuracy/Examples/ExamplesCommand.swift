public import ArgumentParser
import Foundation
import FrameVision
import Frames

/// `gantry-proving examples`: ten pairs of a frame and a template, with what is measured of each.
public struct ExamplesCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "examples",
    abstract: "Prints what is measured of ten pairs of a frame and a template.",
    discussion: """
      These are the pairs of the article on how matching works. With --out the pictures are written \
      into a folder, for `gantry match FRAME TEMPLATE --explain FOLDER`.
      """)

  @Option(help: "Write the pictures into this folder.")
  var out: String?

  /// Creates the command.
  public init() {}

  /// Prints the measures.
  public func run() throws {
    if let out {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    }
    for (at, example) in try MatchExample.all().enumerated() {
      let consensus = PhotometricConsensus(
        references: [example.beside].compactMap { $0.map { PhotometricReference(Template($0)) } })
      let search = TemplateFinder().search(
        Template(example.template), in: SearchableFrame(example.frame, consensus: consensus))
      print("\(at + 1). \(example.name): \(Self.words(search.answer))")
      if let best = search.explanations(atMost: 1).first {
        let measures = best.measures.filter { $0.normalizedResidual >= 0.005 }
          .map { "\($0.name) \(Self.rounded($0.normalizedResidual))" }
        print(
          "   \(best.match.rect), transform \(best.transform), noise \(Self.rounded(best.noise)): "
            + measures.joined(separator: ", "))
      }
      if let out {
        try PNGCodec.write(RGBImage(example.frame), to: "\(out)/\(at + 1)-frame.png", effort: .fast)
        try PNGCodec.write(example.template, to: "\(out)/\(at + 1)-template.png", effort: .fast)
        if let beside = example.beside {
          try PNGCodec.write(beside, to: "\(out)/\(at + 1)-beside.png", effort: .fast)
        }
      }
    }
  }

  private static func rounded(_ number: Double) -> Double { (100 * number).rounded() / 100 }

  private static func words(_ answer: FindAnswer) -> String {
    switch answer {
    case .matched(let match): "matched, score \(rounded(match.score))"
    case .ambiguous(let one, let two): "ambiguous, \(one.rect) and \(two.rect)"
    case .unclear(_, let reason): "unclear, \(reason)"
    case .absent(let nearest):
      "absent"
        + (nearest.map { ", nearest score \(rounded($0.score)), \($0.difference ?? "") differs" }
          ?? "")
    }
  }
}
