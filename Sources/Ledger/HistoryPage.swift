import FoundationEssentials
import MarkupText
import Mustache

/// An answer about all runs as a page that stands by itself: no script, nothing fetched.
///
/// What may be missing is a list, never an optional: a name that a view does not have is looked for in
/// the views around it.
public enum HistoryPage {
  private struct Cell {
    var text: String
    /// The class of what it says; at most one.
    var tone: [String]
    /// Where it leads; at most one.
    var link: [String]
    var isLink: Bool
  }

  /// The column of a row in which something may be drawn.
  private struct Plot {
    /// What is drawn; at most one.
    var plot: [SpreadView]
  }

  private struct Row {
    var cells: [Cell]
    /// At most one.
    var plots: [Plot]
  }

  private struct Table {
    var heading: [String]
    var name: String
    var isFilled: Bool
    var whenEmpty: String
    var columns: [String]
    var rows: [Row]
  }

  private struct Page {
    var title: String
    var style: String
    var tables: [Table]
    var notes: [String]
  }

  private static let library: MustacheLibrary = {
    do {
      let text = String(decoding: PackageResources.history_mustache, as: UTF8.self)
      return MustacheLibrary(templates: ["history": try MustacheTemplate(string: text)])
    } catch {
      preconditionFailure("the template history is no template: \(error)")
    }
  }()

  /// Writes the page of an answer.
  ///
  /// - Parameters:
  ///   - answer: the answer.
  ///   - path: the file.
  /// - Throws: when it can't be written.
  public static func write(_ answer: HistoryAnswer, to path: String) throws(LedgerError) {
    try write(html(answer), to: path)
  }

  /// Puts a text in the place of a file's, for everybody to read, in one step.
  static func write(_ text: String, to path: String) throws(LedgerError) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw LedgerError("\(path): it can't be written", isInput: true)
    }
  }

  /// The page of an answer.
  public static func html(_ answer: HistoryAnswer) -> String {
    let page = Page(
      title: Markup.printable(answer.title),
      style: String(decoding: PackageResources.history_css, as: UTF8.self),
      tables: answer.tables.map { table($0, of: answer) },
      notes: answer.notes.map(Markup.printable))
    return library.render(page, withTemplate: "history") ?? ""
  }

  private static func table(_ told: HistoryAnswer.Table, of answer: HistoryAnswer) -> Table {
    let plot = SpreadPlot(told.spreads)
    return Table(
      heading: told.heading.map { [Markup.printable($0)] } ?? [],
      name: Markup.printable(told.heading ?? answer.title), isFilled: !told.rows.isEmpty,
      whenEmpty: Markup.printable(told.whenEmpty),
      columns: told.columns.map(Markup.printable) + (told.spreads.isEmpty ? [] : ["from 0"]),
      rows: told.rows.enumerated().map { number, row in
        let cells = row.enumerated().map { column, text in
          cell(
            told.columns[column], text,
            link: column == 1 && number < told.links.count ? told.links[number] : nil)
        }
        let spread = number < told.spreads.count ? told.spreads[number] : nil
        let drawn = spread.map { [plot.view($0)] } ?? []
        return Row(cells: cells, plots: told.spreads.isEmpty ? [] : [Plot(plot: drawn)])
      })
  }

  /// What is longer than this, such as a firmware with its digest, is broken into lines.
  private static let longestNumber = 24

  private static func cell(_ column: String, _ text: String, link: String?) -> Cell {
    let isNumber =
      text.first?.isNumber == true && !text.contains("T") && text.count <= longestNumber
    let word = text.split(separator: ",").first.map(String.init) ?? ""
    // Only letters: it becomes a class.
    let verdict = column == "verdict" && word.allSatisfy(\.isLetter) ? [word] : []
    return Cell(
      text: Markup.printable(text), tone: isNumber ? ["number"] : verdict,
      link: link.map { [Markup.address(ofPath: $0)] } ?? [], isLink: link != nil)
  }
}
