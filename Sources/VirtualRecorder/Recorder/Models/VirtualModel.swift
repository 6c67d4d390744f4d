import Frames

/// A kind of recorder, as far as it differs from others.
struct VirtualModel: Sendable {
  /// The edge at which the menu bar opens.
  enum MenuEdge: Codable, Sendable {
    case bottom
    case left
    case top
  }

  /// An icon of the menu bar.
  struct MenuIcon: Sendable {
    var shape: IconShape
    var caption: String
  }

  /// A page that the main menu leads to.
  struct MenuPage: Sendable {
    var shape: IconShape
    var caption: String
    var rows: [(name: String, value: String)]
    /// What the button on it begins; nil where it has none.
    var action: PageAction?
  }

  /// What becomes of a firmware whose writing was cut off.
  enum TornUpdate: Sendable {
    /// The recorder stays dark until another image is on the stick.
    case staysDark
    /// Its next start writes it anew, as long as the stick holds it.
    case beginsAnew
  }

  /// The e-mailed secure code.
  struct CodeFormat: Sendable {
    var alphabet: String
    var length: Int
    /// How long a code is good.
    var lifetime: Duration
  }

  /// How often something may go wrong, and what follows.
  struct AttemptLimit: Sendable {
    var attempts: Int
    var lock: Duration
  }

  /// How long a start takes.
  struct BootTimes: Sendable {
    /// From power to the first picture.
    var dark: Duration
    /// From the first picture to the live view.
    var logo: Duration
    /// The part of the logo's time after which USB is configured.
    var usbReady = 0.6
  }

  /// What comes up unasked.
  struct NoticePlan: Codable, Sendable {
    /// Whether it stands in the middle and blocks all else.
    var isModal: Bool
    var title: String
    var text: String
  }

  /// What a recorder of this kind says it is.
  struct Identity: Sendable {
    var brand: String
    var model: String
    var firmwareVersion: String
    /// What the defect shows in its place.
    var otherFirmwareVersion: String
    var serialNumber: String
    var userName: String
    /// The password that was set when the recorder was installed.
    var password: String
    /// The password that the factory sets.
    var factoryPassword: String
    /// Where its mail goes.
    var mailAddress: String
  }

  var name: String
  var about: String
  var screenSize: PixelSize
  var theme: Theme
  var pointer: PointerShape
  var wordings: Wordings
  var menuEdge: MenuEdge
  var menuIcons: [MenuIcon]
  var menuPages: [MenuPage]
  var keyboard: KeyboardLayout
  var code: CodeFormat
  var codeLimit: AttemptLimit
  var passwordRules: PasswordPolicy
  var logInLimit: AttemptLimit
  /// Whether it restarts by itself after a password reset.
  var restartsAfterReset: Bool
  /// The way that it leads through a reset.
  var flow = ResetFlow()
  var boot: BootTimes
  /// How long its capacitors keep it from restarting after a cut.
  var discharge: Duration
  var autoLogOut: Duration
  var identity: Identity
  var dateStyle: DateStyle
  var cameras: [String]
  var factoryCameras: [String]
  /// What the cameras look at, in their order.
  var sceneries: [CameraScene.Kind]
  var notices: [NoticePlan]
  /// The versions of its firmware, from the oldest to the newest.
  var releases: [FirmwareRelease]
  /// What becomes of a firmware whose writing was cut off.
  var tornUpdate = TornUpdate.staysDark

  /// Whether another firmware is installed only by whoever chooses that in a menu. A recorder whose
  /// firmware shows no life has no menu: its start takes any from the stick all the same.
  var updatesByMenu: Bool { wordings.update != nil }

  /// All models, the default first.
  static let all: [VirtualModel] = [.nightSeries, .harborSeries, .summitSeries]

  /// The model of a name.
  static func named(_ name: String) -> VirtualModel? {
    all.first { $0.name == name }
  }
}
