import Bench
import Frames
import Testing

@testable import VirtualRecorder

/// Works a virtual recorder with mouse reports, as somebody would who knows where everything is.
final class RecorderHarness {
  /// The moment at which the recorder's calendar starts: 2026-03-14 09:26:00.
  static let calendarStart = 1_773_480_360.0

  let device: RecorderDevice
  private var buttons: MouseButtons = []

  init(
    _ model: VirtualModel, seed: UInt64 = 7, defects: Set<VirtualDefect> = [],
    onsets: [VirtualDefect: Duration] = [:], unkindness: Unkindness.Switches = [],
    firmware: String? = nil, stick: @escaping () -> [UInt8]? = { nil }
  ) {
    device = RecorderDevice(
      model: model, seed: seed, defects: defects,
      calendarStart: RecorderHarness.calendarStart, onsets: onsets, unkindness: unkindness,
      firmware: firmware, stick: stick)
  }

  /// Takes over a recorder from the run that had it before.
  ///
  /// What lies between the two goes through the form in which memories lie in files.
  convenience init(
    after last: RecorderHarness, _ seconds: Double = 60, seed: UInt64 = 8,
    defects: Set<VirtualDefect> = []
  ) throws {
    try self.init(after: last.device, seconds, seed: seed, defects: defects)
  }

  /// Takes over a recorder.
  init(
    after last: RecorderDevice, _ seconds: Double = 60, seed: UInt64 = 8,
    defects: Set<VirtualDefect> = [], stick: @escaping () -> [UInt8]? = { nil }
  ) throws {
    let memory = try #require(last.memory)
    let mail = MailMemory(travelling: [], lastDue: memory.at, arrivals: 0, probes: 0)
    let bytes = try MemoryText.bytes(
      of: RecorderMemory(device: memory, mail: mail), recorder: last.model.name)
    let read = try MemoryText.memory(in: bytes, of: last.model.name)
    device = RecorderDevice(
      model: last.model, seed: seed, defects: defects,
      calendarStart: Timeline(zero: memory.at).calendarStart.rounded(.up) + seconds,
      unkindness: [], memory: read.device, stick: stick)
  }

  // MARK: Time

  /// Lets time pass.
  func wait(_ seconds: Double) {
    device.advance(to: device.now.advanced(by: .milliseconds(Int64(seconds * 1000))))
  }

  /// Lets time pass until something is so; answers whether it came to be.
  func wait(upTo seconds: Double, until isSo: () -> Bool) -> Bool {
    let end = device.now.advanced(by: .milliseconds(Int64(seconds * 1000)))
    while device.now < end {
      if isSo() { return true }
      wait(0.1)
    }
    return isSo()
  }

  // MARK: Mouse

  /// Sends a report, then waits as long as a slow mouse does.
  func send(dx: Int = 0, dy: Int = 0) {
    device.receive(MouseReport(buttons: buttons, dx: Int8(dx), dy: Int8(dy)).bytes)
    wait(0.016)
  }

  /// Moves the pointer to a point, looking at where it is after each report.
  func move(to goal: PixelPoint) {
    for _ in 0..<4000 {
      guard let position = device.firmware?.pointer.position else { return }
      let (dx, dy) = (goal.x - position.x, goal.y - position.y)
      if abs(dx) <= 3, abs(dy) <= 3 { return }
      send(dx: counts(for: dx), dy: counts(for: dy))
    }
  }

  /// Fewer counts than pixels are left, so that no recorder's gain leads past the goal for ever.
  private func counts(for pixels: Int) -> Int {
    if abs(pixels) <= 3 { return 0 }
    let counts = pixels / 4
    return counts == 0 ? pixels.signum() : max(-20, min(20, counts))
  }

  /// Presses and releases a button where the pointer is.
  func press(_ button: MouseButtons = .left, holding seconds: Double = 0.1) {
    buttons = button
    send()
    wait(seconds)
    buttons = []
    send()
    send()
  }

  /// Holds the left button down while the pointer goes to a point.
  func drag(to goal: PixelPoint) {
    buttons = .left
    send()
    wait(0.1)
    move(to: goal)
    buttons = []
    send()
  }

  /// Clicks at a point.
  func click(_ point: PixelPoint, _ button: MouseButtons = .left) {
    move(to: point)
    press(button)
  }

  /// Waits for what can be clicked, and clicks it.
  func click(_ intent: Intent) {
    guard wait(upTo: 4, until: { self.isReady && self.target(intent) != nil }),
      let rect = target(intent)
    else { return }
    click(rect.center)
  }

  /// Whether nothing is still coming up.
  private var isReady: Bool {
    device.firmware.map { !$0.isMoving(at: device.now) } ?? false
  }

  /// Where something lies that can be clicked in the topmost window.
  func target(_ intent: Intent) -> PixelRect? {
    device.firmware?.topWindow?.layer(device.style).element(for: intent)?.rect
  }

  /// Where a key lies.
  func key(_ action: KeyboardLayout.Action) -> PixelRect? {
    device.firmware?.keyboardLayer?.element(for: .key(action))?.rect
  }

  // MARK: What a person does

  /// Types into the field of the topmost window, then clicks below the keyboard.
  func type(_ text: String) {
    click(.field)
    for character in text { strike(character) }
    dismissKeyboard()
  }

  /// Clicks just below the keyboard.
  func dismissKeyboard() {
    guard let area = device.firmware?.keyboardLayer?.area else { return }
    click(PixelPoint(x: area.center.x, y: area.maxY + 12))
  }

  /// Clicks the key of a character, turning the pages to find it.
  func strike(_ character: Character) {
    let layout = device.model.keyboard
    for _ in 0..<4 {
      guard let page = device.firmware?.keyboard?.page else { return }
      if let rect = key(.type(character)) {
        click(rect.center)
        return
      }
      let goal = layout.pages.firstIndex { page in
        page.rows.joined().contains { $0.action == .type(character) }
      }
      guard let goal else { return }
      let direct = key(.page(goal))
      let any = layout.pages.indices.filter { $0 != page }.compactMap { key(.page($0)) }.first
      guard let rect = direct ?? any else { return }
      click(rect.center)
    }
  }

  /// Opens the menu bar and clicks an icon.
  func chooseIcon(_ index: Int = 0) {
    let size = device.model.screenSize
    click(PixelPoint(x: size.width / 2, y: size.height / 2), .right)
    click(.menuIcon(index))
  }

  /// Tries to log in and waits for the answer.
  func logIn(_ password: String) {
    chooseIcon()
    _ = wait(upTo: 2) { self.target(.field) != nil }
    type(password)
    click(.accept)
    wait(1.5)
  }

  /// Asks for a secure code and returns the one in the mail.
  func requestCode() -> String? {
    chooseIcon()
    click(.forgotPassword)
    return mailedCode()
  }

  /// Waits for the mail and reads the code.
  func mailedCode() -> String? {
    var code: String?
    _ = wait(upTo: 40) {
      for mail in self.device.drainMail() {
        let text = String(decoding: mail.bytes, as: UTF8.self)
        let label = self.device.model.wordings.secureCode + ": "
        guard let place = text.firstRange(of: label) else { continue }
        code = String(text[place.upperBound...].prefix(self.device.model.code.length))
      }
      return code != nil
    }
    return code
  }

  /// Types a code and sends it.
  func submit(_ code: String) {
    type(code)
    click(.accept)
    wait(1.5)
  }

  /// Goes through the whole reset up to the message at its end.
  func reset(to password: String) {
    guard let code = requestCode() else { return }
    submit(code)
    choose(password, confirming: password)
  }

  /// Types a new password twice.
  func choose(_ password: String, confirming confirmation: String) {
    type(password)
    click(.accept)
    wait(0.5)
    type(confirmation)
    click(.accept)
    wait(2.5)
  }

  /// Cuts the supply for a time, then waits for a start.
  func cutPower(for seconds: Double) {
    device.setSupply(on: false)
    wait(seconds)
    device.setSupply(on: true)
  }

  /// Waits until the live view is there.
  func waitForLiveView() -> Bool {
    wait(upTo: 120) { self.device.firmware != nil }
  }

  /// A code of the same form that is not the given one.
  static func otherCode(than code: String) -> String {
    let last = code.last == "7" ? "4" : "7"
    return code.dropLast() + last
  }

  // MARK: What a person sees

  /// The present picture.
  static func pixels(of device: RecorderDevice) -> [UInt8] {
    let canvas = RGBCanvas(size: device.model.screenSize)
    device.draw(into: canvas)
    return canvas.withPixels { Array($0) }
  }

  /// The text of the message on top.
  var message: String? { (device.firmware?.topWindow as? MessageBox)?.text }

  /// Whether the main menu is on top.
  var isInMainMenu: Bool { device.firmware?.topWindow is MainMenu }
}

extension VirtualModel: CustomTestStringConvertible {
  /// The name, in place of the whole value.
  var testDescription: String { name }
}
