import CTesseract
import Frames

/// One tesseract recogniser. Not safe for use by two threads at once.
final class TextRecognizer {
  private let handle: OpaquePointer

  /// The C functions are `TessBaseAPICreate` and `TessBaseAPIInit3`.
  init(language: String) throws(TextReaderError) {
    guard let handle = TessBaseAPICreate() else {
      throw .noLanguageData(language: language)
    }
    // Without this, tesseract tells standard error about every odd picture.
    TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
    if TessBaseAPIInit3(handle, nil, language) != 0 {
      TessBaseAPIDelete(handle)
      throw .noLanguageData(language: language)
    }
    // Strips come dark on white; without this each is read twice to find out.
    TessBaseAPISetVariable(handle, "tessedit_do_invert", "0")
    self.handle = handle
  }

  deinit {
    TessBaseAPIEnd(handle)
    TessBaseAPIDelete(handle)
  }

  /// Reads the only line of a picture that is dark on white; boxes are in its pixels.
  func line(in luma: Plane, alphabet: String? = nil) -> TextLine {
    TextLine(words: lines(in: luma, mode: PSM_SINGLE_LINE, alphabet: alphabet).flatMap(\.words))
  }

  /// Reads a picture of one letter, or of a few that touch, dark on white.
  func letter(in luma: Plane, alphabet: String?) -> (text: String, confidence: Double) {
    let words = lines(in: luma, mode: PSM_SINGLE_CHAR, alphabet: alphabet).flatMap(\.words)
    return (words.map(\.text).joined(), words.map(\.confidence).min() ?? 0)
  }

  private func lines(in luma: Plane, mode: TessPageSegMode, alphabet: String?) -> [TextLine] {
    gantry_omp_stay_serial()
    TessBaseAPISetVariable(handle, "tessedit_char_whitelist", alphabet ?? "")
    TessBaseAPISetPageSegMode(handle, mode)
    return luma.samples.withUnsafeBufferPointer { samples in
      TessBaseAPISetImage(
        handle, samples.baseAddress, Int32(luma.width), Int32(luma.height), 1, Int32(luma.width))
      TessBaseAPISetSourceResolution(handle, 150)
      defer { TessBaseAPIClear(handle) }
      if TessBaseAPIRecognize(handle, nil) != 0 { return [] }
      return readResult()
    }
  }

  private func readResult() -> [TextLine] {
    guard let results = TessBaseAPIGetIterator(handle) else { return [] }
    defer { TessResultIteratorDelete(results) }
    let pages = TessResultIteratorGetPageIterator(results)
    var lines: [TextLine] = []
    repeat {
      if TessPageIteratorIsAtBeginningOf(pages, RIL_TEXTLINE) != 0 {
        lines.append(TextLine(words: []))
      }
      guard let text = TessResultIteratorGetUTF8Text(results, RIL_WORD) else { continue }
      defer { TessDeleteText(text) }
      var (left, top, right, bottom) = (Int32(0), Int32(0), Int32(0), Int32(0))
      TessPageIteratorBoundingBox(pages, RIL_WORD, &left, &top, &right, &bottom)
      let word = TextWord(
        text: String(cString: text),
        box: PixelRect(
          x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top)),
        confidence: Double(TessResultIteratorConfidence(results, RIL_WORD)))
      if !word.text.allSatisfy(\.isWhitespace), !lines.isEmpty {
        lines[lines.count - 1].words.append(word)
      }
    } while TessResultIteratorNext(results, RIL_WORD) != 0
    return lines.filter { !$0.words.isEmpty }
  }
}
