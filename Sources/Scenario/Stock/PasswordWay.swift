/// How a recorder is given the password that its lab wants it to have, by what its model declares.
///
/// A model with the labels `changePassword`, `newPassword`, `confirmPassword`, `success`, `ok` and
/// `acknowledge`, and the fields `newPassword` and `confirmPassword`, has a menu for it: from the main
/// menu on, by the page behind the label `users` where there is one, and by the password that holds
/// (label and field `oldPassword`) where the recorder asks for it. One without that has the reset, by
/// the label and the field `secureCode`, where the rig has a mailbox.
public enum PasswordWay: Sendable {
  /// By its menu: a part that begins in the main menu, and takes the password that holds and the new
  /// one.
  case menu(Scenario)
  /// By a reset: a part that begins at the live view, and takes the new password.
  case reset(Scenario)

  /// The parameter that takes the password that holds.
  public static let held = "held"
  /// The parameter that takes the new password.
  public static let wanted = "wanted"

  /// What a model and a rig have to offer.
  public struct Means: Sendable {
    /// The names of the model's labels.
    public var labels: Set<String>
    /// The names of its fields.
    public var fields: Set<String>
    /// Whether it says what a secure code looks like.
    public var hasCode: Bool
    /// Whether the rig has a mailbox.
    public var hasMailbox: Bool
    /// Whether the recorder restarts by itself after a reset, or the rig can restart it.
    public var canRestart: Bool

    /// Creates means.
    public init(
      labels: Set<String>, fields: Set<String>, hasCode: Bool, hasMailbox: Bool, canRestart: Bool
    ) {
      self.labels = labels
      self.fields = fields
      self.hasCode = hasCode
      self.hasMailbox = hasMailbox
      self.canRestart = canRestart
    }
  }

  /// The way that there is; nil where there is none.
  public init?(_ means: Means) {
    let fields: Set = ["newPassword", "confirmPassword"]
    let labels = fields.union(["success", "ok", "acknowledge"])
    guard means.labels.isSuperset(of: labels), means.fields.isSuperset(of: fields) else {
      return nil
    }
    if means.labels.contains("changePassword") {
      self = .menu(Self.changing(means))
    } else if means.labels.isSuperset(of: ["forgotPassword", "secureCode"]),
      means.fields.contains("secureCode"), means.hasCode, means.hasMailbox, means.canRestart
    {
      self = .reset(Self.resetting)
    } else {
      return nil
    }
  }

  // MARK: - Parts

  private static func changing(_ means: Means) -> Scenario {
    let asksForHeld = means.labels.contains("oldPassword") && means.fields.contains("oldPassword")
    var lines = ["parameters: {\(held): {secret: true}, \(wanted): {secret: true}}", "steps:"]
    if means.labels.contains("users") {
      lines += [
        "  - name: Open the page of users",
        "    click: {label: users}",
        "    expect: {label: changePassword}",
        "    attempts: 2",
      ]
    }
    lines += [
      "  - name: Ask for another password",
      "    click: {label: changePassword}",
      "    expect: {label: \(asksForHeld ? "oldPassword" : "newPassword")}",
      "    attempts: 2",
    ]
    if asksForHeld {
      lines +=
        StockParts.typing(held, into: "oldPassword") + [
          "  - name: Hand in the password that holds",
          "    click: {label: ok}",
          "    credential: {tries: \"${\(held)}\"}",
          "  - name: It is taken",
          "    expect: {label: newPassword}",
          "    within: 10s",
          "    credential: {proves: \"${\(held)}\"}",
        ]
    }
    lines +=
      choosing + [
        "  - name: Close the message",
        "    click: {label: acknowledge}",
        "    expect: {not: {label: success}}",
        "    attempts: 2",
      ]
    return StockParts.part("change-the-password", lines)
  }

  /// From the dialog for a new password to the message that it was taken.
  private static let choosing =
    StockParts.typing(wanted, into: "newPassword") + [
      "  - name: Hand in the new password",
      "    click: {label: ok}",
      "    credential: {proposes: \"${\(wanted)}\"}",
      "    expect: {label: confirmPassword}",
      "    within: 10s",
    ] + StockParts.typing(wanted, into: "confirmPassword") + [
      "  - name: Hand in the confirmation",
      "    click: {label: ok}",
      "    credential: {proposes: \"${\(wanted)}\"}",
      "    expect: {label: success}",
      "    within: 15s",
    ]

  private static let resetting = StockParts.part(
    "reset-the-password",
    [
      "parameters: {\(wanted): {secret: true}}",
      "steps:",
      "  - {name: Open the menu bar, rightClick: centre, expect: {image: menu-bar}, attempts: 3}",
      "  - name: Choose an icon",
      "    click: {group: menu-icons}",
      "    expect: {label: forgotPassword}",
      "    attempts: 2",
      "  - name: Ask for a reset",
      "    click: {label: forgotPassword}",
      "    expect: {label: secureCode}",
      "    attempts: 2",
      "  - name: Fetch the secure code",
      "    mail:",
      "      subject: Reset Password",
      "      folders: [INBOX, Junk]",
      "      within: 5m",
      "      save: {\(code): code}",
    ] + StockParts.typing(code, into: "secureCode") + [
      "  - name: Hand in the secure code",
      "    click: {label: ok}",
      "    credential: {code: tried}",
      "    expect: {label: newPassword}",
      "    within: 10s",
      "  - name: It is taken",
      "    expect: {label: newPassword}",
      "    credential: {code: taken}",
    ] + choosing + [
      "  - name: Restarts by itself",
      "    when: rebootsByItself",
      "    expect: rebooting",
      "    within: 60s",
      "  - name: Close the message",
      "    when: {not: rebootsByItself}",
      "    click: {label: acknowledge}",
      "  - name: Restart by the plug",
      "    when: {not: rebootsByItself}",
      "    power: cycle",
      "  - name: Comes up again",
      "    expect: {label: cameraName}",
      "    within: 5m",
    ], timeout: "25m")

  private static let code = "code"

  /// The part that is played, for whoever looks for steps that await mail.
  public var part: Scenario {
    switch self {
    case .menu(let part), .reset(let part): part
    }
  }
}
