import Frames

/// The running firmware: everything that a restart forgets.
struct Firmware: Sendable {
  /// What happens by itself after a while.
  enum Event: Hashable, Sendable {
    case finishLogIn(password: String)
    case finishCode(String)
    case finishSaving(password: String)
    case sendResetMail(ResetRequest, mailedCode: String)
    case sendOtherMail
    case showNotice(Int)
    case checkIdleness
    case defectStrikes
    case restart
    case hideMenuBar
    case hideToast
  }

  /// What somebody who is logged in may want of the stick.
  enum StickUse: Sendable {
    /// To be told which firmware it holds.
    case look
    /// To have that firmware installed.
    case install
  }

  /// A window with the moment at which it came up.
  struct OpenWindow: Sendable {
    var window: any Window
    var openedAt: MonotonicInstant
    /// Whether its keyboard was put away, so that it has gone down where it rests.
    var isSettled = false

    /// What is drawn, and where clicks go.
    func layer(_ style: Style) -> Layer {
      let layer = window.layer(style)
      return isSettled
        ? layer.moved(down: style.pixels(Double(style.model.flow.formsSettleBy))) : layer
    }
  }

  /// A button that is held down.
  struct Press: Sendable {
    var button: Button
    var at: MonotonicInstant
    var place: Place
  }

  /// The buttons that do something.
  enum Button: Sendable {
    case left
    case right
  }

  /// Where on the stack of screens a click lands.
  enum Place: Hashable, Sendable {
    case notice(Intent)
    case keyboard(Intent)
    case window(Int, Intent)
    /// On no element of the topmost window, or on the live view.
    case elsewhere
  }

  let style: Style
  let traits: Unkindness
  /// The defects that are at work.
  private(set) var defects: Set<VirtualDefect>
  let startedAt: MonotonicInstant
  /// Whether it has been running for long at instant zero, its cameras connected.
  let isFirstStart: Bool

  var agenda = Agenda<Event>()
  var windows: [OpenWindow] = []
  var keyboard: OnScreenKeyboard?
  var notice: OpenWindow?
  var toast: Toast?
  var pointer: PointerMotion
  var press: Press?
  var buttons: UInt8 = 0
  var lastReportAt: MonotonicInstant
  var isLoggedIn = false
  /// The password that counts until the next start.
  var password: String
  var desk: ResetDesk
  var logInCounter: AttemptCounter
  var proposedPassword: String?
  /// Whether it is to take the place of another by whoever is logged in, not by a reset.
  var changesPassword = false
  /// When the picture came to a stand for good.
  var hungAt: MonotonicInstant?
  /// Whether the firmware wants the recorder to start anew.
  var wantsRestart = false
  /// What the firmware wants of the stick in the USB port; nil where nothing.
  var wantsOfStick: StickUse?

  /// Starts the firmware.
  init(
    style: Style, traits: Unkindness, defects: Set<VirtualDefect>, board: Mainboard,
    startedAt: MonotonicInstant, isFirstStart: Bool
  ) {
    self.style = style
    self.traits = traits
    self.defects = defects
    self.startedAt = startedAt
    self.isFirstStart = isFirstStart
    pointer = PointerMotion(traits: traits, screen: style.model.screenSize)
    lastReportAt = startedAt
    password = board.flash.password
    desk = ResetDesk(style.model, defects: defects)
    logInCounter = AttemptCounter(style.model.logInLimit)
    if isFirstStart { expectUnasked(of: traits, from: startedAt) }
  }

  /// Takes what comes unasked in a run: a notice, other mail.
  mutating func expectUnasked(of lots: Unkindness, from instant: MonotonicInstant) {
    if let notice = lots.notice {
      agenda.schedule(.showNotice(notice.index), at: instant.advanced(by: notice.after))
    }
    for delay in lots.otherMail {
      agenda.schedule(.sendOtherMail, at: instant.advanced(by: delay))
    }
  }

  var model: VirtualModel { style.model }

  /// The topmost window.
  var topWindow: (any Window)? { windows.last?.window }

  // MARK: Windows

  /// Opens a window above all others.
  mutating func open(_ window: any Window, at now: MonotonicInstant, _ board: inout Mainboard) {
    keyboard = nil
    setFocus(false)
    windows.append(OpenWindow(window: window, openedAt: now))
    if !(window is BusyBox), let delay = board.strikes.windowOpened() {
      agenda.schedule(.defectStrikes, at: now.advanced(by: delay))
    }
  }

  /// Lets a defect set in; what strikes in windows strikes at once where one is open.
  mutating func setIn(
    _ defect: VirtualDefect, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    defects.insert(defect)
    desk.setIn(defect)
    let isOpen = windows.contains { !($0.window is BusyBox) }
    if isOpen, DefectStrikes.inWindows.contains(defect), board.strikes.windowOpened() != nil {
      agenda.schedule(.defectStrikes, at: now)
    }
  }

  /// Closes the topmost window.
  mutating func closeTopWindow() {
    keyboard = nil
    _ = windows.popLast()
  }

  /// Closes everything but notices.
  mutating func closeAll() {
    keyboard = nil
    windows.removeAll()
  }

  /// Points the keyboard at the field of the topmost window, or away from it.
  mutating func setFocus(_ isFocused: Bool) {
    guard let top = windows.indices.last else { return }
    windows[top].window.entry?.isFocused = isFocused
  }

  /// Empties the field of the topmost window; of two, perhaps only that of the confirmation.
  mutating func clearEntry(confirmationOnly: Bool = false) {
    guard !model.flow.keepsRefused, let top = windows.indices.last else { return }
    if var dialog = windows[top].window as? PasswordDialog {
      dialog.clear(confirmationOnly: confirmationOnly)
      windows[top].window = dialog
    } else {
      windows[top].window.entry?.text = ""
    }
  }

  /// Shows a message above all windows.
  mutating func say(
    _ title: String, _ text: String, then aftermath: MessageBox.Aftermath = .nothing,
    at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    open(MessageBox(title: title, text: text, aftermath: aftermath), at: now, &board)
  }

  /// Says why something was refused: in the form that it was handed in by, or in front of it.
  mutating func refuse(_ text: String, at now: MonotonicInstant, _ board: inout Mainboard) {
    if model.flow.refusals == .inline, let top = windows.indices.last,
      windows[top].window.canRefuse
    {
      windows[top].window.refusal = text
    } else {
      say(model.wordings.errorTitle, text, at: now, &board)
    }
  }

  // MARK: Keyboard

  /// The keyboard as it lies under the field of the topmost window.
  var keyboardLayer: Layer? {
    guard let keyboard, let open = windows.last,
      let field = open.layer(style).element(for: open.window.entryField)
    else { return nil }
    return keyboard.layer(style, under: field.rect)
  }

  /// Puts the keyboard away.
  mutating func dismissKeyboard(at now: MonotonicInstant, _ board: inout Mainboard) {
    guard !board.strikes.keyboardSticks() else { return }
    keyboard = nil
    setFocus(false)
    if let top = windows.indices.last { windows[top].isSettled = true }
    goOnByItself(at: now, &board)
  }

  /// Does what a key asks for.
  mutating func strike(
    _ action: KeyboardLayout.Action, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    guard let top = windows.indices.last else { return }
    switch action {
    case .type(let character):
      let isCode = windows[top].window is ResetDialog
      let expected = isCode ? desk.request?.code ?? "" : password
      let typed = board.strikes.character(typedBy: character, expected: expected)
      windows[top].window.entry?.type(typed)
      let layout = style.model.keyboard
      keyboard?.characterTyped(layout)
    case .backspace: windows[top].window.entry?.backspace()
    case .page(let page): keyboard?.page = page
    case .close: dismissKeyboard(at: now, &board)
    }
  }
}
