import Frames
import MarkupText
import RunJournal

/// Compares what was expected with what was kept of the frames. Frames that show in several
/// comparisons are decoded once.
final class ReportDifferences {
  private let album: PictureAlbum
  private var frames: [String: Plane?] = [:]

  init(_ album: PictureAlbum) {
    self.album = album
  }

  /// What was expected beside what was seen.
  ///
  /// - Parameters:
  ///   - id: what the page calls it.
  ///   - search: what was looked for, and what came of it.
  ///   - name: what the expected picture is called.
  ///   - frame: the kept frame.
  ///   - template: the kept reference picture.
  ///   - box: where the reference lies in the frame.
  /// - Returns: nil where a picture is missing or can't be read, or the reference does not lie in the
  ///   frame.
  func view(
    id: String, _ search: Judgement.Search, named name: String, frame: KeptPicture,
    template: KeptPicture, at box: PixelRect
  ) -> ComparisonView? {
    guard let seen = album.entries[frame.file], let expected = album.entries[template.file],
      expected.size == box.size, PixelRect(seen.size).intersection(box) == box
    else { return nil }
    var heat: [ComparisonView.Heat] = []
    var differs = search.found ? nil : search.differs
    if !search.found, let luma = luma(of: frame.file),
      let picture = try? PNGCodec.decode(expected.bytes),
      let difference = PictureDifference(frame: luma, at: box, expected: picture),
      let bytes = try? PNGCodec.encode(difference.heat)
    {
      differs = differs ?? difference.worst
      let percent = Int((difference.share * 100).rounded())
      heat = [
        .init(
          data: PictureAlbum.address(of: bytes, "image/png"),
          heatWords: "\(percent) % of the pixels, brightness alike, differ visibly")
      ]
    }
    let score = search.score.map { ", score \(ReportText.score($0)) of at least " } ?? ", limit "
    return ComparisonView(
      id: id,
      heading: Markup.printable(
        "\(name) at \(box)\(score)\(ReportText.score(search.limit)): "
          + (search.found ? "found" : "not found")),
      template: expected.number, frame: seen.number, x: box.x, y: box.y, w: box.width,
      h: box.height, half: box.width / 2, middle: box.x + box.width / 2, hasDiffers: differs != nil,
      differs: differs.map { $0.insetBy(-3) }
        .map { [.init(x: $0.x, y: $0.y, w: $0.width, h: $0.height)] } ?? [],
      heat: heat)
  }

  private func luma(of file: String) -> Plane? {
    if let known = frames[file] { return known }
    let luma = album.entries[file].flatMap { try? JPEGCodec.decode($0.bytes).luma }
    frames[file] = .some(luma)
    return luma
  }
}
