import Scenario
import SourceYAML
import Testing

/// The findings of steps, which begin in line 4, a line each without the file.
private func lines(
  _ steps: String, parameters: String = "unused: {default: x}", parts: [String: String] = [:]
) -> [String] {
  parse(steps: steps, parameters: parameters, with: parts).findings.map { finding in
    let place = finding.location
    return (place.file == "s.yaml" ? "" : place.file + " ")
      + "\(place.line):\(place.column) \(finding.problem)"
  }
}

@Suite struct NameRulesTests {
  @Test func `a value is there only after it is saved`() {
    #expect(
      lines(
        """
        - type: {into: a, text: "${code}"}
        - mail: {save: {code: code}}
        - type: {into: a, text: "${code}${cod}${run.firmware}${model.user}"}
        """) == ["4:25 \"code\" has no value yet", "6:25 no value is called \"cod\""])
  }

  @Test func `what any branch saves may be used after it, not beside it`() {
    #expect(
      lines(
        """
        - either:
            - expect: {image: a}
              then: {read: {in: r, pattern: x, save: one}}
            - expect: {image: b}
              then: {type: {into: a, text: "${one}"}}
            - otherwise: []
        - type: {into: a, text: "${one}"}
        """) == ["8:36 \"one\" has no value yet"])
  }

  @Test func `what the steps save may be used in the end`() {
    let text = """
      scenario: s
      about: A test.
      steps: [{read: {in: r, pattern: x, save: one}}]
      finally:
        - expect: {equal: ["${one}", a]}
        - expect: {equal: ["${two}", a]}
        - read: {in: r, pattern: x, save: two}
      """
    #expect(parse(text).findings.map(\.problem) == ["\"two\" has no value yet"])
  }

  @Test func `a name is declared once`() {
    let text = """
      scenario: s
      about: A test.
      parameters: {a: {}}
      secrets: {a: {env: X}}
      steps: [{read: {in: r, pattern: x, save: a}}]
      """
    #expect(
      parse(text).findings.map(\.problem) == [
        "\"a\" is declared already, at line 3",
        "\"a\" already names what is declared at line 4",
      ])
  }

  @Test func `one broken save is one line, not one for each use`() {
    #expect(
      lines(
        """
        - read: {in: [1, 2], pattern: x, save: day}
        - type: {into: a, text: "${day}"}
        - expect: {equal: ["${day}", "1"]}
        """) == ["4:14 \"in\" has 2 elements, not 4"])
  }

  @Test(arguments: ["${", "${}", "${a b}", "a${b", "${a.b.c}", "${1}"])
  func `what is no reference is found`(text: String) {
    #expect(lines("- type: {into: a, text: \"\(text)\"}").count == 1)
  }

  @Test func `a value may stand wherever a name may, if there is one`() {
    let parameters = "one: {default: a}"
    #expect(
      lines(
        """
        - type: {into: "${one}", text: x}
        - click: {anyOf: [{image: "a-${one}"}, {label: "${one}"}]}
        - {move: {group: "${model.icons}", in: "${one}"}, on: "${one}"}
        - read: {in: "${one}", pattern: x, save: y}
        - expect: {changed: {in: "${one}"}}
        """, parameters: parameters) == [])
    #expect(
      lines(
        """
        - type: {into: "${two}", text: x}
        - {click: {image: a, in: "${two}"}, on: "${two}"}
        - expect: {any: [{label: a}, {still: {for: 1s, in: "${two}"}}]}
        """, parameters: parameters) == [
          "4:16 no value is called \"two\"", "5:26 no value is called \"two\"",
          "5:41 no value is called \"two\"", "6:52 no value is called \"two\"",
        ])
  }

  @Test(arguments: ["${", "${}", "${a b}x", "-${a}", "a ${a}", "${a.b.c}"])
  func `what is no name with a value in it is one line`(text: String) {
    #expect(
      lines("- type: {into: \"\(text)\", text: x}", parameters: "a: {}") == [
        "4:16 \"into\" is \"\(text)\", not a name"
      ])
  }

  @Test func `a secret is no name, since names are written`() {
    #expect(
      lines(
        "- {type: {into: \"${a}\", text: x}, on: \"x-${a}\", expect: {image: \"${a}\"}}",
        parameters: "a: {secret: true}") == [
          "4:17 the secret \"a\" stands in a name, and names are written",
          "4:39 the secret \"a\" stands in a name, and names are written",
          "4:65 the secret \"a\" stands in a name, and names are written",
        ])
  }

  @Test func `a secret is not shown to a person`() {
    #expect(
      lines("- operator: {ask: \"Type ${a}.\"}", parameters: "a: {secret: true}") == [
        "4:19 the person would be shown the secret \"a\""
      ])
  }

  @Test func `the step that asks for a mail comes before it`() {
    #expect(
      lines(
        """
        - {name: Ask, click: centre}
        - either:
            - expect: {image: a}
              then: {mail: {after: Ask}}
        - mail: {after: Aks}
        """) == ["8:17 no step before this one is called \"Aks\""])
  }
}

@Suite struct PartRulesTests {
  private let part = """
    scenario: log-in
    about: A part.
    parameters: {user: {}, password: {secret: true}, port: {default: "80"}}
    steps:
      - type: {into: a, text: "${user}${password}${port}"}
    """

  @Test func `a part is given what it needs, and nothing else`() {
    #expect(
      lines(
        "- use: p/part.yaml\n  with: {usr: a, extra: b, password: c}", parts: ["p/part.yaml": part])
        == [
          "5:10 log-in has no parameter \"usr\"", "5:18 log-in has no parameter \"extra\"",
        ])
    #expect(
      lines("- use: part.yaml\n  with: {user: a}", parts: ["part.yaml": part]) == [
        "4:8 log-in needs its parameter \"password\""
      ])
  }

  @Test func `a secret goes only into a secret parameter`() {
    #expect(
      lines(
        "- use: part.yaml\n  with: {user: \"${a}\", password: \"${a}\"}",
        parameters: "a: {secret: true}", parts: ["part.yaml": part]) == [
          "5:16 the secret \"a\" goes into \"user\", which is none"
        ])
  }

  @Test func `mistakes of a part are found once, in its own file`() {
    let found = lines(
      "- use: part.yaml\n  with: {user: a, password: b}\n- {name: Again, use: part.yaml, with: {user: a, password: b}}",
      parts: ["part.yaml": part.replacing("into", with: "inti")])
    #expect(found == ["part.yaml 5:12 \"inti\" is no key of type"])
  }

  @Test func `what keeps a part from being read is told where it stands`() {
    #expect(
      lines("- use: a.yaml", parts: ["a.yaml": "scenario: a\nabout: x\nsteps: [{wait: 1s}"])
        == ["a.yaml 3:8 a list is never closed"])
    #expect(
      lines("- use: a.yaml", parts: ["a.yaml": "format: 9\nnews: x"])
        == ["a.yaml 1:9 this file is of format 9, which this Gantry does not know"])
  }

  @Test func `a part that is not there, or uses itself, is one line`() {
    #expect(
      lines("- use: no.yaml") == ["4:8 the part no.yaml can't be read (there is no such file)"])
    let found = lines(
      "- use: a.yaml",
      parts: [
        "a.yaml": "{scenario: a, about: x, steps: [{use: b.yaml}]}",
        "b.yaml": "{scenario: b, about: x, steps: [{use: ./a.yaml}]}",
      ])
    #expect(
      found == ["b.yaml 1:39 a.yaml uses itself (s.yaml → a.yaml → b.yaml → a.yaml)"])
    #expect(lines("- use: s.yaml") == ["4:8 s.yaml uses itself (s.yaml → s.yaml)"])
  }
}

@Suite struct PowerRulesTests {
  @Test func `nothing is done or seen while the power is cut`() {
    #expect(
      lines(
        """
        - power: off
          expect: signal-lost
        - wait: 1s
        - click: {image: a}
        - click: {image: b}
        - power: on
          expect: {image: a}
        - power: off
          expect: {label: a}
        """) == [
          "7:10 nothing answers here: the power is cut at line 4",
          "12:11 this can't be seen: the power is cut at line 11",
        ])
  }

  @Test func `a cut in a cut is none`() {
    #expect(
      lines(
        "- power: off\n- {name: Off again, power: off}\n- power: cycle\n- {name: Third, power: off}"
      )
        == ["5:28 the power is cut already, at line 4"])
  }

  @Test func `a part needs power too, and what may be on is not off`() {
    let part = "{scenario: a, about: x, steps: [{click: centre}]}"
    #expect(
      lines("- power: off\n- use: a.yaml", parts: ["a.yaml": part]) == [
        "5:8 the part can't be played: the power is cut at line 4"
      ])
    #expect(
      lines("- {power: off, when: rebootsByItself}\n- use: a.yaml", parts: ["a.yaml": part]) == [])
  }
}

@Suite struct ReachRulesTests {
  @Test func `steps that nothing leads to are found`() {
    #expect(
      lines(
        """
        - {wait: 1s, when: {equal: [a, b]}}
        - {wait: 2s, when: {not: {equal: ["${unused}", "${unused}"]}}}
        - {wait: 3s, when: {equal: ["${unused}", b]}}
        - either:
            - otherwise: {wait: 1s}
            - expect: {image: a}
        - name: Second
          either:
            - {expect: {image: a}, within: 9s}
            - {expect: {image: a}, within: 8s}
            - {expect: {image: a}, within: 10s}
        """) == [
          "4:3 this step is never played", "5:3 this step is never played",
          "9:7 this branch is never reached", "13:7 this branch is never reached",
        ])
  }

  @Test func `what always holds or never can is found`() {
    #expect(
      lines(
        """
        - expect: {equal: [a, a]}
        - expect: {all: [{image: a}, {not: {image: a}}]}
        - expect: [signal-lost, {image: a}]
        - expect: {any: [signal-lost, {image: a}]}
        """) == [
          "4:11 the expectation always holds, so it shows nothing",
          "5:11 the expectation can never hold", "6:11 the expectation can never hold",
        ])
  }

  @Test func `times that do not fit into the whole are found`() {
    #expect(
      lines(
        """
        - {expect: {image: a}, within: 16m}
        - {mail: {within: 1h}}
        - {expect: {still: 6s}}
        - {expect: {image: b, within: 2s}, within: 3s}
        """) == [
          "4:32 16m is longer than the whole run may take (15m)",
          "5:19 1h is longer than the whole run may take (15m)",
          "6:12 still for 6s can't be seen within 5s",
          "7:31 \"within\" is given here and at line 7",
        ])
  }

  @Test func `two steps of one list need two names`() {
    #expect(
      lines("- {name: A, wait: 1s}\n- {name: A, wait: 2s}\n- {name: B / C, wait: 1s}") == [
        "5:10 two steps of one list are called \"A\"", "6:10 a step's name contains \" / \"",
      ])
    let steps = parse(steps: "- wait: 1s\n- wait: 1s\n- wait: 1s").scenario?.steps
    #expect(steps?.map(\.name) == ["Wait 1s", "Wait 1s (2)", "Wait 1s (3)"])
  }
}

@Suite struct RoundsTests {
  @Test func `rounds end, and are looked at as other steps are`() {
    #expect(lines("- repeat: {wait: 1s}") == ["4:11 nothing ends the rounds"])
    #expect(
      lines(
        """
        - repeat:
            - type: {into: a, text: "${code}"}
            - mail: {save: {code: code}}
          until: {text: "${code}"}
        - type: {into: a, text: "${code}"}
        """) == ["5:29 \"code\" has no value yet"])
    #expect(
      lines(
        """
        - repeat: [{power: off}, {click: {label: b}}]
          until: {label: a}
        """) == ["4:34 nothing answers here: the power is cut at line 4"])
    #expect(
      lines("- {repeat: [{wait: 1s}], until: {equal: [a, a]}}")
        == ["4:33 the expectation always holds, so it shows nothing"])
  }

  @Test func `what shows that a step is asked for must be something to see`() {
    let problem = "nothing shows whether this step is to be played"
    #expect(lines("- {click: {label: a}, optional: asks, within: 3s}") == [])
    #expect(lines("- {expect: {label: a}, optional: asks}") == [])
    #expect(lines("- {click: centre, optional: asks}") == ["4:29 \(problem)"])
    #expect(lines("- {wait: 1s, expect: {label: a}, optional: asks}") == ["4:44 \(problem)"])
  }

  @Test func `a field can't be empty and filled at once`() {
    #expect(
      lines("- expect: [{empty: a}, {filled: a}]") == ["4:11 the expectation can never hold"])
  }
}

@Suite struct PlaceRulesTests {
  @Test(arguments: [
    ("{text: a, nth: 2}", "\"nth\" means nothing here"),
    ("{text: a, of: 2}", "\"of\" means nothing here"),
    ("{text: a, nth: 3, of: 2}", "of 2 there is no 3"),
    ("{group: a, nth: 1, of: 2}", "\"nth\" means nothing here"),
    ("{text: a, near: top, in: r}", "\"near\" and \"in\" stand together"),
    ("{point: [1, 2], near: top}", "\"near\" means nothing here"),
    ("{text: a, near: middle}", "\"middle\""),
    ("{text: a, in: {around: {text: b}}}", "\"text\" is no key of"),
  ]) func `what says where and which goes with what can be seen`(target: String, problem: String) {
    for step in ["- click: \(target)", "- expect: \(target)"] {
      // A mere point is nothing to expect.
      if step.hasPrefix("- expect"), target.contains("point") { continue }
      let found = lines(step)
      #expect(found.contains { $0.contains(problem) }, "\(step): \(found)")
    }
  }
}
