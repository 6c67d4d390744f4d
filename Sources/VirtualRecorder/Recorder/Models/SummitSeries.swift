import Frames

extension VirtualModel {
  /// A recorder at 1280×720: black and orange, menu bar at the top, does not restart by itself.
  static let summitSeries = VirtualModel(
    name: "summit-series",
    about: "1280x720, black and orange, menu bar at the top, eight letters and digits, "
      + "does not restart by itself",
    screenSize: PixelSize(width: 1280, height: 720),
    theme: .summitSeries,
    pointer: .boldArrow(Color(0xff8a1f)),
    wordings: .summitSeries,
    menuEdge: .top,
    menuIcons: [
      MenuIcon(shape: .camera, caption: "Live"),
      MenuIcon(shape: .magnifier, caption: "Find"),
      MenuIcon(shape: .disk, caption: "Backup"),
      MenuIcon(shape: .person, caption: "Account"),
      MenuIcon(shape: .gear, caption: "Setup"),
    ],
    menuPages: [
      MenuPage(
        shape: .camera, caption: "Video",
        rows: [("Format", "PAL"), ("Rate", "25 fps"), ("Codec", "H.265")]),
      MenuPage(
        shape: .speaker, caption: "Sound", rows: [("Input", "Line 1"), ("Level", "60 %")]),
      MenuPage(
        shape: .network, caption: "LAN",
        rows: [("IP", "172.16.4.20"), ("Mask", "255.255.0.0"), ("State", "Up")]),
      MenuPage(
        shape: .bell, caption: "Events", rows: [("Motion", "4 zones"), ("Siren", "Off")]),
      MenuPage(
        shape: .disk, caption: "HDD", rows: [("Size", "1000 GB"), ("Free", "212 GB")]),
      MenuPage(shape: .grid, caption: "Screen", rows: [("Output", "HDMI"), ("Tour", "Off")]),
    ],
    keyboard: .summitSeries,
    code: CodeFormat(
      alphabet: "ACDEFGHJKMNPQRTUVWXY34679", length: 8, lifetime: .seconds(300)),
    codeLimit: AttemptLimit(attempts: 5, lock: .seconds(300)),
    passwordRules: PasswordPolicy(
      length: 8...20, needsLetterAndDigit: true, mayHoldUserName: false),
    logInLimit: AttemptLimit(attempts: 6, lock: .seconds(180)),
    restartsAfterReset: false,
    boot: BootTimes(dark: .milliseconds(3800), logo: .milliseconds(11_500), usbReady: 0.7),
    discharge: .milliseconds(4200),
    autoLogOut: .seconds(60),
    identity: Identity(
      brand: "SUMMIT", model: "SM-808", firmwareVersion: "2.19.0",
      otherFirmwareVersion: "2.18.6", serialNumber: "SM808-77-031942", userName: "user1",
      password: "ridge7425", factoryPassword: "summit0000",
      mailAddress: "guard@lab.example"),
    dateStyle: .dayMonthYear(separator: "."),
    cameras: ["Lift", "Ski Room", "Terrace", "Kitchen"],
    factoryCameras: ["CAM A", "CAM B", "CAM C", "CAM D"],
    sceneries: [.garden, .hallway, .street, .driveway],
    notices: [
      NoticePlan(isModal: false, title: "LAN", text: "The network cable is not connected."),
      NoticePlan(
        isModal: false, title: "Disk", text: "Less than 25 percent of the disk is free."),
    ],
    releases: [
      FirmwareRelease(version: "2.18.6", about: "the one before, and well"),
      FirmwareRelease(version: "2.19.0", about: "the one that recorders ship with, and well"),
      FirmwareRelease(
        version: "2.20.0", about: "the newest that runs, with three regressions",
        defects: [.logInAcceptsOldPassword, .ignoresPasswordRules, .clockResetByPowerCut]),
      FirmwareRelease(version: "2.20.1", about: "shows no life", isAlive: false),
    ] + FirmwareRelease.family(unsteady: [.crashesInMenu]), tornUpdate: .beginsAnew)
}

extension KeyboardLayout {
  /// Letters as on a typewriter; digits and symbols on a page of their own.
  static let summitSeries: KeyboardLayout = {
    let backspace = Key(.backspace, "Bksp", width: 1.5)
    let done = Key(.close, "Done", width: 2)
    func letters(_ rows: [String], capitals: Key) -> Page {
      Page(
        rows: [
          row(rows[0]),
          row(rows[1]),
          row(rows[2], before: [capitals], after: [backspace]),
          [Key(.page(2), "123", width: 1.6), Key(.type(" "), "Space", width: 4.5), done],
        ])
    }
    return KeyboardLayout(pages: [
      letters(
        ["qwertyuiop", "asdfghjkl", "zxcvbnm"], capitals: Key(.page(1), "Shift", width: 1.5)),
      letters(
        ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"], capitals: Key(.page(0), "Shift", width: 1.5)),
      Page(rows: [
        row("1234567890"),
        row("@#$%&*()-_"),
        row("!?.,:;+=/", after: [backspace]),
        [Key(.page(0), "abc", width: 1.6), Key(.type(" "), "Space", width: 4.5), done],
      ]),
    ])
  }()
}

extension Theme {
  /// Black with orange accents and round corners.
  static let summitSeries = Theme(
    metrics: Metrics(
      formTop: 96, formWidth: 540, keyWidth: 62, keyHeight: 48, menuThickness: 96,
      menuCell: 168, tileColumns: 4, resetLines: 3),
    fontFamily: "Roboto",
    textSize: 18,
    titleSize: 20,
    keySize: 22,
    captionSize: 16,
    clockSize: 22,
    radius: 10,
    labelPlace: .left,
    buttonPlace: .fullWidthAcceptLast,
    clockPlace: .bottomRight,
    centresTitles: true,
    lightsUpUnderPointer: true,
    panel: Ground(0x1c1c1e, 0x121213),
    panelBorder: Color(0x55514c),
    title: Ground(0x2b2a29, 0x201f1e),
    titleText: Color(0xffa04a),
    text: Color(0xf1efec),
    button: Ground(0x3a3836, 0x2c2a29),
    buttonText: Color(0xf6f3ef),
    buttonBorder: Color(0x6d6861),
    accent: Ground(0xff8a1f, 0xe06f06),
    accentText: Color(0x160d04),
    pressed: Ground(0xffd9b0, 0xffc486),
    pressedText: Color(0x1b1006),
    field: Color(0x2a2928),
    fieldText: Color(0xfff6ec),
    fieldBorder: Color(0x7a746c),
    fieldFocus: Color(0xff8a1f),
    link: Color(0xffb066),
    keyboard: Ground(0x171717, 0x0f0f0f),
    key: Ground(0x383634, 0x2d2b2a),
    keyText: Color(0xfdf8f2),
    otherKey: Ground(0x5a4632, 0x4a3927),
    menu: Ground(0x242322, 0x141414),
    menuText: Color(0xf1efec),
    icon: Color(0xff9a3c),
    overlay: Color(0x000000, alpha: 0.78),
    overlayText: Color(0xffe9d2),
    boot: Ground(0x0b0b0b, 0x1d1510),
    bootText: Color(0xff9433))
}

extension Wordings {
  static let summitSeries = Wordings(
    accept: "Confirm",
    cancel: "Quit",
    close: "Exit",
    dismiss: "Ignore",
    back: "Previous",
    logInTitle: "Unlock",
    userName: "Name",
    password: "PWD",
    forgotPassword: "Forgot PWD?",
    logInRefused: "Access denied. Tries left: {left}",
    logInLocked: "Access is blocked for {minutes} min.",
    resetTitle: "Mail Check",
    resetText:
      "A mail was sent on {date}: \"Reset Password\". Please open it, look for eight letters "
      + "and digits, and type them here.",
    secureCode: "Secure Code",
    codeWrong: "Not accepted. Tries left: {left}",
    codeExpired: "Too late. Please ask for another mail.",
    codeLocked: "Blocked for {minutes} min.",
    newPasswordTitle: "Choose",
    newPasswordText: "8 to 20 characters with at least one letter and one digit.",
    newPassword: "New PWD",
    passwordBreaksRules: "Too simple: use 8 to 20 characters, a letter and a digit.",
    confirmTitle: "Again",
    confirmText: "Please type it again, so that nothing goes wrong.",
    confirmPassword: "Repeat PWD",
    passwordsDiffer: "These are not equal.",
    questionTitle: "One More Thing",
    question: "Use what you have entered?",
    yes: "Apply",
    no: "Discard",
    successTitle: "Finished",
    success: "All set. Unplug the recorder, wait, and plug it in again.",
    successThenRestart: "All set. The recorder starts anew by itself.",
    errorTitle: "Sorry",
    busy: "Working...",
    mainMenu: "Main Menu",
    loggedInAs: "Hello {user}",
    systemPage: "Version",
    model: "Type",
    firmwareVersion: "FW Release",
    serialNumber: "Number",
    deviceDate: "Clock",
    logOut: "Lock",
    starting: "Please wait",
    connecting: "Waiting for video")
}
