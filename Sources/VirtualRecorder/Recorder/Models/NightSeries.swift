import Frames

extension VirtualModel {
  /// A plain recorder at 1280×720: dark blue, menu bar at the bottom, no restart by itself.
  static let nightSeries = VirtualModel(
    name: "night-series",
    about: "1280x720, dark blue, menu bar at the bottom, six digits, does not restart by itself",
    screenSize: PixelSize(width: 1280, height: 720),
    theme: .nightSeries,
    pointer: .arrow,
    wordings: .nightSeries,
    menuEdge: .bottom,
    menuIcons: [
      MenuIcon(shape: .menu, caption: "Menu"),
      MenuIcon(shape: .magnifier, caption: "Search"),
      MenuIcon(shape: .record, caption: "Record"),
      MenuIcon(shape: .camera, caption: "Snapshot"),
      MenuIcon(shape: .speaker, caption: "Volume"),
      MenuIcon(shape: .grid, caption: "Split View"),
      MenuIcon(shape: .gear, caption: "Setup"),
    ],
    menuPages: [
      MenuPage(
        shape: .camera, caption: "Channels",
        rows: [("Channel 1", "Online"), ("Channel 2", "Online"), ("Channel 3", "Online")]),
      MenuPage(
        shape: .record, caption: "Recording",
        rows: [("Mode", "Continuous"), ("Quality", "High"), ("Pre-record", "5 seconds")]),
      MenuPage(
        shape: .bell, caption: "Alarm",
        rows: [("Motion", "On"), ("Buzzer", "Off"), ("E-mail", "On")]),
      MenuPage(
        shape: .network, caption: "Network",
        rows: [("DHCP", "On"), ("Address", "192.168.1.64"), ("Cloud", "Connected")]),
      MenuPage(
        shape: .disk, caption: "Storage",
        rows: [("Disk 1", "Normal"), ("Capacity", "2000 GB"), ("Overwrite", "On")]),
    ],
    keyboard: .nightSeries,
    code: CodeFormat(alphabet: "0123456789", length: 6, lifetime: .seconds(600)),
    codeLimit: AttemptLimit(attempts: 4, lock: .seconds(600)),
    passwordRules: PasswordPolicy(length: 6...20),
    logInLimit: AttemptLimit(attempts: 5, lock: .seconds(300)),
    restartsAfterReset: false,
    boot: BootTimes(dark: .milliseconds(5200), logo: .milliseconds(14_500)),
    discharge: .milliseconds(5500),
    autoLogOut: .seconds(90),
    identity: Identity(
      brand: "NIGHT SERIES", model: "NS-1408", firmwareVersion: "4.2.1",
      otherFirmwareVersion: "4.1.7", serialNumber: "NS14080027316", userName: "admin",
      password: "lantern48", factoryPassword: "admin123",
      mailAddress: "owner@lab.example"),
    dateStyle: .yearMonthDay(separator: "-"),
    cameras: ["Driveway", "Back Garden", "Hallway", "Street"],
    factoryCameras: ["CH1", "CH2", "CH3", "CH4"],
    sceneries: [.driveway, .garden, .hallway, .street],
    notices: [
      NoticePlan(
        isModal: false, title: "Network", text: "Network disconnected. Trying again."),
      NoticePlan(
        isModal: true, title: "Hard Disk", text: "The temperature of disk 1 is too high."),
    ],
    releases: [
      FirmwareRelease(version: "4.1.7", about: "the one before, and well"),
      FirmwareRelease(version: "4.2.1", about: "the one that recorders ship with, and well"),
      FirmwareRelease(
        version: "4.3.0", about: "the newest that runs, with three regressions",
        defects: [.keepsOldPassword, .acceptsExpiredCode, .clockResetByPowerCut]),
      FirmwareRelease(version: "4.3.1", about: "shows no life", isAlive: false),
    ] + FirmwareRelease.family(regression: [.keepsOldPassword]))
}

extension KeyboardLayout {
  /// Four rows as on a typewriter, digits always at hand, Shift for one letter.
  static let nightSeries: KeyboardLayout = {
    let backspace = Key(.backspace, "Del", width: 1.5)
    func page(_ rows: [String], shift: Key, symbols: Key, followedBy: Int?) -> Page {
      Page(
        rows: [
          row("1234567890", after: [backspace]),
          row(rows[0]),
          row(rows[1]),
          row(rows[2], before: [shift]),
          [symbols, Key(.type(" "), "Space", width: 5)] + row(".@-_"),
        ], followedBy: followedBy)
    }
    return KeyboardLayout(pages: [
      page(
        ["qwertyuiop", "asdfghjkl", "zxcvbnm"], shift: Key(.page(1), "Shift", width: 2),
        symbols: Key(.page(2), "#+=", width: 1.5), followedBy: nil),
      page(
        ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"], shift: Key(.page(0), "Shift", width: 2),
        symbols: Key(.page(2), "#+=", width: 1.5), followedBy: 0),
      page(
        ["!\"#$%&'()*", "+,/:;<=>?", "[\\]^`{|}~"], shift: Key(.page(0), "abc", width: 1.5),
        symbols: Key(.page(1), "ABC", width: 1.5), followedBy: nil),
    ])
  }()
}

extension Theme {
  /// Dark blue with shaded buttons.
  static let nightSeries = Theme(
    fontFamily: "DejaVu Sans",
    textSize: 17,
    titleSize: 19,
    captionSize: 14,
    radius: 6,
    labelPlace: .left,
    buttonPlace: .centredAcceptFirst,
    clockPlace: .topRight,
    centresTitles: false,
    lightsUpUnderPointer: false,
    panel: Ground(0x24303f, 0x1a2430),
    panelBorder: Color(0x56708c),
    title: Ground(0x3b5f8a, 0x27446a),
    titleText: .white,
    text: Color(0xe8eef5),
    button: Ground(0x53687f, 0x394b5f),
    buttonText: .white,
    buttonBorder: Color(0x8297ad),
    accent: Ground(0x3f8bdc, 0x2465ae),
    accentText: .white,
    pressed: Ground(0xf0a63a, 0xd98b1c),
    pressedText: Color(0x141414),
    field: Color(0xf4f7fa),
    fieldText: Color(0x101418),
    fieldBorder: Color(0x8297ad),
    fieldFocus: Color(0x4fa3ff),
    link: Color(0x7cc0ff),
    keyboard: Ground(0x2d3a49, 0x202b37),
    key: Ground(0xf1f4f7, 0xd5dde5),
    keyText: Color(0x12181e),
    otherKey: Ground(0xa9bacb, 0x8ba0b5),
    menu: Ground(0x2a3a4d, 0x18222e),
    menuText: .white,
    icon: Color(0xcfe4fa),
    overlay: Color(0x000000, alpha: 0.62),
    overlayText: .white,
    boot: Ground(0x0c1622, 0x142a44),
    bootText: Color(0xdbe9f7))
}

extension Wordings {
  static let nightSeries = Wordings(
    accept: "OK",
    cancel: "Cancel",
    close: "Close",
    dismiss: "Dismiss",
    back: "Back",
    logInTitle: "Log In",
    userName: "User Name",
    password: "Password",
    forgotPassword: "Forgot Password",
    logInRefused: "The password is wrong. Attempts left: {left}.",
    logInLocked: "Too many wrong passwords. The account is locked for {minutes} minutes.",
    resetTitle: "Password Recovery",
    resetText:
      "A secure code was sent to your e-mail address. Look for the message \"Reset Password\", "
      + "also among junk mail. The code is valid for this recorder on {date}.",
    secureCode: "Secure Code",
    codeWrong: "The secure code is wrong. Attempts left: {left}.",
    codeExpired: "The secure code has expired. Please request a new one.",
    codeLocked: "Too many wrong codes. Try again in {minutes} minutes.",
    newPasswordTitle: "Create Password",
    newPasswordText: "Choose 6 to 20 characters and write them down in a safe place.",
    newPassword: "New Password",
    passwordBreaksRules: "The password must have 6 to 20 characters.",
    confirmTitle: "Once More",
    confirmText: "Please enter the same characters again.",
    confirmPassword: "Confirm Password",
    passwordsDiffer: "The passwords do not match. Please enter it again.",
    questionTitle: "Please Confirm",
    question: "Reset the password of this recorder now?",
    yes: "Yes",
    no: "No",
    successTitle: "Success",
    success: "The password has been reset successfully. Please restart the recorder.",
    successThenRestart:
      "The password has been reset successfully. The recorder will now restart.",
    errorTitle: "Error",
    busy: "Please wait...",
    mainMenu: "Main Menu",
    loggedInAs: "User: {user}",
    systemPage: "System",
    model: "Model",
    firmwareVersion: "Firmware Version",
    serialNumber: "Serial Number",
    deviceDate: "Device Date",
    logOut: "Log Out",
    starting: "Starting, please do not power off",
    connecting: "Connecting...")
}
