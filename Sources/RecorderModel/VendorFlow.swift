import SourceYAML

/// What a vendor prints of the way through a reset, as far as recorders differ in it.
public struct VendorFlow: Sendable, Hashable {
  /// How often something happens.
  public enum Frequency: String, Sendable, CaseIterable {
    /// Every time: it is a defect where it does not.
    case always
    /// At no time: it is a defect where it does.
    case never
    /// Now and then.
    case sometimes
  }

  /// On how many pages a new password and its confirmation are asked for.
  public enum PasswordPages: String, Sendable, CaseIterable {
    /// Both on one.
    case one
    /// One after the other.
    case two
  }

  /// What tells that the password was reset.
  public enum Success: String, Sendable, CaseIterable {
    /// A message with a button.
    case message
    /// A page with a button.
    case page
    /// A strip that goes by itself.
    case toast
  }

  /// What tells that something was refused.
  public enum Refusals: String, Sendable, CaseIterable {
    /// A message with a button.
    case message
    /// Words on the page itself, which need no closing.
    case inline
  }

  /// What makes a new password count.
  public enum Restart: String, Sendable, CaseIterable {
    /// The recorder restarts by itself.
    case byItself = "self"
    /// Its plug must be pulled.
    case plug
    /// It counts at once.
    case none
    /// The recorder may restart by itself, or not.
    case sometimes
  }

  /// On how many pages a new password and its confirmation are asked for.
  public var passwordPages: PasswordPages
  /// Whether it asks once more before it resets the password.
  public var confirmReset: Frequency
  /// What tells that the password was reset.
  public var success: Success
  /// What makes a new password count.
  public var restart: Restart
  /// What tells that a code or a password was refused.
  public var refusals: Refusals
  /// Other ways, by the names that scenarios use.
  public var others: [String: Frequency]

  /// Creates a flow; what is left out is as most vendors have it.
  public init(
    passwordPages: PasswordPages = .two, confirmReset: Frequency = .never,
    success: Success = .message, restart: Restart = .sometimes, refusals: Refusals = .message,
    others: [String: Frequency] = [:]
  ) {
    self.passwordPages = passwordPages
    self.confirmReset = confirmReset
    self.success = success
    self.restart = restart
    self.refusals = refusals
    self.others = others
  }

  /// The names of all ways.
  public var names: [String] {
    ["confirmReset", "passwordPages", "refusals", "restart", "success"] + others.keys.sorted()
  }

  /// What it says of a way, for messages, such as `passwordPages: two`.
  public func statement(of name: String) -> String {
    let answer: String? =
      switch name {
      case "confirmReset": confirmReset.rawValue
      case "passwordPages": passwordPages.rawValue
      case "refusals": refusals.rawValue
      case "restart": restart.rawValue
      case "success": success.rawValue
      default: others[name]?.rawValue
      }
    return "\(name): \(answer ?? "nothing")"
  }

  /// How often a way is led.
  ///
  /// - Parameters:
  ///   - name: what differs between recorders.
  ///   - answers: the answers that the way belongs to; empty for something that simply happens.
  /// - Returns: nil where the flow does not say.
  public func frequency(of name: String, _ answers: [String]) -> Frequency? {
    func isOne(_ answer: String) -> Frequency { answers.contains(answer) ? .always : .never }
    switch name {
    case "passwordPages" where !answers.isEmpty: return isOne(passwordPages.rawValue)
    case "success" where !answers.isEmpty: return isOne(success.rawValue)
    case "refusals" where !answers.isEmpty: return isOne(refusals.rawValue)
    case "restart" where !answers.isEmpty:
      return restart == .sometimes ? .sometimes : isOne(restart.rawValue)
    case "confirmReset" where answers.isEmpty: return confirmReset
    default: return answers.isEmpty ? others[name] : nil
    }
  }
}

extension VendorFlow {
  private static let passwordPages = FieldShape.word(
    "passwordPages", PasswordPages.self,
    "On how many pages a new password and its confirmation are asked for; two if left out.")
  private static let confirmReset = FieldShape.word(
    "confirmReset", Frequency.self,
    "Whether it asks once more before it resets the password; never if left out.")
  private static let success = FieldShape.word(
    "success", Success.self, "What tells that the password was reset; a message if left out.")
  private static let restart = FieldShape.word(
    "restart", Restart.self,
    "What makes a new password count: its own restart, the plug, or nothing; if left out, its own "
      + "restart where boot says so, and its own or none otherwise.")
  private static let refusals = FieldShape.word(
    "refusals", Refusals.self,
    "What tells that a code or a password was refused: a message with a button, or words on the page "
      + "itself, which nobody closes; a message if left out.")
  private static let others = FieldShape(
    "others",
    .names(NamesShape(.scalar(.word(Frequency.allCases.map(\.rawValue))), what: "a way")),
    "Other pages and questions, by the names that scenarios use.")

  /// How it is written.
  static let field = FieldShape(
    "flow",
    .object(
      ObjectShape("flow", [passwordPages, confirmReset, success, restart, refusals, others])),
    "What the vendor prints of the way through a reset. A scenario goes by what it sees; what is not "
      + "as it says here is failed."
  ).shown(
    by: """
      flow:
        passwordPages: one
        confirmReset: sometimes
        success: toast
        restart: plug
        refusals: inline
        others: {sendCode: never}
      """)

  /// Reads the section of a model; what it leaves out is as most vendors have it.
  init(_ section: YAMLNode?, rebootsByItself: Bool) {
    self.init(
      passwordPages: section?[Self.passwordPages]?.text.flatMap(PasswordPages.init) ?? .two,
      confirmReset: section?[Self.confirmReset]?.text.flatMap(Frequency.init) ?? .never,
      success: section?[Self.success]?.text.flatMap(Success.init) ?? .message,
      restart: section?[Self.restart]?.text.flatMap(Restart.init)
        ?? (rebootsByItself ? .byItself : .sometimes),
      refusals: section?[Self.refusals]?.text.flatMap(Refusals.init) ?? .message,
      others: (section?[Self.others]?.entries ?? []).reduce(into: [:]) { others, entry in
        others[entry.key] = entry.value.text.flatMap(Frequency.init)
      })
  }

  /// Where a section contradicts what is said of restarts elsewhere, or names a way twice.
  static func findings(in section: YAMLNode?, rebootsByItself: Bool) -> [Finding] {
    var findings: [Finding] = []
    if let node = section?[restart], let word = node.text.flatMap(Restart.init),
      word != .sometimes, (word == .byItself) != rebootsByItself
    {
      findings.append(
        Finding(
          node.location,
          "restart: \(word.rawValue) and boot: {rebootsByItself: \(rebootsByItself)} can't both be",
          remedy: "correct one of them"))
    }
    let known = VendorFlow().names
    for entry in section?[others]?.entries ?? [] where known.contains(entry.key) {
      findings.append(
        Finding(
          entry.keyLocation, "\"\(entry.key)\" has a key of its own in flow",
          remedy: "write it there"))
    }
    return findings
  }
}
