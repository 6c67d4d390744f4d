public import RunJournal

/// The reports of a run folder, made from its journal and pictures alone.
public enum RunReports {
  /// Makes `report.html` and `junit.xml`, or makes them again: the same journal gives the same
  /// bytes.
  ///
  /// - Parameters:
  ///   - folder: the run folder.
  ///   - isEmbedded: whether the page holds the pictures, and needs nothing but itself.
  ///   - lastGood: the folder of the last good run of the same kind, which the folder keeps from then
  ///     on; nil leaves what it keeps.
  /// - Returns: the journal.
  /// - Throws: when the journal can't be read or a report can't be written.
  @discardableResult
  public static func write(
    in folder: String, isEmbedded: Bool = false, lastGood: String? = nil
  ) throws(EvidenceError) -> Journal {
    let journal = try journal(of: folder)
    if let lastGood { try LastGoodRun.keep(lastGood, in: folder) }
    let html = HTMLReport.html(
      journal, film: film(of: folder), isEmbedded: isEmbedded,
      good: goodRun(beside: folder, of: journal)
    ) { file in picture(file, of: folder) }
    try EvidenceFiles.write(html.utf8, to: "\(folder)/\(RunFolder.FileName.report)")
    let xml = JUnitReport.xml(journal, in: folder)
    try EvidenceFiles.write(xml.utf8, to: "\(folder)/\(RunFolder.FileName.junit)")
    return journal
  }

  /// The last good run that a folder keeps; nil where it keeps none, or it is gone by now.
  private static func goodRun(beside folder: String, of journal: Journal) -> GoodRun? {
    guard let way = LastGoodRun.kept(in: folder) else { return nil }
    let other = LastGoodRun.folder(at: way, from: folder)
    guard let good = try? self.journal(of: other) else { return nil }
    let comparison = RunComparison(
      good, pictures: { picture($0, of: other) }, with: journal,
      pictures: { picture($0, of: folder) }, of: .whereToldOtherwise)
    return GoodRun(comparison: comparison, way: way) { file, isFirst in
      picture(file, of: isFirst ? other : folder)
    }
  }

  /// What is known of a run's film; nil where there is none.
  public static func film(of folder: String) -> FilmRecord? {
    guard let bytes = try? EvidenceFiles.read("\(folder)/\(RunFolder.FileName.filmRecord)"),
      let record = FilmRecord(bytes), EvidenceFiles.exists("\(folder)/\(record.file)")
    else { return nil }
    return record
  }

  /// A picture that a journal names; nil where it is missing, or lies elsewhere.
  static func picture(_ file: String, of folder: String) -> [UInt8]? {
    isPicture(file) ? try? EvidenceFiles.read("\(folder)/\(file)") : nil
  }

  /// Whether a name from a journal stays inside the folder of pictures.
  private static func isPicture(_ file: String) -> Bool {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == RunFolder.FileName.pictures && parts[1] != ".."
  }

  /// The journal of a run folder.
  ///
  /// - Throws: when it can't be read or is none.
  public static func journal(of folder: String) throws(EvidenceError) -> Journal {
    let path = "\(folder)/\(RunFolder.FileName.journal)"
    let bytes = try EvidenceFiles.read(path)
    do throws(JournalError) {
      return try Journal(reading: bytes)
    } catch {
      throw EvidenceError("\(path): \(error)")
    }
  }
}
