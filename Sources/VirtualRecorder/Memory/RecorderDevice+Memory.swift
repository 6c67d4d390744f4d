import Frames

extension DeviceMemory {
  /// The timeline on which what was kept is read, given the one of the run: nothing of it lies
  /// after the run's start, even where somebody has set the clock back.
  func timeline(before run: Timeline) -> Timeline { Timeline(zero: max(at, run.zero)) }
}

extension RecorderDevice.Phase {
  /// What is kept of it.
  func memory(on timeline: Timeline) -> DeviceMemory.Phase {
    switch self {
    case .unpowered: .unpowered
    case .stuck: .stuck
    case .booting(let since): .booting(since: timeline.moment(of: since))
    case .flashing(let release, let since):
      .flashing(version: release.version, since: timeline.moment(of: since))
    case .running(let firmware): .running(firmware.memory(on: timeline))
    }
  }
}

extension PowerSupply {
  /// The supply as it was kept.
  init(discharge: Duration, memory: SupplyMemory, timeline: Timeline) {
    self.init(
      discharge: discharge, isOn: memory.isOn, offSince: memory.offSince.map(timeline.instant))
  }

  /// What is kept of it.
  func memory(on timeline: Timeline) -> SupplyMemory {
    SupplyMemory(isOn: isOn, offSince: offSince.map(timeline.moment))
  }
}

extension Mainboard {
  /// The board as it was kept, in a run with a seed and a calendar of its own.
  init(
    model: VirtualModel, seed: UInt64, defects: Set<VirtualDefect>, calendarStart: Double,
    memory: BoardMemory
  ) {
    self.init(
      model: model, seed: seed, defects: defects, calendarStart: calendarStart,
      firmware: model.identity.firmwareVersion)
    flash = memory.flash
    firstPassword = memory.firstPassword
    clockOrigin = calendarStart + memory.clockAhead
    mailCount = memory.mailCount
    secrets = memory.secrets
    delays = memory.delays
    losses = memory.losses
    strikes.restore(memory.strikes)
  }

  /// What is kept of it.
  func memory(calendarStart: Double) -> BoardMemory {
    BoardMemory(
      flash: flash, firstPassword: firstPassword, clockAhead: clockOrigin - calendarStart,
      mailCount: mailCount, secrets: secrets, delays: delays, losses: losses,
      strikes: strikes.memory)
  }
}
