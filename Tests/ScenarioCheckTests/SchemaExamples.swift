// Files that parser and schema must judge alike; mistakes only where a schema can see them.

private let head = "scenario: s\nabout: An example.\n"

let acceptedScenarios = [
  """
  scenario: all-actions
  about: 12
  timeout: 15m
  parameters: {code: {about: A code., default: x}, old: {secret: true}, any: {}}
  secrets: {a: {generate: {length: 12}}, b: {env: NAME}, c: {model: password}, d: {file: a.txt}}
  steps:
    - {name: Open, rightClick: centre, expect: {image: bar}, within: 5s, attempts: 2}
    - repeat:
        - either:
            - {expect: {empty: code}, flow: {passwordPages: [one, two]}, then: {wait: 1s}}
            - {expect: [{filled: code}, {label: a}], flow: asks}
      until: {label: b}
      within: 2s
      atMost: 4
    - {click: {label: close}, optional: {success: message}, within: 3s}
    - {click: {label: forgot, in: dialog}, sensitive: true, when: rebootsByItself, on: phone}
    - {doubleClick: {text: "${code}", in: [0, 0, 10, 10]}}
    - {move: {point: [50%, 30]}}
    - {drag: {from: {below: {image: a}, gap: 4}, to: {leftOf: centre}}}
    - {scroll: {over: {anyOf: [{image: a}, {group: g}]}, detents: -3}}
    - {type: {into: field, text: 123}}
    - {type: {into: "${code}", text: x}, on: "a-${model.phone}"}
    - {click: {anyOf: [{image: "${code}-b"}, {group: "${code}${code}"}], in: "${code}"}}
  finally: {power: restore}
  """,
  head + """
    steps:
      - power: off
      - power: {cycle: {minimum: 10s}}
      - mail: {subject: a, from: b, folders: [INBOX], within: 1h, after: x, save: {c: code, d: {pattern: e}}}
      - read: {in: date, pattern: x, fit: part, alphabet: "0123", save: day, within: 500ms}
      - wait: 1.5s
      - capture: shot
      - operator: {ask: Do it., within: 10m}
      - {use: login.yaml, with: {password: ""}}
    finally: []
    """,
  head + """
    steps:
      - either:
          - {expect: rebooting, within: 60s, then: [{wait: 1s}]}
          - {expect: {not: {image: a}}, then: {wait: 1s}}
          - otherwise: {power: cycle}
        within: 20s
      - expect: [signal-lost, {any: [signal-back, changed]}, {all: [{still: 500ms}]}]
      - {expect: {still: {for: 1s, in: r}, within: 2s}}
      - {expect: {changed: {in: [1, 2, 3, 4]}}, when: {not: {equal: [a, 1]}}}
      - {expect: {equal: [true, ""]}, when: {seen: {label: l, within: 1s}}}
    """,
]

let rejectedScenarios = [
  "[]", "text", "scenario: s\nsteps: [{wait: 1s}]", head, head + "steps: []", head + "steps: {}",
  head + "steps: [{}]", head + "steps: [{name: x}]", head + "steps: [{wait: 1s, click: centre}]",
  head + "steps: [{wait: 1}]", head + "steps: [{wait: 1 s}]", head + "steps: [{wait: [1s]}]",
  head + "steps: [{click: middle}]", head + "steps: [{click: {image: a, label: b}}]",
  head + "steps: [{click: {in: a}}]", head + "steps: [{click: {image: a, gap: 3}}]",
  head + "steps: [{click: {point: [1, 2], in: a}}]", head + "steps: [{click: {point: [1]}}]",
  head + "steps: [{click: {point: [1.5, 2]}}]", head + "steps: [{click: {point: [101%, 2]}}]",
  head + "steps: [{click: {image: 1}}]", head + "steps: [{click: {image: a b}}]",
  head + "steps: [{click: {image: '${a'}}]", head + "steps: [{click: {label: '${a b}'}}]",
  head + "steps: [{click: {image: '-${a}'}}]", head + "steps: [{click: {image: '${a.b.c}'}}]",
  head + "steps: [{click: {image: a, in: [1, 2, 3]}}]", head + "steps: [{click: {anyOf: []}}]",
  head + "steps: [{wait: 1s, within: 1s}]", head + "steps: [{wait: 1s, attempts: 2}]",
  head + "steps: [{expect: rebooting, attempts: 0}]",
  head + "steps: [{expect: rebooting, attempts: two}]",
  head + "steps: [{expect: rebooting, sensitive: yes}]",
  head + "steps: [{expect: signal}]", head + "steps: [{expect: still}]",
  head + "steps: [{expect: []}]", head + "steps: [{expect: {within: 1s}}]",
  head + "steps: [{expect: {point: [1, 2]}}]", head + "steps: [{expect: {not: rebooting}}]",
  head + "steps: [{expect: {any: [{label: a, within: 1s}]}}]",
  head + "steps: [{expect: {equal: [a]}}]", head + "steps: [{expect: {changed: {}}}]",
  head + "steps: [{wait: 1s, when: never}]", head + "steps: [{wait: 1s, when: {equal: a}}]",
  head + "steps: [{wait: 1s, with: {a: b}}]", head + "steps: [{power: true}]",
  head + "steps: [{power: {cycle: 10s}}]", head + "steps: [{power: {off: 10s}}]",
  head + "steps: [{mail: {save: {}}}]", head + "steps: [{mail: {save: {a: codes}}}]",
  head + "steps: [{mail: {folders: INBOX}}]", head + "steps: [{read: {pattern: a, save: b}}]",
  head + "steps: [{type: {text: a}}]", head + "steps: [{either: []}]",
  head + "steps: [{either: [{expect: changed, otherwise: []}]}]",
  head + "steps: [{either: [{then: []}]}]",
  head + "steps: [{either: [{otherwise: [], within: 1s}]}]",
  head + "steps: [{wait: 1s}]\nparameters: {1a: {}}",
  head + "steps: [{wait: 1s}]\nparameters: {a: x}",
  head + "steps: [{wait: 1s}]\nsecrets: {a: {}}",
  head + "steps: [{wait: 1s}]\nsecrets: {a: {env: X, model: y}}",
  head + "steps: [{wait: 1s}]\nsecrets: {a: {generate: {length: 0}}}",
  head + "steps: [{wait: 1s}]\nother: 1",
  head + "steps: [{wait: 1s, until: {label: a}}]", head + "steps: [{wait: 1s, atMost: 2}]",
  head + "steps: [{repeat: [{wait: 1s}], until: {label: a}, atMost: 0}]",
  head + "steps: [{click: {label: a}, optional: [b]}]",
  head + "steps: [{click: {label: a}, optional: {passwordPages: three}}]",
  head + "steps: [{either: [{otherwise: [{wait: 1s}], flow: a}]}]",
  head + "steps: [{expect: {empty: [a]}}]",
]

let acceptedRigs = [
  "rig: v\nmodel: models/a\nvirtual: {}",
  """
  rig: v
  about: A rig.
  model: models/a
  virtual: {recorder: a, defects: [x, y], faults: [], autoReboot: false, popUpAfter: 47s,
    captureLines: 1080, strikes: {x: 41s}, capture: {tone: wrong-matrix, noise: 2, quality: 80},
    acceleration: 40, pauses: [{at: 20s, for: 3s}],
    flow: {passwordPages: one, confirmsAfterButton: true, confirmReset: sometimes, success: toast,
      menuHidesAfter: 8s}}
  power: {minimumOff: 12s}
  mail: {maildir: {path: ../mail}}
  """,
  "rig: v\nmodel: a\nvirtual: {}\nscreen: none\nmouse: none\npower: none\nmail: none",
  "rig: v\nmodel: a\nvirtual: {}\npower: {}",
  """
  rig: v
  model: a
  mouse: {hidGadget: {}}
  mail:
    imap:
      url: imap://localhost:1143
      security: none
      user: rig-7
      bearer: {command: [fetch-token, lab]}
      authority: ca.pem
      probe: {url: "smtps://a", from: a@b.example, to: c@d.example, user: a, password: {file: b}}
  """,
  "rig: v\nmodel: a\nscreen: {v4l2: {device: /dev/video0, mode: 1920x1080@30, format: mjpeg}}",
  """
  rig: v
  model: a
  screen: {v4l2: {match: {ID_VENDOR_ID: "534d", "@serial": 007}}}
  mouse: {hidGadget: {udc: dummy_udc.0, vendor: 046d, remoteWakeup: false, interval: 8ms}}
  power:
    gpioRelay: {chip: c, line: 17, contact: normally-closed, whenReleased: powered}
    minimumOff: 12s
  """,
  "rig: v\nmodel: a\nmouse: {ch9329: {device: /dev/ttyUSB0, baud: 115200}}",
  "rig: v\nmodel: a\nmouse: {ch9329: {device: a, hubPort: {hub: 1-1.2, port: 3}}}",
  "rig: v\nmodel: a\nscreen: {v4l2: {device: a, hubPort: {match: {ID_PATH: x}, port: 1}}}",
  "rig: v\nmodel: a\npower: {usbRelay: {serial: BITFT, channel: 2, contact: normally-open}}",
  """
  rig: v
  model: a
  power:
    usbRelay: {channel: 2, contact: normally-open}
    sense: {chip: c, line: 7, activeLow: true}
    supply: trusted
  """,
]

let rejectedRigs = [
  "rig: v", "rig: v\nmodel: a", "rig: v\nmodel: a\nvirtual: true",
  "rig: v\nmodel: [a]\nvirtual: {}",
  "rig: v\nmodel: a\nmouse: {hidGadget: {}}\nmail: {imap: {url: \"imaps://a\", user: b}}",
  "rig: v\nmodel: a\nmouse: {hidGadget: {}}\nmail: {imap: {url: c, user: b, password: d}}",
  "rig: v\nmodel: a\nscreen: {v4l2: {device: a, match: {b: c}}}",
  "rig: v\nmodel: a\nscreen: {v4l2: {match: {}}}",
  "rig: v\nmodel: a\nscreen: {v4l2: {device: a, hubPort: {hub: 1-1}}}",
  "rig: v\nmodel: a\nscreen: {v4l2: {device: a, hubPort: {port: 1}}}",
  "rig: v\nmodel: a\nmouse: {hidGadget: {}, ch9329: {device: a}}", "rig: v\nmodel: a\nmouse: {}",
  "rig: v\nmodel: a\npower: {usbRelay: {channel: 9, contact: normally-open}}",
  "rig: v\nmodel: a\npower: {gpioRelay: {chip: c, line: 1, contact: normally-closed}}",
  "rig: v\nmodel: a\npower: {file: {path: p}, sense: {chip: c}}",
  "rig: v\nmodel: a\npower: {file: {path: p}, sense: {chip: c, line: 1, contact: x}}",
  "rig: v\nmodel: a\nvirtual: {}\nscreen: {v4l2: {mode: x}}",
  "rig: v\nmodel: a\nvirtual: {}\nmail: {}", "rig: v\nmodel: a\nvirtual: {}\npower: 10s",
  "rig: v\nmodel: a\nvirtual: {}\npower: {minimumOff: 10}",
  "rig: v\nmodel: a\nvirtual: {capture: {tone: none, brightness: 3}}",
  "rig: v\nmodel: a\nvirtual: {pauses: [{at: 20s}]}",
  "rig: v\nmodel: a\nvirtual: {strikes: {x: soon}}",
  "rig: v\nmodel: a\nvirtual: {faults: relay}", "rig: v\nmodel: a\nvirtual: {autoReboot: no}",
  "rig: v\nmodel: a\nvirtual: {popUpAfter: soon}",
]

let acceptedModels = [
  "format: 2\nmodel: a\nabout: b\nscreen: [1, 1]\nboot: {longest: 60s, rebootsByItself: false}",
  """
  format: 1
  model: night
  about: A recorder.
  screen: [1280, 720]
  labels: {a: Text, b: {text: OK, in: r}, c: 7}
  images: {i: i.png, k: {file: k.png, in: [0, 0, 9, 9], click: [1, 2]}}
  groups: {g: [{image: i}, {label: a}]}
  regions: {r: [0, 0, 10, 10]}
  fields: {f: {box: [0, 0, 9, 9], display: dots}}
  values: {user: admin, empty: ""}
  boot: {longest: 60s, rebootsByItself: true}
  interruptions:
    x: {seen: {label: a}, dismiss: {image: i}}
    y: {seen: No network, dismiss: 7, in: r}
    z: {seen: {image: i}, dismiss: Close, near: top}
  alive: [r, [0, 0, 1, 1]]
  """,
  """
  model: night
  about: A recorder.
  screen: [1280, 720]
  boot: {longest: 60s, rebootsByItself: true}
  keyboard:
    anchor: k
    bounds: [-10, -10, 40, 20]
    pages:
      lower:
        image: i
        rows: [{at: [-1, 0], key: [9, 9], pitch: 10.5, keys: abc}, {at: [0, 0], key: [1, 1], shift: u}]
      u: {rows: [{at: [0, 0], key: [1, 1], page: u}, {at: [0, 0], key: [1, 1], does: space}]}
  code: {length: 6, alphabet: 0123}
  password: {length: [6, 20], classes: 2, require: [digit], alphabet: abc1}
  """,
]

private let modelHead = "model: a\nabout: b\nscreen: [9, 9]\n"
private let boot = "boot: {longest: 60s, rebootsByItself: true}\n"

let rejectedModels = [
  modelHead, modelHead + "boot: {longest: 60s}", "model: a\nabout: b\nscreen: [9]\n" + boot,
  "model: a\nabout: b\nscreen: [0, 9]\n" + boot, modelHead + boot + "labels: [a]",
  modelHead + boot + "labels: {a: [b]}", modelHead + boot + "labels: {a: {in: [0, 0, 1, 1]}}",
  modelHead + boot + "images: {a: {click: [0, 0]}}", modelHead + boot + "groups: {a: []}",
  modelHead + boot + "groups: {a: [b]}", modelHead + boot + "groups: {a: [{image: b, label: c}]}",
  modelHead + boot + "fields: {a: {box: [0, 0, 1, 1], display: stars}}",
  modelHead + boot + "fields: {a: {box: [0, 0, 1, 1]}}",
  modelHead + boot + "fields: {a: {box: [0, 0, 1, 1], display: dots, shows: dots}}",
  modelHead + boot + "format: 3", modelHead + boot + "format: new", modelHead + boot + "format: 0",
  modelHead + boot + "fields: {a: {rightOf: b, below: c, shows: text}}",
  modelHead + boot + "fields: {a: {rightOf: b}}", modelHead + boot + "fields: {a: {shows: dots}}",
  modelHead + boot + "labels: {a: {text: b, looks: [{text: c, language: en}]}}",
  modelHead + boot + "labels: {a: {looks: [{text: c}, {text: d}]}}",
  modelHead + boot + "labels: {a: {text: b, near: middle}}",
  modelHead + boot + "regions: {a: {on: {label: b}}}", modelHead + boot + "regions: {a: b}",
  modelHead + boot + "flow: {passwordPages: three}", modelHead + boot + "flow: {sendCode: never}",
  modelHead + boot + "flow: {others: {sendCode: perhaps}}",
  modelHead + boot + "code: {length: six, alphabet: abc}",
  modelHead + boot + "password: {length: 6, alphabet: abc}",
  modelHead + boot + "password: {length: [6, 8], classes: 5, alphabet: abc}",
  modelHead + boot + "password: {length: [6, 8], require: [letters], alphabet: abc}",
  modelHead + boot + "keyboard: {anchor: a, bounds: [0, 0, 1, 1], pages: {}}",
  modelHead + boot + "keyboard: {anchor: a, bounds: [0, 0, 1, 1], pages: {p: {rows: []}}}",
  modelHead + boot
    + "keyboard: {anchor: a, bounds: [0, 0, 1, 1], pages: {p: {rows: [{at: [0, 0], key: [1, 1]}]}}}",
  modelHead + boot
    + "keyboard: {anchor: a, bounds: [0, 0, 1, 1],"
    + " pages: {p: {rows: [{at: [0, 0], key: [1, 1], does: space, pitch: 3}]}}}",
]
