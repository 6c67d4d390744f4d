public import ArgumentParser
public import VirtualRecorder

/// The way that a recorder leads through a reset, as a rig file's `virtual: {flow: …}` has it.
struct FlowOptions: ParsableArguments {
  @Option(help: "Whether new password and confirmation stand on one page or two; two if left out.")
  var passwordPages: ResetFlow.PasswordPages?
  @Option(help: "Whether the confirmation comes only after a click on the button.")
  var confirmsAfterButton: Bool?
  @Option(help: "Whether it asks once more before it resets; never if left out.")
  var confirmReset: ResetFlow.Asking?
  @Option(help: "What tells that the password was reset; a message if left out.")
  var success: ResetFlow.Success?
  @Option(
    help: ArgumentHelp(
      "How long after its coming up the menu bar hides by itself; it stays if left out.",
      valueName: "seconds"))
  var menuHidesAfter: Double?
  @Option(help: "The words that stand in fields while nothing is typed; none if left out.")
  var placeholder: String?
  @Option(help: "What tells that something was refused; a message if left out.")
  var refusals: ResetFlow.Refusals?

  /// Looks whether the numbers mean something.
  func validate() throws {
    if let menuHidesAfter, !(0.1...1e6 ~= menuHidesAfter) {
      throw ValidationError("\(menuHidesAfter) s is no time for a menu bar")
    }
  }

  /// The way.
  var flow: ResetFlow {
    ResetFlow(
      passwordPages: passwordPages ?? .two, confirmsAfterButton: confirmsAfterButton,
      confirmReset: confirmReset ?? .never, success: success ?? .message,
      menuHidesAfter: menuHidesAfter.map { .seconds($0) },
      placeholder: placeholder, refusals: refusals ?? .message)
  }
}

extension ResetFlow.PasswordPages: ExpressibleByArgument {}
extension ResetFlow.Asking: ExpressibleByArgument {}
extension ResetFlow.Success: ExpressibleByArgument {}
extension ResetFlow.Refusals: ExpressibleByArgument {}
