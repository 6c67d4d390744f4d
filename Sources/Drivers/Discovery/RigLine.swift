import RigDescription

extension FoundDevice {
  /// What selects this device and none of the others in a rig file, such as `match: {serial: "A1"}`.
  func selection(among others: [FoundDevice]) -> String {
    guard let rules = rules(among: others) else { return "device: \(node ?? name)" }
    return "match: {\(rules)}"
  }

  /// The rules that select this device and none of the others; nil where there are none.
  func rules(among others: [FoundDevice]) -> String? {
    Candidate(self).selection(among: others)?.rules.map { rule in
      "\(rule.key.hasPrefix("@") ? "\"\(rule.key)\"" : rule.key): \(rule.value.quotedForYAML)"
    }.joined(separator: ", ")
  }
}

extension String {
  /// The text as YAML takes it literally, whatever is in it.
  var quotedForYAML: String {
    "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
