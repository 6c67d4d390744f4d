import Frames

extension Firmware {
  /// Does what a window asks for.
  mutating func follow(
    _ command: Command, _ intent: Intent, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    switch command {
    case .close:
      if !defects.contains(.cancelDoesNothing) { closeTopWindow() }
    case .openKeyboard:
      keyboard = OnScreenKeyboard()
      if let top = windows.indices.last {
        windows[top].window.refusal = nil
        windows[top].isSettled = false
        windows[top].window.focus(on: intent)
      }
    case .chooseMenuIcon: chooseMenuIcon(at: now, &board)
    case .logIn(let password): work(.finishLogIn(password: password), 0.3...0.9, now, &board)
    case .forgotPassword: forgotPassword(at: now, &board)
    case .submit(let code): work(.finishCode(code), 0.3...0.9, now, &board)
    case .prove(let password): prove(password, at: now, &board)
    case .propose(let password): propose(password, at: now, &board)
    case .confirm(let password): confirm(password, at: now, &board)
    case .proposeWithConfirmation(let password, let confirmation):
      guard take(password, at: now, &board) else { return }
      confirm(confirmation, at: now, &board)
    case .save: save(at: now, &board)
    case .showPage(let index): showPage(index, at: now, &board)
    case .showSystemPage: showSystemPage(at: now, &board)
    case .begin(.changePassword): open(PasswordDialog(.current), at: now, &board)
    case .begin(.lookForUpdate): wantsOfStick = .look
    case .install: wantsOfStick = .install
    case .logOut: logOut()
    case .follow(let aftermath):
      if defects.contains(.messagesWillNotClose) { return }
      switch aftermath {
      case .nothing: closeTopWindow()
      case .closeAll: closeAll()
      case .restart: wantsRestart = true
      }
    }
  }

  /// Lets something happen after a time of visible work.
  private mutating func work(
    _ event: Event, _ seconds: ClosedRange<Double>, _ now: MonotonicInstant,
    _ board: inout Mainboard
  ) {
    open(BusyBox(), at: now, &board)
    agenda.schedule(event, at: now.advanced(by: board.delays.duration(inSeconds: seconds)))
  }

  // MARK: Log-in

  private mutating func chooseMenuIcon(at now: MonotonicInstant, _ board: inout Mainboard) {
    closeAll()
    if isLoggedIn {
      openMainMenu(at: now, &board)
    } else if defects.contains(.logInPromptMissing)
      || hasForgotten(.logInPromptMissingAfterRestart)
    {
      enter(at: now, &board)
    } else {
      open(LogInPrompt(), at: now, &board)
    }
  }

  /// Whether a defect is at work that comes with the first restart.
  func hasForgotten(_ defect: VirtualDefect) -> Bool {
    !isFirstStart && defects.contains(defect)
  }

  private mutating func openMainMenu(at now: MonotonicInstant, _ board: inout Mainboard) {
    open(MainMenu(pageCount: model.menuPages.count), at: now, &board)
  }

  private mutating func enter(at now: MonotonicInstant, _ board: inout Mainboard) {
    isLoggedIn = true
    closeAll()
    openMainMenu(at: now, &board)
    if !defects.contains(.autoLogOutMissing) {
      agenda.schedule(.checkIdleness, at: now.advanced(by: model.autoLogOut))
    }
  }

  private mutating func logOut() {
    isLoggedIn = false
    agenda.cancel { $0 == .checkIdleness }
    closeAll()
  }

  private mutating func finishLogIn(
    _ typed: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    closeTopWindow()
    clearEntry()
    if lets(typed, in: now, &board) { enter(at: now, &board) }
  }

  /// Whether a password holds; says so where it does not, and counts it.
  private mutating func lets(
    _ typed: String, in now: MonotonicInstant, _ board: inout Mainboard
  ) -> Bool {
    let minutes = String(model.logInLimit.lock.wholeMinutes)
    let locked = model.wordings.logInLocked.filling("minutes", with: minutes)
    if logInCounter.isLocked(at: now) {
      say(model.wordings.errorTitle, locked, at: now, &board)
    } else if isRight(typed, board) {
      logInCounter.succeed()
      return true
    } else {
      logInCounter.fail(at: now)
      let left = String(logInCounter.attemptsLeft)
      let refused = model.wordings.logInRefused.filling("left", with: left)
      if logInCounter.isLocked(at: now) {
        say(model.wordings.errorTitle, locked, at: now, &board)
      } else {
        refuse(refused, at: now, &board)
      }
    }
    return false
  }

  private func isRight(_ typed: String, _ board: Mainboard) -> Bool {
    typed == password
      || defects.contains(.logInAcceptsAnyPassword)
      || (defects.contains(.logInAcceptsOldPassword) && typed == board.firstPassword)
  }

  // MARK: Reset

  private mutating func forgotPassword(at now: MonotonicInstant, _ board: inout Mainboard) {
    if defects.contains(.resetDialogMissing) { return }
    changesPassword = false
    if desk.isLocked(at: now) {
      sayCodeLocked(at: now, &board)
      return
    }
    let date = board.date(at: now)
    let request = desk.makeRequest(at: now, date: date, secrets: &board.secrets)
    let other = desk.newCode(&board.secrets)
    let mailed = defects.contains(.mailsWrongCode) ? other : request.code
    let delay = board.delays.duration(inSeconds: 3...25)
    if !defects.contains(.neverSendsMail) {
      agenda.schedule(
        .sendResetMail(request, mailedCode: mailed), at: now.advanced(by: delay))
    }
    closeAll()
    open(ResetDialog(date: model.dateStyle.date(date)), at: now, &board)
  }

  private mutating func sayCodeLocked(at now: MonotonicInstant, _ board: inout Mainboard) {
    let minutes = String(model.codeLimit.lock.wholeMinutes)
    say(
      model.wordings.errorTitle, model.wordings.codeLocked.filling("minutes", with: minutes),
      then: .closeAll, at: now, &board)
  }

  private mutating func finishCode(
    _ code: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    closeTopWindow()
    switch desk.check(code, at: now, date: board.date(at: now)) {
    case .accepted:
      closeAll()
      let asksForBoth =
        model.flow.passwordPages == .one && !model.flow.hasButtonBetween
        && !defects.contains(.skipsConfirmation)
      open(PasswordDialog(asksForBoth ? .both : .propose), at: now, &board)
    case .wrong(let left):
      clearEntry()
      refuse(model.wordings.codeWrong.filling("left", with: String(left)), at: now, &board)
    case .expired:
      say(
        model.wordings.errorTitle, model.wordings.codeExpired, then: .closeAll, at: now, &board)
    case .locked: sayCodeLocked(at: now, &board)
    }
  }

  /// Whoever knows the password that holds may choose another one.
  private mutating func prove(
    _ typed: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    clearEntry()
    guard lets(typed, in: now, &board) else { return }
    changesPassword = true
    closeTopWindow()
    open(PasswordDialog(.propose), at: now, &board)
  }

  /// Goes on where the keyboard was put away and no button need be clicked.
  mutating func goOnByItself(at now: MonotonicInstant, _ board: inout Mainboard) {
    guard let dialog = topWindow as? PasswordDialog, dialog.purpose == .propose, dialog.isFilled,
      model.flow.passwordPages == .two, !model.flow.hasButtonBetween
    else { return }
    propose(dialog.entry?.text ?? "", at: now, &board)
  }

  private mutating func propose(
    _ password: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    guard take(password, at: now, &board) else { return }
    if defects.contains(.skipsConfirmation) {
      closeAll()
      askOrSave(at: now, &board)
    } else if model.flow.passwordPages == .one, let top = windows.indices.last,
      let dialog = windows[top].window as? PasswordDialog
    {
      windows[top].window = dialog.askingBelow
    } else {
      closeAll()
      open(PasswordDialog(.confirm), at: now, &board)
    }
  }

  /// Takes a new password to be confirmed; refuses one that breaks the rules.
  private mutating func take(
    _ password: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) -> Bool {
    let isAllowed =
      defects.contains(.ignoresPasswordRules)
      || model.passwordRules.allow(password, userName: model.identity.userName)
    guard isAllowed else {
      clearEntry()
      refuse(model.wordings.passwordBreaksRules, at: now, &board)
      return false
    }
    proposedPassword = password
    return true
  }

  private mutating func confirm(
    _ password: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    guard let proposedPassword else { return }
    let isRight =
      password == proposedPassword && !defects.contains(.refusesRightConfirmation)
    guard isRight || defects.contains(.letsConfirmationDiffer) else {
      clearEntry(confirmationOnly: true)
      refuse(model.wordings.passwordsDiffer, at: now, &board)
      return
    }
    askOrSave(at: now, &board)
  }

  /// Saves the new password, perhaps after one more question.
  private mutating func askOrSave(at now: MonotonicInstant, _ board: inout Mainboard) {
    let asks =
      switch model.flow.confirmReset {
      case .always: true
      case .never: false
      case .sometimes: board.delays.happens(withProbability: 0.5)
      }
    if asks { open(QuestionBox(), at: now, &board) } else { save(at: now, &board) }
  }

  private mutating func save(at now: MonotonicInstant, _ board: inout Mainboard) {
    guard let proposedPassword else { return }
    if topWindow is QuestionBox { closeTopWindow() }
    work(.finishSaving(password: proposedPassword), 0.8...2, now, &board)
  }

  private mutating func finishSaving(
    _ chosen: String, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    closeAll()
    proposedPassword = nil
    let isChange = changesPassword
    changesPassword = false
    let newPassword =
      defects.contains(.storesShortenedPassword) ? String(chosen.prefix(8)) : chosen
    if !defects.contains(.keepsOldPassword) {
      password = newPassword
      if !defects.contains(.successWithoutStoring) { board.flash.password = newPassword }
    }
    let restarts = model.restartsAfterReset && !isChange
    let restartsReally = restarts && !defects.contains(.autoRebootMissing)
    let text =
      isChange
      ? model.wordings.account?.changed ?? ""
      : restarts ? model.wordings.successThenRestart : model.wordings.success
    let aftermath: MessageBox.Aftermath = restartsReally ? .restart : .closeAll
    switch isChange ? .message : model.flow.success {
    case .message: say(model.wordings.successTitle, text, then: aftermath, at: now, &board)
    case .page: open(SuccessPage(text: text, aftermath: aftermath), at: now, &board)
    case .toast:
      toast = Toast(text: text)
      agenda.schedule(.hideToast, at: now.advanced(by: Toast.stay))
    }
    if restartsReally {
      let delay = board.delays.duration(inSeconds: 8...14)
      agenda.schedule(.restart, at: now.advanced(by: delay))
    }
  }

  // MARK: Pages

  private mutating func showPage(
    _ index: Int, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    let page = model.menuPages[index]
    let rows = page.rows.map { InformationPage.Row(name: $0.name, value: $0.value) }
    open(InformationPage(title: page.caption, rows: rows, action: page.action), at: now, &board)
  }

  private mutating func showSystemPage(at now: MonotonicInstant, _ board: inout Mainboard) {
    let (wordings, identity) = (model.wordings, model.identity)
    let version =
      defects.contains(.wrongFirmwareVersion)
      ? otherVersion(than: board.flash.firmware) : board.flash.firmware ?? ""
    let date = model.dateStyle.dateAndTime(board.date(at: now))
    let rows = [
      (wordings.model, identity.model), (wordings.firmwareVersion, version),
      (wordings.serialNumber, identity.serialNumber), (wordings.deviceDate, date),
    ].map { InformationPage.Row(name: $0.0, value: $0.1) }
    open(
      InformationPage(
        title: wordings.systemPage, rows: rows,
        action: wordings.update == nil ? nil : .lookForUpdate), at: now, &board)
  }

  /// Says which version of the firmware was found on the stick, if any, or why none.
  mutating func tellUpdate(
    _ version: Result<String?, FirmwareImage.Refusal>, at now: MonotonicInstant,
    _ board: inout Mainboard
  ) {
    guard let wordings = model.wordings.update else { return }
    switch version {
    case .success(let version?): open(UpdateDialog(version: version), at: now, &board)
    case .success(nil): say(model.wordings.errorTitle, wordings.nothing, at: now, &board)
    case .failure(let refusal):
      let text = wordings.refused.filling("reason", with: "\(refusal)")
      say(model.wordings.errorTitle, text, at: now, &board)
    }
  }

  private func otherVersion(than version: String?) -> String {
    let identity = model.identity
    return version == identity.otherFirmwareVersion
      ? identity.firmwareVersion : identity.otherFirmwareVersion
  }

  // MARK: Time

  /// Lets happen what is due by an instant.
  mutating func advance(to instant: MonotonicInstant, _ board: inout Mainboard) {
    while hungAt == nil, !wantsRestart, let (now, event) = agenda.next(until: instant) {
      handle(event, at: now, &board)
    }
  }

  private mutating func handle(
    _ event: Event, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    switch event {
    case .finishLogIn(let password): finishLogIn(password, at: now, &board)
    case .finishCode(let code): finishCode(code, at: now, &board)
    case .finishSaving(let password): finishSaving(password, at: now, &board)
    case .sendResetMail(let request, let code):
      send(at: now, &board, toJunk: traits.mailIsJunk) { writer in
        writer.resetMessage(code: code, requestDate: request.date)
      }
    case .sendOtherMail:
      let camera = board.flash.cameras[board.mailCount % board.flash.cameras.count]
      let event = board.delays.integer(in: 100_000...999_999)
      send(at: now, &board, toJunk: false) { writer in
        writer.motionMessage(camera: camera, event: event)
      }
    case .showNotice(let index):
      notice = OpenWindow(window: Notice(plan: model.notices[index]), openedAt: now)
    case .checkIdleness: checkIdleness(at: now)
    case .defectStrikes:
      if defects.contains(.hangsInMenu) { hungAt = now } else { wantsRestart = true }
    case .restart: wantsRestart = true
    case .hideMenuBar: hideMenuBar(at: now)
    case .hideToast: toast = nil
    }
  }

  private mutating func hideMenuBar(at now: MonotonicInstant) {
    guard let top = windows.last, top.window is MenuBar, let stay = model.flow.menuHidesAfter,
      now >= top.openedAt.advanced(by: stay)
    else { return }
    closeTopWindow()
  }

  private mutating func checkIdleness(at now: MonotonicInstant) {
    let due = lastReportAt.advanced(by: model.autoLogOut)
    if now >= due {
      logOut()
    } else {
      agenda.schedule(.checkIdleness, at: due)
    }
  }

  private func send(
    at now: MonotonicInstant, _ board: inout Mainboard, toJunk: Bool,
    _ write: (MailWriter) -> [UInt8]
  ) {
    board.mailCount += 1
    let writer = MailWriter(model: model, date: board.date(at: now), number: board.mailCount)
    board.outbox.append(
      OutgoingMail(bytes: write(writer), folder: toJunk ? .junk : .inbox, sentAt: now))
  }
}
