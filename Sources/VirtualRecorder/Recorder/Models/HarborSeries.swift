import Frames

extension VirtualModel {
  /// A large recorder at 1920×1080: light, menu bar at the left, restarts by itself.
  static let harborSeries = VirtualModel(
    name: "harbor-series",
    about: "1920x1080, light, menu bar at the left, eight hexadecimal digits, restarts by itself",
    screenSize: PixelSize(width: 1920, height: 1080),
    theme: .harborSeries,
    pointer: .crossHair,
    wordings: .harborSeries,
    menuEdge: .left,
    menuIcons: [
      MenuIcon(shape: .gear, caption: "Menu"),
      MenuIcon(shape: .disk, caption: "Playback"),
      MenuIcon(shape: .magnifier, caption: "Smart Search"),
      MenuIcon(shape: .grid, caption: "Layout"),
      MenuIcon(shape: .camera, caption: "Cameras"),
      MenuIcon(shape: .bell, caption: "Alarms"),
    ],
    menuPages: [
      MenuPage(
        shape: .camera, caption: "Camera List",
        rows: [("D1", "1920x1080, 15 fps"), ("D2", "1920x1080, 15 fps"), ("D3", "No record")]),
      MenuPage(
        shape: .network, caption: "Connection",
        rows: [("IPv4", "10.0.0.41"), ("Gateway", "10.0.0.1"), ("Port", "34567")]),
      MenuPage(
        shape: .disk, caption: "Disks",
        rows: [("Slot 1", "4000 GB, good"), ("Slot 2", "empty")]),
      MenuPage(
        shape: .person, caption: "Users",
        rows: [("root", "Administrator"), ("guest", "Disabled")], action: .changePassword),
    ],
    keyboard: .harborSeries,
    code: CodeFormat(alphabet: "0123456789ABCDEF", length: 8, lifetime: .seconds(900)),
    codeLimit: AttemptLimit(attempts: 3, lock: .seconds(900)),
    passwordRules: PasswordPolicy(length: 8...16, minimumClasses: 2),
    logInLimit: AttemptLimit(attempts: 4, lock: .seconds(600)),
    restartsAfterReset: true,
    boot: BootTimes(dark: .milliseconds(7400), logo: .milliseconds(21_000), usbReady: 0.5),
    discharge: .milliseconds(7500),
    autoLogOut: .seconds(120),
    identity: Identity(
      brand: "Harbor", model: "HB-3216Q", firmwareVersion: "7.0.3.118",
      otherFirmwareVersion: "7.0.2.94", serialNumber: "HB3216Q2208814471", userName: "root",
      password: "Quay-2208", factoryPassword: "Harbor-0000",
      mailAddress: "site-office@lab.example"),
    dateStyle: .monthDayYear(separator: "/"),
    cameras: ["North Gate", "Loading Dock", "Reception", "Car Park"],
    factoryCameras: ["D1", "D2", "D3", "D4"],
    sceneries: [.street, .driveway, .hallway, .garden],
    notices: [
      NoticePlan(
        isModal: true, title: "Connection lost",
        text: "The cloud service can not be reached."),
      NoticePlan(
        isModal: false, title: "Storage check", text: "Slot 2 has no disk. Please insert one."),
    ],
    releases: [
      FirmwareRelease(version: "7.0.2.94", about: "the one before, and well"),
      FirmwareRelease(version: "7.0.3.118", about: "the one that recorders ship with, and well"),
      FirmwareRelease(
        version: "7.1.0.12", about: "the newest that runs, with three regressions",
        defects: [.storesShortenedPassword, .refusesRightCodeAfterWrong, .autoLogOutMissing]),
      FirmwareRelease(version: "7.1.1.20", about: "shows no life", isAlive: false),
    ] + FirmwareRelease.family(flaw: [.ignoresPasswordRules]), tornUpdate: .beginsAnew)
}

extension KeyboardLayout {
  /// Letters in the order of the alphabet; capitals stay until they are switched off.
  static let harborSeries: KeyboardLayout = {
    func page(_ rows: [String], capitals: Key, symbols: Key) -> Page {
      Page(
        rows: [
          row("1234567890"),
          row(rows[0]),
          row(rows[1]),
          row(rows[2]),
          [
            capitals, symbols, Key(.type(" "), "Space", width: 3),
            Key(.backspace, "Backspace", width: 2.2), Key(.close, "Hide", width: 1.4),
          ],
        ])
    }
    return KeyboardLayout(pages: [
      page(
        ["abcdefghij", "klmnopqrst", "uvwxyz.-_@"], capitals: Key(.page(1), "Caps", width: 1.7),
        symbols: Key(.page(2), "Sym", width: 1.7)),
      page(
        ["ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ.-_@"], capitals: Key(.page(0), "caps", width: 1.7),
        symbols: Key(.page(2), "Sym", width: 1.7)),
      page(
        ["!?#$%&*+=/", "()[]{}<>|\\", ",;:'\"^~`-_"],
        capitals: Key(.page(1), "Caps", width: 1.7), symbols: Key(.page(0), "abc", width: 1.7)),
    ])
  }()
}

extension Theme {
  /// Light grey with flat teal buttons.
  static let harborSeries = Theme(
    metrics: Metrics(
      formTop: 58, formWidth: 620, keyWidth: 56, keyHeight: 42, menuThickness: 136,
      menuCell: 100, tileColumns: 3, resetLines: 3),
    fontFamily: "Liberation Sans",
    textSize: 18,
    titleSize: 20,
    keySize: 21,
    captionSize: 15,
    clockSize: 23,
    radius: 0,
    labelPlace: .above,
    buttonPlace: .rightAcceptLast,
    clockPlace: .topRight,
    centresTitles: true,
    lightsUpUnderPointer: false,
    panel: Ground(0xf2f4f5),
    panelBorder: Color(0x9aa5ab),
    title: Ground(0xdde4e6),
    titleText: Color(0x1d2b30),
    text: Color(0x22292c),
    button: Ground(0xc9d2d6),
    buttonText: Color(0x1d2b30),
    buttonBorder: Color(0x8f9ca2),
    accent: Ground(0x0e7c7b),
    accentText: .white,
    pressed: Ground(0x123f4a),
    pressedText: .white,
    field: .white,
    fieldText: Color(0x0b1416),
    fieldBorder: Color(0x8f9ca2),
    fieldFocus: Color(0x0e7c7b),
    link: Color(0x0b5f8a),
    keyboard: Ground(0xd3dadd),
    key: Ground(0xffffff),
    keyText: Color(0x182226),
    otherKey: Ground(0xb4c1c6),
    menu: Ground(0xe8ecee),
    menuText: Color(0x1d2b30),
    icon: Color(0x0e7c7b),
    overlay: Color(0xffffff, alpha: 0.74),
    overlayText: Color(0x10181a),
    boot: Ground(0xf4f6f7, 0xd8e0e3),
    bootText: Color(0x14505a))
}

extension Wordings {
  static let harborSeries = Wordings(
    accept: "Enter",
    cancel: "Cancel",
    close: "Leave",
    dismiss: "Understood",
    back: "Return",
    logInTitle: "System Login",
    userName: "User",
    password: "Password",
    forgotPassword: "Forget Password?",
    logInRefused: "Incorrect user or password. {left} tries remain.",
    logInLocked: "Login is blocked for {minutes} minutes.",
    resetTitle: "Recovery by E-mail",
    resetText:
      "Request of {date}. An e-mail with the subject \"Reset Password\" is on its way to the "
      + "address of this recorder. Type the characters that you find in it, capitals included.",
    secureCode: "Security Code",
    codeWrong: "This is not the right code. {left} tries remain.",
    codeExpired: "This code is no longer valid. Ask for another one.",
    codeLocked: "Recovery is blocked for {minutes} minutes.",
    newPasswordTitle: "Set Up Access",
    newPasswordText: "8 to 16 characters; mix small letters, capitals, digits or symbols.",
    newPassword: "New Password",
    passwordBreaksRules:
      "Too weak: 8 to 16 characters of at least two kinds are needed.",
    confirmTitle: "Verify",
    confirmText: "Type it a second time to be sure.",
    confirmPassword: "Repeat Password",
    passwordsDiffer: "The two entries are not the same.",
    questionTitle: "Last Step",
    question: "Access to this recorder will be renewed. Go on?",
    yes: "Proceed",
    no: "Not Now",
    successTitle: "Done",
    success: "Your access was renewed. Switch the recorder off and on again.",
    successThenRestart: "Your access was renewed. The recorder restarts in a few seconds.",
    errorTitle: "Attention",
    busy: "One moment...",
    mainMenu: "Control Panel",
    loggedInAs: "{user} is logged in",
    systemPage: "About",
    model: "Device Model",
    firmwareVersion: "Software Version",
    serialNumber: "Serial No.",
    deviceDate: "System Time",
    logOut: "Log Off",
    starting: "System is starting",
    connecting: "Searching...",
    account: Account(
      change: "Change Password", currentPassword: "Present Password",
      currentPasswordText: "Type the password that holds now, then the one that is to hold.",
      changed: "Your access was renewed."),
    update: Update(
      look: "Upgrade", title: "Upgrade",
      question: "Software {version} is on the USB disk. Install it? Do not switch off meanwhile.",
      nothing: "There is no software on the USB disk.",
      refused: "The software on the USB disk is not taken: {reason}."))
}
