/// What goes on in a run just now, in one line: the step, how long it has taken and may take, what was
/// seen last, and what power and signal are where they are not as always.
struct LiveLine: Sendable {
  /// The step, by its name path.
  var step: String
  /// Counts the tries of its action.
  var attempt = 1
  /// Seconds that what it expects may take; nil where nothing is expected.
  var limit: Double?
  /// What was seen last of what it looks for; nil where nothing was looked for yet.
  var sight: String?
  /// What is out of the ordinary with power and signal.
  var state: [String] = []

  /// The line.
  ///
  /// - Parameters:
  ///   - elapsed: seconds since the step began.
  ///   - columns: how many columns of the terminal it may take: what matters least is left away first.
  /// - Returns: the line.
  func text(elapsed: Double, columns: Int) -> String {
    var time = "\(Int(elapsed)) s"
    if let limit { time += " of \(Int(limit.rounded())) s" }
    if attempt > 1 { time += ", attempt \(attempt)" }
    // The end of a path says where the run is; what stands before it was seen above.
    let name = step.printable
    let most = max(10, columns - 6 - time.columns)
    var text = "  … " + (name.columns <= most ? name : "…" + name.end(of: most - 1)) + "  " + time
    for part in state + [sight].compactMap({ $0 }) {
      let more = " · " + part.printable
      if text.columns + more.columns > columns { break }
      text += more
    }
    return text
  }
}

extension String {
  /// As much of the text, at its end, as fits into so many columns of a terminal.
  fileprivate func end(of columns: Int) -> String {
    String(String(reversed()).cut(to: columns).reversed())
  }
}
