/// The colours, font and measures of a user interface.
package struct Theme: Sendable {
  /// The kinds of looks.
  package enum Style: String, CaseIterable, Sendable {
    case light, dark, glass, colored
  }

  /// What lies behind everything.
  package enum Ground: Sendable {
    case plain(Ink)
    case blend(Ink, Ink)
    case picture
  }

  /// What kind of look it is.
  package let style: Style
  /// What lies behind everything.
  package var ground: Ground
  /// The face of panels; translucent on glass.
  package var panel: Ink
  /// The edges of panels and fields.
  package var edge: Ink
  /// Letters on panels.
  package var ink: Ink
  /// Letters of lesser things.
  package var quiet: Ink
  /// The face of fields, boxes and keys.
  package var field: Ink
  /// The face of buttons.
  package var button: Ink
  /// What marks the selected and the ticked.
  package var accent: Ink
  /// The font's name, as Pango takes it.
  package var font: String
  /// The size of the font, in pixels.
  package var textSize: Int
  /// How round corners are, in pixels.
  package var radius: Double
  /// Whether letters have hard edges.
  package var isAliased: Bool

  private static let fonts = [
    "DejaVu Sans", "Liberation Sans", "Roboto", "Open Sans", "Noto Sans", "DejaVu Sans Bold",
    "Liberation Sans Narrow", "DejaVu Serif", "Liberation Mono", "Roboto Bold",
    "DejaVu Sans Condensed", "Noto Serif",
  ]

  /// A theme of any style, or of a certain one.
  package init(_ dice: inout Dice, style wanted: Style? = nil) {
    let any = dice.pick(Style.allCases)
    let style = wanted ?? any
    func around(_ red: Double, _ green: Double, _ blue: Double) -> Ink {
      let all = dice.roll(-12...12)
      return Ink(red, green, blue).shifted(by: Double(all))
    }
    let accents = [
      Ink(30, 110, 220), Ink(220, 110, 20), Ink(20, 150, 80), Ink(190, 30, 60), Ink(120, 70, 200),
      Ink(0, 150, 170),
    ]
    accent = dice.pick(accents)
    switch style {
    case .light:
      ground = .plain(around(214, 218, 224))
      panel = around(240, 240, 242)
      (edge, ink, quiet) = (around(168, 172, 180), around(28, 30, 36), around(96, 100, 108))
      (field, button) = (around(250, 250, 250), around(210, 214, 220))
    case .dark:
      ground =
        dice.once(in: 2) ? .plain(around(18, 20, 24)) : .blend(Ink(34, 38, 48), Ink(8, 8, 12))
      panel = around(38, 41, 48)
      (edge, ink, quiet) = (around(84, 88, 98), around(230, 232, 236), around(150, 154, 162))
      (field, button) = (around(24, 26, 30), around(66, 70, 80))
    case .glass:
      ground = .picture
      let isDark = !dice.once(in: 3)
      panel = isDark ? Ink(16, 18, 24) : Ink(244, 246, 250)
      panel.opacity = dice.roll(0.62...0.86)
      edge = isDark ? around(110, 116, 128) : around(150, 154, 164)
      ink = isDark ? around(238, 240, 244) : around(20, 22, 28)
      quiet = isDark ? around(176, 180, 188) : around(80, 84, 92)
      field = isDark ? around(30, 34, 42) : around(248, 248, 250)
      button = isDark ? around(70, 76, 90) : around(206, 210, 220)
    case .colored:
      let base = dice.pick([
        Ink(24, 58, 110), Ink(16, 92, 84), Ink(84, 36, 100), Ink(112, 40, 36), Ink(52, 70, 30),
      ])
      ground = .blend(base.shifted(by: -10), base.shifted(by: 25))
      panel = base.shifted(by: Double(dice.roll(10...24)))
      (edge, ink, quiet) = (base.shifted(by: 70), around(240, 242, 240), base.shifted(by: 110))
      (field, button) = (base.shifted(by: -14), base.shifted(by: 42))
      accent = dice.pick([Ink(250, 190, 40), Ink(80, 220, 240), Ink(250, 250, 250)])
    }
    self.style = style
    font = dice.pick(Self.fonts)
    textSize = dice.roll(11...26)
    radius = dice.once(in: 2) ? 0 : Double(dice.roll(2...7))
    isAliased = dice.once(in: 8)
  }
}
