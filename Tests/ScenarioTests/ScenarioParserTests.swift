import Frames
import Scenario
import SourceYAML
import Testing

@Suite struct ScenarioParserTests {
  @Test func `a whole scenario is read`() throws {
    let scenario = try parse(
      """
      scenario: password-reset
      about: Reset a forgotten password.
      timeout: 20m
      parameters:
        old: {about: The password before., secret: true}
        firmware: {default: "1.0"}
      secrets:
        newPassword: {generate: {length: 12}}
        token: {env: LAB_TOKEN}
        factory: {model: password}
      steps:
        - name: Open the menu bar
          rightClick: centre
          expect: {image: menu-bar}
          attempts: 3
        - click: {group: menu-icons, in: menu}
          expect: {any: [{label: forgot}, rebooting]}
        - click: {below: {image: keyboard}, gap: 4}
          expect: [{not: {image: keyboard}}, {still: {for: 500ms, in: [0, 0, 10, 10]}}]
          within: 3s
        - mail: {subject: Reset Password, folders: [INBOX, Junk], within: 5m, save: {code: code}}
        - type: {into: secureCode, text: "${code}"}
          sensitive: true
        - read: {in: date, pattern: '(\\d+)', save: day}
          on: recorder
        - expect: {equal: ["${day}", "17"]}
        - power: {cycle: {minimum: 12s}}
          when: {not: rebootsByItself}
          expect: signal-back
          within: 90s
        - either:
            - expect: {label: login}
              within: 60s
              then: {click: {label: login}}
            - expect: changed
            - otherwise: [{wait: 1s}, {capture: stuck}]
        - drag: {from: {point: [50%, 10%]}, to: {point: [640, 5]}}
        - scroll: {over: centre, detents: -3}
        - operator: {ask: "Remove ${firmware}.", within: 10m}
      finally:
        - power: restore
      """
    ).checked()
    #expect(scenario.name == "password-reset")
    #expect(scenario.timeout == .seconds(1_200))
    #expect(scenario.parameters.map(\.isSecret) == [true, false])
    #expect(
      scenario.secrets.map(\.source) == [
        .generate(length: 12), .environment("LAB_TOKEN"), .model("password"),
      ])
    #expect(
      scenario.steps.map(\.name) == [
        "Open the menu bar", "Click any of group menu-icons in menu",
        "Click 4 px below image keyboard", "Mail Reset Password", "Type into secureCode",
        "Read day", "Look for \"${day}\" equal to \"17\"", "Power cycle", "Either",
        "Drag point 50.0%, 10.0% to point 640, 5", "Scroll -3 over centre", "Ask the operator",
      ])
    #expect(scenario.steps[0].attempts == 3)
    #expect(scenario.steps[2].expectation?.within == .seconds(3))
    #expect(scenario.steps[4].isSensitive)
    #expect(
      scenario.steps[7].action as? SwitchPower == .cycle(minimumOff: .seconds(12)))
    #expect(scenario.steps[7].actionLocation.column == 30)
    let either = try #require(scenario.steps[8].action as? Either)
    #expect(either.branches.map(\.expectation.within) == [.seconds(60), .seconds(5)])
    #expect(either.branches.map(\.steps.count) == [1, 0])
    #expect(either.otherwise?.map(\.name) == ["Wait 1s", "Capture stuck"])
    #expect(scenario.finally.map(\.name) == ["Restore power"])
  }

  @Test func `text with references comes apart, and a doubled dollar is a dollar`() throws {
    let scenario = try parse(
      steps: "- type: {into: name, text: 'a${one}b$${c}$5${model.two}'}", parameters: "one: {}"
    ).checked()
    let typing = try #require(scenario.steps[0].action as? TypeText)
    #expect(
      typing.text.segments == [
        .literal("a"), .reference("one"), .literal("b${c}$5"), .reference("model.two"),
      ])
  }

  @Test func `different mistakes are a line each`() {
    let found = parse(
      """
      scenario: mistakes
      about: Everything goes wrong.
      steps:
        - rigthClick: centre
          expect: {image: menu-bar}
        - click: {label: forgot}
          within: soon
          expect: {label: code}
        - type: {into: code, text: "${secureCode}"}
        - read: {in: date, pattern: '(\\d+', save: day}
        - mail: {subject: x, save: {code: {pattern: 'it''s [a-'}}}
        - type: {into: code, text: "${code}"}
        - power: of
      """)
    #expect(
      found.findings.map(\.description) == [
        "s.yaml:4:5: \"rigthClick\" is no key of a step; did you mean \"rightClick\"?",
        "s.yaml:7:13: \"within\" is \"soon\", not a duration;"
          + " write one such as 500ms, 10s, 5m or 1h",
        "s.yaml:9:30: no value is called \"secureCode\";"
          + " the values here are code, day, recorder.password, run.firmware",
        "s.yaml:10:36: the pattern is no regular expression: missing closing parenthesis after"
          + " \"(\\d+\"; close the group with ), or write \\( for the character",
        "s.yaml:11:57: the pattern is no regular expression: missing terminating ] for character"
          + " class after \"it's [a-\"; close the set with ], or write \\[ for the character",
        "s.yaml:13:12: \"power\" is \"of\", which it can't be; did you mean \"off\"?",
      ])
  }
}

/// Parses a whole file called `s.yaml`.
func parse(_ text: String, with files: [String: String] = [:]) -> ParsedScenario {
  var all = files
  all["s.yaml"] = text
  return ScenarioParser.parse(file: "s.yaml", files: .memory(all))
}

/// Parses a scenario of steps, from line 4 on.
func parse(
  steps: String, parameters: String = "unused: {default: x}", with files: [String: String] = [:]
) -> ParsedScenario {
  parse(
    """
    scenario: test
    about: A test.
    steps:
    \(steps)
    parameters:
      \(parameters)
    """, with: files)
}
