import Frames

extension Firmware {
  /// What is kept of it.
  func memory(on timeline: Timeline) -> FirmwareMemory {
    FirmwareMemory(
      startedAt: timeline.moment(of: startedAt), isFirstStart: isFirstStart,
      agenda: agenda.all.map { entry in
        FirmwareMemory.Due(
          at: timeline.moment(of: entry.instant), event: KeptEvent(entry.event, timeline))
      },
      windows: windows.map { $0.memory(on: timeline) }, keyboard: keyboard,
      notice: notice?.memory(on: timeline), toast: toast, pointer: pointer.memory(on: timeline),
      lastReportAt: timeline.moment(of: lastReportAt), isLoggedIn: isLoggedIn,
      password: password, desk: desk.memory(on: timeline),
      logIn: logInCounter.memory(on: timeline), proposedPassword: proposedPassword,
      changesPassword: changesPassword, hungAt: hungAt.map(timeline.moment))
  }

  /// The firmware as it was kept, with the defects that it has now.
  init(
    style: Style, traits: Unkindness, defects: Set<VirtualDefect>, board: Mainboard,
    memory: FirmwareMemory, timeline: Timeline
  ) {
    self.init(
      style: style, traits: traits, defects: defects, board: board,
      startedAt: timeline.instant(of: memory.startedAt), isFirstStart: memory.isFirstStart)
    agenda = Agenda()
    for due in memory.agenda {
      agenda.schedule(Event(due.event, timeline), at: timeline.instant(of: due.at))
    }
    windows = memory.windows.map { OpenWindow($0, timeline) }
    keyboard = memory.keyboard
    notice = memory.notice.map { OpenWindow($0, timeline) }
    toast = memory.toast
    pointer.restore(memory.pointer, timeline)
    lastReportAt = timeline.instant(of: memory.lastReportAt)
    isLoggedIn = memory.isLoggedIn
    password = memory.password
    desk.restore(memory.desk, timeline)
    logInCounter.restore(memory.logIn, timeline)
    proposedPassword = memory.proposedPassword
    changesPassword = memory.changesPassword ?? false
    hungAt = memory.hungAt.map(timeline.instant)
    followDefects()
  }

  /// Lets no event wait for a defect that is gone, nor a log-out be missing that none prevents.
  private mutating func followDefects() {
    if defects.isDisjoint(with: DefectStrikes.inWindows) {
      agenda.cancel { $0 == .defectStrikes }
    }
    agenda.cancel { $0 == .checkIdleness }
    if isLoggedIn, !defects.contains(.autoLogOutMissing) {
      agenda.schedule(.checkIdleness, at: lastReportAt.advanced(by: model.autoLogOut))
    }
  }
}

extension Firmware.OpenWindow {
  fileprivate init(_ memory: FirmwareMemory.Open, _ timeline: Timeline) {
    self.init(
      window: memory.window.window, openedAt: timeline.instant(of: memory.openedAt))
  }

  fileprivate func memory(on timeline: Timeline) -> FirmwareMemory.Open {
    FirmwareMemory.Open(window: window.kept, openedAt: timeline.moment(of: openedAt))
  }
}

extension KeptEvent {
  fileprivate init(_ event: Firmware.Event, _ timeline: Timeline) {
    self =
      switch event {
      case .finishLogIn(let password): .finishLogIn(password: password)
      case .finishCode(let code): .finishCode(code)
      case .finishSaving(let password): .finishSaving(password: password)
      case .sendResetMail(let request, let code):
        .sendResetMail(request.memory(on: timeline), mailedCode: code)
      case .sendOtherMail: .sendOtherMail
      case .showNotice(let index): .showNotice(index)
      case .checkIdleness: .checkIdleness
      case .defectStrikes: .defectStrikes
      case .restart: .restart
      case .hideMenuBar: .hideMenuBar
      case .hideToast: .hideToast
      }
  }
}

extension Firmware.Event {
  fileprivate init(_ event: KeptEvent, _ timeline: Timeline) {
    self =
      switch event {
      case .finishLogIn(let password): .finishLogIn(password: password)
      case .finishCode(let code): .finishCode(code)
      case .finishSaving(let password): .finishSaving(password: password)
      case .sendResetMail(let request, let code):
        .sendResetMail(ResetRequest(request, timeline), mailedCode: code)
      case .sendOtherMail: .sendOtherMail
      case .showNotice(let index): .showNotice(index)
      case .checkIdleness: .checkIdleness
      case .defectStrikes: .defectStrikes
      case .restart: .restart
      case .hideMenuBar: .hideMenuBar
      case .hideToast: .hideToast
      }
  }
}

extension ResetRequest {
  /// The request as it was kept.
  init(_ memory: RequestMemory, _ timeline: Timeline) {
    self.init(
      code: memory.code, date: memory.date, madeAt: timeline.instant(of: memory.madeAt))
  }

  /// What is kept of it.
  func memory(on timeline: Timeline) -> RequestMemory {
    RequestMemory(code: code, date: date, madeAt: timeline.moment(of: madeAt))
  }
}
