import Scenario
import SourceYAML

/// The parameters that the command line gives values to, as it does.
///
/// What stands on a command line any user of the host can see while the program runs: secrets go by
/// file or by environment.
public struct GivenParameters: Sendable, ExpressibleByArrayLiteral {
  /// Values themselves, `name=value`.
  public var values: [String]
  /// Files whose first lines are values, `name=path`.
  public var files: [String]
  /// Variables of the environment that hold values, `name=variable`.
  public var variables: [String]

  /// Creates what gives values; none by itself.
  public init(values: [String] = [], files: [String] = [], variables: [String] = []) {
    self.values = values
    self.files = files
    self.variables = variables
  }

  /// Creates what gives values that are written out, `name=value`.
  public init(arrayLiteral values: String...) {
    self.init(values: values)
  }

  /// Whether no parameter is given a value.
  public var isEmpty: Bool { values.isEmpty && files.isEmpty && variables.isEmpty }

  /// A parameter's value, and where the command line names it.
  struct Value {
    var name: LocatedText
    /// Empty where its file or variable gives none, which is a finding.
    var value: String
  }

  /// An option that gives a parameter a value.
  private enum Option: String, CaseIterable {
    case value = "--param"
    case file = "--param-file"
    case variable = "--param-env"

    /// What stands behind the name.
    var operand: String {
      switch self {
      case .value: "value"
      case .file: "path"
      case .variable: "variable"
      }
    }
  }

  private func texts(of option: Option) -> [String] {
    switch option {
    case .value: values
    case .file: files
    case .variable: variables
    }
  }

  /// The values, and all that is wrong with them.
  func values(environment: [String: String]) -> (values: [Value], findings: [Finding]) {
    var found: [Value] = []
    var findings: [Finding] = []
    for option in Option.allCases {
      for (index, text) in texts(of: option).enumerated() {
        let location = SourceLocation(file: option.rawValue, line: index + 1, column: 1)
        do throws(Finding) {
          let (name, operand) = try Self.parts(of: text, option, at: location)
          if let other = found.first(where: { $0.name.text == name })?.name.location.file,
            other != option.rawValue
          {
            throw Finding(
              location, "\"\(name)\" is given a value by \(other), too", remedy: "leave one out")
          }
          found.append(Value(name: LocatedText(name, at: location), value: ""))
          found[found.count - 1].value = try Self.value(
            of: name, from: operand, option, environment: environment, at: location)
        } catch {
          findings.append(error)
        }
      }
    }
    return (found, findings)
  }

  private static func parts(
    of text: String, _ option: Option, at location: SourceLocation
  ) throws(Finding) -> (name: String, operand: String) {
    let remedy = "write name=\(option.operand)"
    guard let equals = text.firstIndex(of: "=") else {
      throw Finding(location, "\"\(text)\" gives no parameter a value", remedy: remedy)
    }
    // What stands behind may be a secret.
    if equals == text.startIndex {
      throw Finding(location, "no parameter is named before \"=\"", remedy: remedy)
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func value(
    of name: String, from operand: String, _ option: Option, environment: [String: String],
    at location: SourceLocation
  ) throws(Finding) -> String {
    switch option {
    case .value: return operand
    case .file:
      do throws(SourceFiles.Refusal) {
        return try SourceFiles.disk.firstLine(of: operand)
      } catch {
        throw Finding(
          location,
          "the file \(operand) of the parameter \"\(name)\" gives no value: "
            + error.reason, remedy: "write the value into its first line")
      }
    case .variable:
      if let text = environment[operand], !text.isEmpty { return text }
      throw Finding(
        location, "the variable \(operand) of the parameter \"\(name)\" is not set",
        remedy: "set \(operand) in the environment of gantry")
    }
  }
}
