// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is built with: the Swift 6 language, explicit imports, no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Targets that touch every pixel stay optimised in debug builds, or tests would take minutes.
let strictAndFast: [SwiftSetting] = strict + [.unsafeFlags(["-O"])]

let package = Package(
  name: "gantry",
  products: [
    .executable(name: "gantry", targets: ["gantry"]),
    // What proves the product and is not part of it.
    .executable(name: "gantry-proving", targets: ["gantry-proving"]),
    .executable(name: "mail-trials", targets: ["mail-trials"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // C libraries, each behind one thin module.
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(
      name: "CTesseract", pkgConfig: "tesseract", providers: [.apt(["libtesseract-dev"])]),
    .systemLibrary(
      name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CGPIOD", pkgConfig: "libgpiod", providers: [.apt(["libgpiod-dev"])]),
    .systemLibrary(name: "CUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
    .systemLibrary(name: "CUdev", pkgConfig: "libudev", providers: [.apt(["libudev-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CLinux"),

    // Loops over pixels, in C; roots that set errno can't be taken side by side.
    .target(
      name: "CPixels",
      cSettings: [.headerSearchPath("."), .unsafeFlags(["-O3", "-fno-math-errno"])]),
    // What JPEG loses of a picture: the virtual recorder's, which shares nothing with what judges it.
    .target(name: "CBlockLoss", cSettings: [.unsafeFlags(["-O3"])]),

    // The rooms, in the order in which the arrows point.
    .target(name: "WholeFiles", swiftSettings: strict),
    .target(
      name: "Frames", dependencies: ["WholeFiles", "CPNG", "CTurboJPEG"],
      swiftSettings: strictAndFast),
    .target(name: "Bench", dependencies: ["Frames"], swiftSettings: strict),
    .target(name: "OrderedJSON", swiftSettings: strict),
    .target(name: "MarkupText", swiftSettings: strict),
    .target(name: "SeededRandom", swiftSettings: strict),
    .target(name: "Patterns", dependencies: ["CPCRE2"], swiftSettings: strict),
    .target(
      name: "Mail", dependencies: ["Patterns", "Digests", "CGMime", "CXML2"],
      swiftSettings: strict),
    .target(
      name: "SourceYAML",
      dependencies: [
        "WholeFiles", "OrderedJSON", "Patterns", .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),
    .target(
      name: "Scenario", dependencies: ["SourceYAML", "Patterns", "Frames"], swiftSettings: strict),
    .target(
      name: "RecorderModel", dependencies: ["SourceYAML", "Patterns", "Frames"],
      swiftSettings: strict),
    .target(name: "RigDescription", dependencies: ["SourceYAML", "Frames"], swiftSettings: strict),
    .target(name: "Suites", dependencies: ["SourceYAML"], swiftSettings: strict),
    .target(
      name: "Attestation",
      dependencies: [
        "SourceYAML", "OrderedJSON", "Digests", "WholeFiles", "CLinux",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),
    .target(
      name: "RecorderPast", dependencies: ["OrderedJSON", "WholeFiles"], swiftSettings: strict),
    .target(
      name: "ScenarioCheck",
      dependencies: ["Scenario", "RecorderModel", "RigDescription", "SourceYAML", "Frames"],
      swiftSettings: strict),
    .target(
      name: "FrameVision", dependencies: ["Frames", "CTesseract", "CPixels"],
      swiftSettings: strictAndFast),
    .target(
      name: "Hands", dependencies: ["Bench", "Frames", "FrameVision", "RecorderModel"],
      swiftSettings: strict),
    .target(
      name: "RunJournal", dependencies: ["OrderedJSON", "Frames", "CLinux"],
      swiftSettings: strict),
    // What a run's actor calls runs on that actor: the parts of a run share its state.
    .target(
      name: "Runner",
      dependencies: [
        "SeededRandom", "Frames", "SourceYAML", "Patterns", "Scenario", "RecorderModel", "Bench",
        "FrameVision", "Hands", "Mail", "RecorderPast", "RunJournal", "Digests",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]),
    .target(
      name: "Drivers",
      dependencies: [
        "Bench", "Frames", "WholeFiles", "RigDescription", "Mail", "CGPIOD", "CUSB", "CUdev",
        "CCurl", "CLinux",
      ],
      swiftSettings: strictAndFast),
    .target(
      name: "VirtualRecorder",
      dependencies: ["Bench", "Frames", "WholeFiles", "CBlockLoss", "CPangoCairo", "CTurboJPEG"],
      swiftSettings: strictAndFast),
    .target(
      name: "BenchOpening",
      dependencies: [
        "Bench", "Drivers", "VirtualRecorder", "RigDescription", "SourceYAML", "WholeFiles",
        "Frames", .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .target(
      name: "Doctor",
      dependencies: [
        "Bench", "BenchOpening", "RigDescription", "FrameVision", "Frames", "Hands", "Runner",
      ],
      swiftSettings: strict),
    .target(
      name: "Evidence",
      dependencies: [
        "OrderedJSON", "MarkupText", "RunJournal", "Frames", "WholeFiles", "CPangoCairo", "CLinux",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Pages")], swiftSettings: strictAndFast),
    .target(name: "Digests", dependencies: ["CCrypto"], swiftSettings: strict),
    .target(
      name: "Ledger",
      dependencies: [
        "RunJournal", "OrderedJSON", "MarkupText", "Frames", "Digests", "WholeFiles", "CLinux",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Mustache", package: "swift-mustache"),
      ], resources: [.embedInCode("Pages")], swiftSettings: strict),
    .target(
      name: "Gate",
      dependencies: [
        "Ledger", "RunJournal", "SourceYAML", "OrderedJSON", "MarkupText", "Digests",
        .product(name: "Mustache", package: "swift-mustache"),
      ], resources: [.embedInCode("Pages")], swiftSettings: strict),
    .target(
      name: "RunSessions",
      dependencies: [
        "Frames", "Bench", "SourceYAML", "Scenario", "RecorderModel", "RigDescription",
        "Suites", "Gate", "ScenarioCheck", "FrameVision", "RecorderPast", "RunJournal", "Runner",
        "BenchOpening", "Evidence", "Ledger", "Digests", "WholeFiles", "OrderedJSON",
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .target(
      name: "MatchCases", dependencies: ["OrderedJSON", "Frames", "FrameVision"],
      swiftSettings: strict),
    .target(
      name: "Commands",
      dependencies: [
        "OrderedJSON", "Frames", "SourceYAML", "Scenario", "RecorderModel", "RigDescription",
        "Bench", "FrameVision", "Hands", "RunJournal", "Runner", "VirtualRecorder",
        "BenchOpening", "Doctor", "Evidence", "Ledger", "RecorderPast", "RunSessions", "MatchCases",
        "ScenarioCheck", "Suites", "Gate",
        "Attestation", "Digests", "Mail", "Patterns", "WholeFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "gantry", dependencies: ["Commands"], swiftSettings: strict),

    // What proves the product, in `Proving`: nothing above imports any of it.
    .target(
      name: "ExpectedVerdicts",
      dependencies: [
        "OrderedJSON", "Bench", "RunJournal", "VirtualRecorder",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/ExpectedVerdicts", swiftSettings: strict),

    // What plays the program itself, many times.
    .target(
      name: "Campaign",
      dependencies: [
        "Commands", "Digests", "ExpectedVerdicts", "Frames", "OrderedJSON", "RunJournal",
        "RunSessions", "SeededRandom",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/Campaign", swiftSettings: strict),

    // What records the journals of many runs, and compares them with another program's.
    .target(
      name: "Journals",
      dependencies: [
        "Campaign", "Digests", "ExpectedVerdicts", "OrderedJSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/Journals", swiftSettings: strict),

    // What books made runs, by many processes at the same time.
    .target(
      name: "LedgerTrials",
      dependencies: [
        "Ledger", "RunJournal", "OrderedJSON", "Frames", "SeededRandom",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/LedgerTrials", swiftSettings: strict),

    // What decides over drawn ledgers, and reads spoiled policies.
    .target(
      name: "GateTrials",
      dependencies: [
        "Gate", "Ledger", "RunJournal", "SourceYAML", "OrderedJSON", "SeededRandom",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/GateTrials", swiftSettings: strict),

    // What reads damaged attestations.
    .target(
      name: "AttestationTrials",
      dependencies: [
        "Attestation", "SourceYAML", "SeededRandom",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/AttestationTrials", swiftSettings: strict),

    // What reads damaged mail.
    .target(
      name: "MailTrials",
      dependencies: [
        "Mail", "MailServers", "SeededRandom",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/MailTrials", swiftSettings: strict),

    // What draws screens, and does to them what displays and grabbers do.
    .target(
      name: "ScreenKit", dependencies: ["SeededRandom", "Frames", "CPangoCairo"],
      path: "Proving/ScreenKit",
      swiftSettings: strictAndFast),
    // What shows the eyes screens and counts how often they are right.
    .target(
      name: "Accuracy",
      dependencies: [
        "ScreenKit", "Frames", "FrameVision", "OrderedJSON", "RunJournal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/Accuracy", swiftSettings: strictAndFast),
    // A bench for hands, of nothing but a pointer, a picture and a keyboard.
    .target(
      name: "Desk",
      dependencies: ["Bench", "FrameVision", "Frames", "Hands", "RecorderModel", "SeededRandom"],
      path: "Proving/Desk", swiftSettings: strictAndFast),
    // What counts clicks on drawn desks.
    .target(
      name: "Clicks",
      dependencies: [
        "Desk", "Hands", "Bench", "Frames", "OrderedJSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/Clicks", swiftSettings: strict),
    // What measures how fast the eyes are.
    .target(
      name: "Benchmark",
      dependencies: [
        "ScreenKit", "FrameVision", "Frames", "OrderedJSON", "RunJournal", "MailServers",
        "Drivers", "RigDescription", "Bench", "Ledger", "LedgerTrials", "Gate", "SourceYAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/Benchmark", exclude: ["match_template.py"], swiftSettings: strict),

    // The virtual recorder as a device of its own, with real ports.
    .systemLibrary(name: "CRecorderPorts", path: "Proving/CRecorderPorts"),
    .target(
      name: "RecorderPorts",
      dependencies: [
        "Bench", "Frames", "VirtualRecorder", "Drivers", "WholeFiles", "CRecorderPorts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/RecorderPorts", swiftSettings: strict),
    // What drivers ask of a machine, written down, and machines that answer what is written.
    .target(
      name: "DriverTraces", dependencies: ["Drivers", "Bench", "Frames", "CLinux"],
      path: "Proving/DriverTraces", swiftSettings: strict),

    // Mail servers of one's own, for tests.
    .target(
      name: "MailServers", dependencies: ["CLinux"], path: "Proving/MailServers",
      swiftSettings: strict),

    // What holds the drivers against the kernel's own devices, in the kernel rig's guest.
    .systemLibrary(name: "CRawGadget", path: "Proving/CRawGadget"),
    .target(
      name: "KernelChecks",
      dependencies: [
        "RecorderPorts", "Drivers", "DriverTraces", "RigDescription", "Bench", "Frames",
        "SeededRandom", "CRecorderPorts", "CLinux", "CRawGadget",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/KernelChecks", swiftSettings: strict),

    .executableTarget(
      name: "gantry-proving",
      dependencies: [
        "Accuracy", "AttestationTrials", "Benchmark", "Campaign", "Clicks", "Commands",
        "ExpectedVerdicts",
        "GateTrials", "Journals", "KernelChecks", "LedgerTrials", "MailTrials", "RecorderPorts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/gantry-proving", swiftSettings: strict),

    // What reads mail, by itself: soon built under sanitizers.
    .executableTarget(
      name: "mail-trials",
      dependencies: [
        "MailTrials", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Proving/mail-trials", swiftSettings: strict),

    // Tests mirror the rooms.
    .testTarget(
      name: "RecorderPastTests", dependencies: ["RecorderPast", "SeededRandom"],
      swiftSettings: strict),
    .testTarget(name: "WholeFilesTests", dependencies: ["WholeFiles"], swiftSettings: strict),
    .testTarget(
      name: "RecorderPortsTests",
      dependencies: [
        "RecorderPorts", "Drivers", "RigDescription", "Bench", "Frames", "CRecorderPorts", "gantry",
        "gantry-proving",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FramesTests", dependencies: ["Frames", "SeededRandom"], swiftSettings: strict),
    .testTarget(name: "BenchTests", dependencies: ["Bench"], swiftSettings: strict),
    .testTarget(
      name: "MailTests", dependencies: ["Mail", "Patterns"], exclude: ["Shapes"],
      swiftSettings: strict),
    .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"], swiftSettings: strict),
    .testTarget(
      name: "SourceYAMLTests", dependencies: ["SourceYAML"], swiftSettings: strict),
    .testTarget(
      name: "PatternsTests", dependencies: ["Patterns", "SeededRandom"], swiftSettings: strict),
    .testTarget(
      name: "ScenarioTests", dependencies: ["Scenario", "SourceYAML", "Frames"],
      swiftSettings: strict),
    .testTarget(
      name: "ScenarioCheckTests",
      dependencies: [
        "ScenarioCheck", "Scenario", "RecorderModel", "RigDescription", "SourceYAML", "Frames",
        "OrderedJSON",
      ], swiftSettings: strict),
    .testTarget(
      name: "RecorderModelTests",
      dependencies: ["RecorderModel", "RigDescription", "SourceYAML", "Patterns", "Frames"],
      swiftSettings: strict),
    .testTarget(
      name: "FrameVisionTests",
      dependencies: ["FrameVision", "Frames", "SeededRandom", "CPixels", "CPangoCairo"],
      swiftSettings: strictAndFast),
    .testTarget(name: "AccuracyTests", dependencies: ["Accuracy"], swiftSettings: strict),
    .testTarget(
      name: "HandsTests",
      dependencies: [
        "Hands", "Desk", "Bench", "Frames", "FrameVision", "RecorderModel", "VirtualRecorder",
      ], swiftSettings: strictAndFast),
    .testTarget(
      name: "DriversTests",
      dependencies: [
        "Drivers", "DriverTraces", "RigDescription", "SourceYAML", "Bench", "Frames", "gantry",
      ], exclude: ["Traces"], swiftSettings: strict),
    .testTarget(
      name: "MailServerTests",
      dependencies: ["Drivers", "RigDescription", "Bench", "Frames", "MailServers"],
      swiftSettings: strict),
    .testTarget(
      name: "DoctorTests",
      dependencies: ["Doctor", "BenchOpening", "RigDescription", "Bench", "Runner", "Frames"],
      swiftSettings: strict),
    .testTarget(
      name: "VirtualRecorderTests",
      dependencies: ["VirtualRecorder", "Bench", "Frames", "FrameVision"], swiftSettings: strict),
    .testTarget(
      name: "RunnerTests",
      dependencies: [
        "SeededRandom", "Runner", "Scenario", "SourceYAML", "RecorderModel", "Bench", "Frames",
        "FrameVision", "Hands", "Mail", "Patterns", "RecorderPast", "RunJournal",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "InMemoryLogging", package: "swift-log"),
      ], swiftSettings: strict),
    .testTarget(
      name: "RunJournalTests", dependencies: ["OrderedJSON", "RunJournal", "Frames"],
      swiftSettings: strict),
    .testTarget(
      name: "EvidenceTests", dependencies: ["Evidence", "OrderedJSON", "RunJournal", "Frames"],
      swiftSettings: strict),
    .testTarget(
      name: "SuitesTests", dependencies: ["Suites", "SourceYAML"], swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "LedgerTrials", "RunJournal", "OrderedJSON", "Frames", "gantry-proving",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], exclude: ["follow_chain.py"],
      swiftSettings: strict),
    .testTarget(
      name: "GateTests",
      dependencies: [
        "Gate", "GateTrials", "Ledger", "RunJournal", "SourceYAML", "OrderedJSON",
      ], swiftSettings: strict),
    .testTarget(
      name: "AttestationTests",
      dependencies: ["Attestation", "AttestationTrials", "Digests", "SourceYAML"],
      exclude: ["peers.py"], swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
    .testTarget(
      name: "RunSessionsTests",
      dependencies: [
        "RunSessions", "RecorderModel", "Evidence", "FrameVision", "Frames", "OrderedJSON",
        "RecorderPast",
        "RigDescription", "RunJournal", "VirtualRecorder",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Commands", "Attestation", "Bench", "Frames", "Ledger", "OrderedJSON", "RecorderPast",
        "RunJournal",
        "RunSessions", "SourceYAML",
        "VirtualRecorder", "CPangoCairo", "gantry",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .testTarget(
      name: "ExpectedVerdictsTests",
      dependencies: [
        "ExpectedVerdicts", "OrderedJSON", "RunJournal", "Scenario", "VirtualRecorder",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "JournalsTests", dependencies: ["Journals", "Digests", "ExpectedVerdicts"],
      swiftSettings: strict),
    // What holds for the whole: which module may import which.
    .testTarget(name: "HouseTests", swiftSettings: strict),
    .testTarget(
      name: "CampaignTests",
      dependencies: [
        "Campaign", "Commands", "ExpectedVerdicts", "OrderedJSON", "RunJournal", "RunSessions",
      ],
      swiftSettings: strict),
  ]
)

// `make docs` asks for what builds documentation; nothing else fetches it.
if Context.environment["GANTRY_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
