import Yams

/// Says in a reader's words what the parser has to say in its own.
enum YAMLComplaint {
  /// What is wrong and where, in one line.
  static func finding(for error: YamlError, frame: SourceFrame) -> Finding {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      finding(problem, at: mark, context: context, frame: frame)
    case .duplicatedKeysInMapping(let keys, let context):
      Finding(
        frame.location(context.mark), "\"\(keys.first ?? "")\" stands twice in one mapping",
        remedy: "keep one")
    case .memory:
      Finding(
        frame.location(1, 1), "lists or mappings lie too deep in each other",
        remedy: "at most \(YAMLReader.deepestNesting) levels are read")
    case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
      .representer(let problem):
      Finding(frame.location(1, 1), "this is not YAML: \(problem)", remedy: "write YAML")
    case .no, .dataCouldNotBeDecoded:
      Finding(frame.location(1, 1), "this is not YAML", remedy: "write YAML")
    }
  }

  /// What is said of anchors and aliases, which the files do without.
  static func anchors(at place: SourceLocation, example: String) -> Finding {
    Finding(
      place, "anchors and aliases (\(example)) are not read",
      remedy: "write the value out, or put the text in quotes")
  }

  private static func finding(
    _ problem: String, at mark: Mark, context: YamlError.Context?, frame: SourceFrame
  ) -> Finding {
    let here = frame.location(mark)
    let opening = context.map { frame.location($0.mark) } ?? here
    switch problem {
    case "could not find expected ':'":
      return Finding(opening, "a colon is missing after a key", remedy: "write key: value")
    case "mapping values are not allowed in this context":
      return Finding(
        here, "a colon where no key can stand",
        remedy: "indent keys of one mapping alike, and put texts with \": \" in quotes")
    case "found character that cannot start any token":
      return Finding(
        here, "no value can begin with this character",
        remedy: "indent with spaces, never tabs, and put such texts in quotes")
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return Finding(here, "a tab in the indentation", remedy: "indent with spaces")
    case "found unexpected end of stream":
      return Finding(opening, "a quote is never closed", remedy: "close it")
    case "did not find expected key":
      return Finding(
        here, "a key of the mapping is expected here", remedy: "indent keys of one mapping alike")
    case "did not find expected '-' indicator":
      return Finding(
        here, "a list item is expected here", remedy: "begin each item with \"- \", indented alike")
    case "did not find expected ',' or ']'":
      return Finding(opening, "a list is never closed", remedy: "separate by commas, close with ]")
    case "did not find expected ',' or '}'":
      return Finding(
        opening, "a mapping is never closed", remedy: "separate by commas, close with }")
    case "did not find expected node content":
      return Finding(
        here, "a value is expected here", remedy: "write one, in quotes if it begins like this")
    case "did not find expected <document start>":
      return Finding(
        here, "this belongs to nothing above it", remedy: "indent keys of one mapping alike")
    case "block sequence entries are not allowed in this context":
      return Finding(
        here, "a list item where none can stand",
        remedy: "begin the list on a line of its own, and put texts with \"- \" in quotes")
    case "found unexpected ':'":
      return Finding(here, "a colon where none can stand", remedy: "put the text in quotes")
    case "found unknown escape character":
      return Finding(
        opening, "a backslash escape that YAML does not know",
        remedy: "double the backslash, or use single quotes")
    case "but found another document":
      return Finding(here, "a second document begins", remedy: "write one document a file")
    case "found undefined alias":
      return anchors(at: here, example: "*")
    default:
      return Finding(here, "this is not YAML: \(problem)", remedy: "write YAML")
    }
  }
}
