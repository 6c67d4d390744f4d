/// A file that `gantry init` writes; its raw value is its path inside the folder.
///
/// The model has no pictures: what the scenario looks for are words, which are read off the screen.
enum StarterFile: String, CaseIterable {
  case scenario = "scenarios/ask-for-password.yaml"
  case rig = "rig.yaml"
  case model = "models/first-recorder/model.yaml"

  /// What stands in the file.
  var text: String {
    switch self {
    case .scenario: Self.scenarioText
    case .rig: Self.rigText
    case .model: Self.modelText
    }
  }

  private static let scenarioText = """
    # What a person would do and see, in words that know no model: what they stand for is in the
    # model's file. A step does one thing and says what must follow. `gantry schema scenario` tells
    # an editor what else may stand here.
    scenario: ask-for-password
    about: The menu opens only for those who know the password.
    timeout: 5m

    steps:
      - name: Open the menu bar
        rightClick: centre
        expect: {label: menu}
        attempts: 3

      - name: Choose the menu
        click: {label: menu}
        expect: {label: forgotPassword}
        within: 10s
        attempts: 2

      - name: Leave it closed
        click: {label: cancel}
        expect: {not: {label: forgotPassword}}
        attempts: 2

    """

  private static let rigText = """
    # What is wired to this host: here a recorder in software, which needs no hardware. For real
    # devices, `gantry devices` lists what this host has and the lines that select it; then
    # `gantry doctor rig.yaml` tries each of them.
    rig: first-rig
    about: The virtual recorder.
    model: models/first-recorder
    virtual: {recorder: night-series}
    power: {minimumOff: 10s}

    """

  private static let modelText = #"""
    # What this kind of recorder looks like. Words are read off the screen; for what has none, cut a
    # picture out of a captured frame, and expect {image: menu-icon} instead of {label: menu}:
    #
    #   gantry frame menu.png --rig rig.yaml --after 2s \
    #     --scenario scenarios/ask-for-password.yaml --until "Open the menu bar"
    #   gantry crop menu.png 194,642,100,68 --model models/first-recorder --name menu-icon
    #
    # The format is that of the words in this file: a later Gantry that has others still reads it, and
    # `gantry check models/first-recorder --upgrade` rewrites it.
    format: 2
    model: first-recorder
    about: 1280x720, menu bar at the bottom.
    screen: [1280, 720]

    # Parts of the screen: left edge, top edge, width, height, in pixels.
    regions:
      menuBar: [0, 610, 1280, 110]
      dialog: [340, 50, 600, 320]

    labels:
      menu: {text: Menu, in: menuBar}
      forgotPassword: {text: Forgot Password, in: dialog}
      cancel: {text: Cancel, in: dialog}

    # How long it takes to start, and whether it restarts by itself after a password reset.
    boot: {longest: 45s, rebootsByItself: false}

    """#
}
