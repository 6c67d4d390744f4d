import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("Pictures of the virtual recorder")
struct RecorderDrawingTests {
  @Test("The live view moves, and the same seed gives the same picture")
  func liveView() {
    for model in VirtualModel.all {
      let (first, second) = (RecorderHarness(model), RecorderHarness(model))
      first.wait(2)
      second.wait(2)
      let picture = RecorderHarness.pixels(of: first.device)
      #expect(RecorderHarness.pixels(of: second.device) == picture)
      first.wait(0.1)
      #expect(RecorderHarness.pixels(of: first.device) != picture)
    }
  }

  @Test("Looking changes nothing: a recorder that is watched behaves like one that is not")
  func lookingChangesNothing() {
    let watched = RecorderHarness(.summitSeries, seed: 5, unkindness: .all)
    let alone = RecorderHarness(.summitSeries, seed: 5, unkindness: .all)
    let canvas = RGBCanvas(size: VirtualModel.summitSeries.screenSize)
    for step in 0..<300 {
      for harness in [watched, alone] {
        harness.send(dx: step % 7 - 3, dy: step % 5 - 2)
        if step % 50 == 49 { harness.press(.right) }
      }
      watched.device.draw(into: canvas)
    }
    #expect(
      watched.device.firmware?.pointer.position == alone.device.firmware?.pointer.position)
    #expect(
      RecorderHarness.pixels(of: watched.device) == RecorderHarness.pixels(of: alone.device))
  }

  @Test("A pressed button looks pressed, and a hidden pointer is not drawn")
  func pressedAndHidden() throws {
    let harness = RecorderHarness(.nightSeries)
    harness.logIn("lantern48")
    harness.click(.tile(5))
    harness.wait(1)
    let button = try #require(harness.target(.cancel))
    harness.move(to: button.center)
    let resting = RecorderHarness.pixels(of: harness.device)
    harness.device.receive(MouseReport(buttons: .left).bytes)
    let pressed = RecorderHarness.pixels(of: harness.device)
    #expect(pressed != resting)
    harness.device.pointerDrawing.isDrawn = false
    #expect(RecorderHarness.pixels(of: harness.device) != pressed)
  }

  @Test("Everything that can be clicked lies on the screen, and nothing on its neighbour")
  func layout() {
    for model in VirtualModel.all {
      let style = Style(model)
      let screen = PixelRect(model.screenSize)
      let field = PasswordDialog(.propose).layer(style).element(for: .field)?.rect
      let windows: [any Window] =
        [
          MenuBar(edge: model.menuEdge), LogInPrompt(), ResetDialog(date: "2026-03-14"),
          PasswordDialog(.current), PasswordDialog(.propose), PasswordDialog(.confirm),
          UpdateDialog(version: "7.0.3.118"),
          InformationPage(
            title: "", rows: Array(repeating: .init(name: "a", value: "b"), count: 4),
            action: .lookForUpdate),
          MainMenu(pageCount: model.menuPages.count),
          MessageBox(title: "", text: "", aftermath: .nothing), BusyBox(),
        ] + model.notices.map { Notice(plan: $0) }
      let keyboards = model.keyboard.pages.indices.compactMap { page in
        field.map { OnScreenKeyboard(page: page).layer(style, under: $0) }
      }
      for layer in windows.map({ $0.layer(style) }) + keyboards {
        #expect(screen.contains(layer.area))
        let targets = layer.elements.filter { $0.intent != nil && $0.intent != .nothing }
        for (index, target) in targets.enumerated() {
          #expect(layer.area.contains(target.rect))
          for other in targets[(index + 1)...] {
            #expect(target.rect.intersection(other.rect).isEmpty)
          }
        }
      }
    }
  }

  @Test("Texts fit into their places", arguments: VirtualModel.all)
  func textsFit(_ model: VirtualModel) {
    let style = Style(model)
    let engine = TextEngine()
    let windows: [any Window] =
      [
        LogInPrompt(), ResetDialog(date: "2026-03-14"), PasswordDialog(.propose),
        PasswordDialog(.confirm), PasswordDialog(.current),
        UpdateDialog(version: "7.0.3.118"),
        InformationPage(title: "", rows: [], action: .changePassword),
        InformationPage(title: "", rows: [], action: .lookForUpdate), BusyBox(),
        MenuBar(edge: model.menuEdge),
        MainMenu(pageCount: model.menuPages.count),
      ]
      + model.notices.map { Notice(plan: $0) }
      + [
        model.wordings.success, model.wordings.successThenRestart, model.wordings.logInLocked,
        model.wordings.logInRefused, model.wordings.codeWrong, model.wordings.codeExpired,
        model.wordings.codeLocked, model.wordings.passwordBreaksRules,
        model.wordings.passwordsDiffer, model.wordings.account?.changed,
        model.wordings.update?.nothing,
        model.wordings.update?.refused.filling("reason", with: "the image is for summit-series"),
      ].compactMap(\.self).map { MessageBox(title: "", text: $0, aftermath: .nothing) }
    for element in windows.flatMap({ $0.layer(style).elements }) {
      let theme = style.theme
      switch element.look {
      case .text(let text, _):
        let size = engine.size(
          of: text, font: style.font(theme.textSize), width: Double(element.rect.width))
        #expect(size.height <= element.rect.height, "\(text)")
      case .button(let text, _), .link(let text), .value(let text):
        let size = engine.size(of: text, font: style.font(theme.textSize))
        #expect(size.width <= element.rect.width, "\(text)")
      case .menuIcon(_, let text):
        let size = engine.size(of: text, font: style.font(theme.captionSize))
        #expect(size.width <= element.rect.width, "\(text)")
      default: break
      }
    }
  }

  @Test("Every code and every allowed password can be typed", arguments: VirtualModel.all)
  func keyboardIsComplete(_ model: VirtualModel) {
    let typeable = Set(
      model.keyboard.pages.flatMap { $0.rows.joined() }.compactMap { key -> Character? in
        if case .type(let character) = key.action { character } else { nil }
      })
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    let needed =
      letters + model.code.alphabet + model.identity.password
      + model.identity.factoryPassword
    #expect(needed.allSatisfy(typeable.contains))
    #expect(model.passwordRules.allow(model.identity.password, userName: model.identity.userName))
  }

  @Test("A canvas lends every pixel of its picture")
  func canvas() {
    let canvas = RGBCanvas(size: PixelSize(width: 33, height: 5))
    canvas.painter.fill(PixelRect(x: 32, y: 4, width: 1, height: 1), Color(0x102030))
    let stride = canvas.stride
    let pixel = canvas.withPixels { pixels in
      (0..<3).map { pixels[4 * stride + 32 * 4 + $0] }
    }
    #expect(pixel == [0x30, 0x20, 0x10])
  }
}
