import ArgumentParser
import VirtualRecorder

/// What is the rig's around a recorder on a socket, rather than the recorder's.
struct SocketRig: ParsableArguments {
  /// When a flaw sets in.
  struct Strike: Codable {
    var name: String
    var seconds: Double

    init(_ text: String) throws {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let seconds = Double(parts[1]), 0...1e6 ~= seconds else {
        throw ValidationError("\(text) is no moment of a flaw; write one such as relay-lies=30")
      }
      (name, self.seconds) = (String(parts[0]), seconds)
    }
  }

  /// What may be wrong with light and colour.
  enum Tone: String, CaseIterable, ExpressibleByArgument {
    case none
    case stretched
    case squeezed
    case wrongMatrix = "wrong-matrix"

    var option: CaptureOptions.Tone {
      switch self {
      case .none: .none
      case .stretched: .stretched
      case .squeezed: .squeezed
      case .wrongMatrix: .wrongMatrix
      }
    }
  }

  @Option(help: "A fault that its ports have; may be repeated.") var fault: [String] = []
  @Option(
    help: ArgumentHelp(
      "When a defect or a fault sets in, in seconds after the start; may be repeated.",
      valueName: "name=seconds"),
    transform: Strike.init)
  var strike: [Strike] = []
  @Flag(help: "Nothing senses the supply behind the relay.") var withoutSense = false
  @Option(help: "How many lines the grabber delivers; as many as the recorder sends if left out.")
  var captureLines: Int?
  @Option(help: "What the grabber does to light and colour; by lot if left out.") var tone: Tone?
  @Option(help: "How many steps luma is off, in place of a tone.") var brightness: Int?
  @Option(help: "The deviation of the noise on luma, in steps; by lot if left out.")
  var noise: Double?
  @Option(help: "The quality of the grabber's JPEG compression; by lot if left out.")
  var quality: Int?

  /// Whether anything of it is said.
  var isNamed: Bool {
    !fault.isEmpty || !strike.isEmpty || withoutSense || captureLines != nil || tone != nil
      || brightness != nil || noise != nil || quality != nil
  }

  /// Looks whether the numbers mean something, as a rig file's are looked at.
  func validate() throws {
    func check<Number: Comparable>(
      _ number: Number?, _ range: ClosedRange<Number>, _ name: String
    ) throws {
      guard let number, !range.contains(number) else { return }
      throw ValidationError("--\(name) lies from \(range.lowerBound) to \(range.upperBound)")
    }
    try check(captureLines, 240...2160, "capture-lines")
    try check(brightness, -40...40, "brightness")
    try check(noise, 0...40, "noise")
    try check(quality, 20...100, "quality")
    if tone != nil, brightness != nil {
      throw ValidationError("--brightness stands in place of --tone; write one of them")
    }
  }

  /// Says it to a recorder.
  func set(_ options: inout VirtualRecorderOptions) {
    options.faults = fault
    options.strikes = strike.reduce(into: [:]) { $0[$1.name] = .seconds($1.seconds) }
    options.hasSense = !withoutSense
    options.captureLines = captureLines.map { $0 / 2 * 2 }
    options.capture = CaptureOptions(
      tone: tone?.option ?? brightness.map { .brightness($0) }, noise: noise, quality: quality)
  }
}
