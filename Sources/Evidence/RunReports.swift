public import RunJournal

/// The reports of a run folder, made from its journal and pictures alone.
public enum RunReports {
  /// Makes `report.html` and `junit.xml`, or makes them again: the same journal gives the same
  /// bytes.
  ///
  /// - Parameter folder: the run folder.
  /// - Returns: the journal.
  /// - Throws: when the journal can't be read or a report can't be written.
  @discardableResult
  public static func write(in folder: String) throws(EvidenceError) -> Journal {
    let journal = try journal(of: folder)
    let html = HTMLReport.html(journal) { file in
      isPicture(file) ? try? EvidenceFiles.read("\(folder)/\(file)") : nil
    }
    try EvidenceFiles.write(html.utf8, to: "\(folder)/\(RunFolder.FileName.report)")
    let xml = JUnitReport.xml(journal)
    try EvidenceFiles.write(xml.utf8, to: "\(folder)/\(RunFolder.FileName.junit)")
    return journal
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
