import FrameVision
import Frames
import RunJournal
import Scenario

/// Reads what stands where something expected is not to be seen, for whoever wants to know what was
/// there instead. It decides nothing.
final class TextsRead {
  /// How many letters a line has at least.
  private static let fewestLetters = 3
  /// How many lines are told at most.
  private static let mostLines = 24

  private let finder: TargetFinder
  private let reader: any WordReader
  private let pictures: RunPictures
  private let secrecy: Secrecy

  init(finder: TargetFinder, reader: any WordReader, pictures: RunPictures, secrecy: Secrecy) {
    self.finder = finder
    self.reader = reader
    self.pictures = pictures
    self.secrecy = secrecy
  }

  /// What stands in a picture where targets are looked for.
  ///
  /// Nothing is told of a sensitive step, of a picture that would not be kept, nor of parts that would
  /// be black in it.
  func read(
    at targets: [Target], on look: Look, in step: StepState
  ) async throws(Stop) -> [Judgement.TextRead] {
    guard !step.isSensitive, look.condition == .picture,
      let blanks = pictures.surelyBlanked(look, in: step)
    else { return [] }
    var regions: [PixelRect?] = []
    for target in targets {
      let region = try finder.region(of: target)
      if !regions.contains(region) { regions.append(region) }
    }
    // The whole picture has all of its parts in it.
    if regions.contains(nil) { regions = [nil] }
    var read: [Judgement.TextRead] = []
    for region in regions where read.count < Self.mostLines {
      for line in await reader.lines(in: look.frame, region: region, alphabet: nil) {
        // A letter or two are as likely drawn as written.
        guard line.text.filter({ $0.isLetter || $0.isNumber }).count >= Self.fewestLetters,
          !blanks.contains(where: { $0.intersects(line.box) })
        else { continue }
        let told = Judgement.TextRead(text: secrecy.written(line.text), box: line.box)
        if !told.text.isEmpty, !read.contains(told) { read.append(told) }
      }
    }
    return Array(read.prefix(Self.mostLines))
  }
}
