import Frames

/// The running firmware, as it is kept: all but a press of a button, which ends with its mouse.
struct FirmwareMemory: Codable, Sendable {
  /// A window and when it came up.
  struct Open: Codable, Sendable {
    var window: KeptWindow
    var openedAt: Moment
  }

  /// What is due, and when.
  struct Due: Codable, Sendable {
    var at: Moment
    var event: KeptEvent
  }

  var startedAt: Moment
  var isFirstStart: Bool
  var agenda: [Due]
  var windows: [Open]
  var keyboard: OnScreenKeyboard?
  var notice: Open?
  var toast: Toast?
  var pointer: PointerMemory
  var lastReportAt: Moment
  var isLoggedIn: Bool
  var password: String
  var desk: DeskMemory
  var logIn: CounterMemory
  var proposedPassword: String?
  /// Whether the password that is chosen takes another one's place by whoever is logged in; nil in
  /// memories of version 1, whose recorders had no such menu.
  var changesPassword: Bool?
  var hungAt: Moment?
}

/// Where the pointer is.
struct PointerMemory: Codable, Sendable {
  var x: Double
  var y: Double
  var lastReportAt: Moment?
  var lastUseAt: Moment?
}

/// What went wrong how often.
struct CounterMemory: Codable, Sendable {
  var failures: Int
  var lockedUntil: Moment?
}

/// A request for a reset.
struct RequestMemory: Codable, Sendable {
  var code: String
  var date: CalendarDate
  var madeAt: Moment
}

/// The request that counts, and the tries of its code.
struct DeskMemory: Codable, Sendable {
  var counter: CounterMemory
  var sawWrongCode: Bool
  var request: RequestMemory?
}

/// An event of the firmware's agenda.
enum KeptEvent: Codable, Sendable {
  case finishLogIn(password: String)
  case finishCode(String)
  case finishSaving(password: String)
  case sendResetMail(RequestMemory, mailedCode: String)
  case sendOtherMail
  case showNotice(Int)
  case checkIdleness
  case defectStrikes
  case restart
  case hideMenuBar
  case hideToast
}

/// A window of any kind.
enum KeptWindow: Codable, Sendable {
  case busyBox
  case informationPage(InformationPage)
  case logInPrompt(LogInPrompt)
  case mainMenu(MainMenu)
  case menuBar(MenuBar)
  case messageBox(MessageBox)
  case notice(Notice)
  case passwordDialog(PasswordDialog)
  case questionBox
  case resetDialog(ResetDialog)
  case successPage(SuccessPage)
  case updateDialog(UpdateDialog)

  /// The window.
  var window: any Window {
    switch self {
    case .busyBox: BusyBox()
    case .informationPage(let page): page
    case .logInPrompt(let prompt): prompt
    case .mainMenu(let menu): menu
    case .menuBar(let bar): bar
    case .messageBox(let box): box
    case .notice(let notice): notice
    case .passwordDialog(let dialog): dialog
    case .questionBox: QuestionBox()
    case .resetDialog(let dialog): dialog
    case .successPage(let page): page
    case .updateDialog(let dialog): dialog
    }
  }
}
