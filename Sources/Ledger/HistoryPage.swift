import FoundationEssentials
import MarkupText

/// An answer about all runs as a page that stands by itself: no script, nothing fetched.
public enum HistoryPage {
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
    let title = Markup.escaped(answer.title)
    let tables = answer.tables.map(html).joined()
    let notes = answer.notes.map { "<p class=\"note\">\(Markup.escaped($0))</p>\n" }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title) · Gantry</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      \(tables)\(notes)</body>
      </html>

      """
  }

  private static func html(_ table: HistoryAnswer.Table) -> String {
    let heading = table.heading.map { "<h2>\(Markup.escaped($0))</h2>\n" } ?? ""
    if table.rows.isEmpty { return "\(heading)<p>\(Markup.escaped(table.whenEmpty))</p>\n" }
    let head =
      table.columns.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
      + (table.spreads.isEmpty ? "" : "<th scope=\"col\">from 0</th>")
    let plot = SpreadPlot(table.spreads)
    let body = table.rows.enumerated().map { number, row in
      let cells = row.enumerated().map { column, text in
        cell(
          table.columns[column], text,
          link: column == 1 && number < table.links.count ? table.links[number] : nil)
      }
      let spread = number < table.spreads.count ? table.spreads[number] : nil
      let drawn = table.spreads.isEmpty ? "" : "<td>\(spread.map(plot.svg) ?? "")</td>"
      return "<tr>\(cells.joined())\(drawn)</tr>\n"
    }.joined()
    return """
      \(heading)<div class="wide"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table></div>

      """
  }

  private static func cell(_ column: String, _ text: String, link: String?) -> String {
    let isNumber = text.first?.isNumber == true && !text.contains("T")
    let word = text.split(separator: ",").first.map(String.init) ?? ""
    let verdict = column == "verdict" ? " class=\"\(Markup.escaped(word))\"" : ""
    let content =
      link.map { "<a href=\"\(Markup.address(ofPath: $0))\">\(Markup.escaped(text))</a>" }
      ?? Markup.escaped(text)
    return "<td\(isNumber ? " class=\"number\"" : verdict)>\(content)</td>"
  }

  private static let style = """
    :root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a4048); }
    body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }
    th { font-weight: 600; white-space: nowrap; }
    .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
    a { color: inherit; }
    svg path { stroke: currentColor; fill: none; } svg .middle { stroke-width: 2.5; }
    svg rect { fill: light-dark(#9db8d9, #4a6a91); } svg { display: block; }
    .passed { color: light-dark(#1a7f37, #4cc46c); } .failed { color: light-dark(#c0292b, #ff7b72); }
    .errored, .killed { color: light-dark(#8a5a00, #e3b341); }
    .aborted, .note { color: light-dark(#59636e, #9aa4b0); }
    """
}
