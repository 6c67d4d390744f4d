import Frames

extension Firmware {
  /// Takes a boot mouse report (HID 1.11, appendix B.2): buttons, X, Y, perhaps a wheel.
  mutating func receive(
    _ report: [UInt8], at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    guard hungAt == nil, report.count >= 3 else { return }
    let isAsleep = self.isAsleep(at: now)
    lastReportAt = now
    if isAsleep || board.losses.happens(withProbability: traits.lossProbability) { return }
    pointer.move(
      dx: Int(Int8(bitPattern: report[1])), dy: Int(Int8(bitPattern: report[2])), at: now)
    let changed = buttons ^ report[0]
    buttons = report[0]
    if changed != 0 { pointer.use(at: now) }
    handle(.left, isDown: report[0] & 1 != 0, changed: changed & 1 != 0, at: now, &board)
    handle(.right, isDown: report[0] & 2 != 0, changed: changed & 2 != 0, at: now, &board)
  }

  /// Whether the bus sleeps for want of reports.
  func isAsleep(at now: MonotonicInstant) -> Bool {
    guard hungAt == nil, let sleepsAfter = traits.sleepsAfter else { return false }
    return now >= lastReportAt.advanced(by: sleepsAfter)
  }

  private mutating func handle(
    _ button: Button, isDown: Bool, changed: Bool, at now: MonotonicInstant,
    _ board: inout Mainboard
  ) {
    guard changed else { return }
    if isDown {
      press = Press(button: button, at: now, place: place(of: pointer.position))
      return
    }
    guard let held = press, held.button == button else { return }
    press = nil
    // Contact bounce and impatience look alike: too short a press is no click.
    guard now >= held.at.advanced(by: traits.minimumHold) else { return }
    guard place(of: pointer.position) == held.place, !isMoving(at: held.at) else { return }
    switch button {
    case .left: click(held.place, at: now, &board)
    case .right: rightClick(held.place, at: now, &board)
    }
  }

  /// Whether the topmost window is still coming up at an instant.
  func isMoving(at instant: MonotonicInstant) -> Bool {
    [windows.last, notice].contains { (open: OpenWindow?) in
      guard let open else { return false }
      if case .atOnce = open.window.manners.entrance { return false }
      return instant < open.openedAt.advanced(by: traits.entrance)
    }
  }

  /// Where a click at a point lands, the topmost first.
  func place(of point: PixelPoint) -> Place {
    if let notice {
      let layer = notice.window.layer(style)
      if layer.area.contains(point) {
        return .notice(layer.element(at: point)?.intent ?? .nothing)
      }
      if (notice.window as? Notice)?.plan.isModal == true { return .notice(.nothing) }
    }
    if let layer = keyboardLayer, layer.area.contains(point) {
      return .keyboard(layer.element(at: point)?.intent ?? .nothing)
    }
    if let top = windows.indices.last {
      let layer = windows[top].layer(style)
      if layer.area.contains(point) {
        return .window(top, layer.element(at: point)?.intent ?? .nothing)
      }
    }
    return .elsewhere
  }

  private mutating func click(
    _ place: Place, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    switch place {
    case .notice(let intent):
      if intent == .cancel { notice = nil }
    case .keyboard(let intent):
      if case .key(let action) = intent { strike(action, at: now, &board) }
    case .window(let index, let intent):
      // With the keyboard open, a click beside it only puts the keyboard away.
      if keyboard != nil, intent != .field, intent != .secondField {
        dismissKeyboard(at: now, &board)
      } else if let command = windows[index].window.command(for: intent) {
        follow(command, intent, at: now, &board)
      }
    case .elsewhere:
      if keyboard != nil {
        dismissKeyboard(at: now, &board)
      } else if topWindow?.manners.closesOnClickBeside == true {
        closeTopWindow()
      }
    }
  }

  private mutating func rightClick(
    _ place: Place, at now: MonotonicInstant, _ board: inout Mainboard
  ) {
    if case .notice = place { return }
    if keyboard != nil {
      dismissKeyboard(at: now, &board)
    } else if let topWindow {
      if topWindow.manners.closesOnRightClick { closeTopWindow() }
    } else if !defects.contains(.menuBarMissing), !hasForgotten(.menuBarMissingAfterRestart) {
      open(MenuBar(edge: model.menuEdge), at: now, &board)
      if let stay = model.flow.menuHidesAfter {
        agenda.schedule(.hideMenuBar, at: now.advanced(by: stay))
      }
    }
  }
}
