import Drivers
import Glibc
import RecorderPorts
import SeededRandom

/// The USB stick that a machine shows, read at the other end of the bus by the kernel's own drivers of
/// sticks, partitions and FAT.
struct StickChecks {
  /// The device controller that the stick is shown on.
  let controller: String
  /// The host controller at the other end of it.
  let host: String

  private static let image = "/run/gantry-stick.img"
  private static let mounted = "/run/gantry-stick"
  private static let name = "recorder-7.0.3.118.img"

  /// Makes all checks.
  func perform(_ list: CheckList) async {
    await list.check(
      "stick: its file is read at the other end of the bus, and another one once it is changed"
    ) {
      try await fileIsRead()
    }
    await list.check("stick: nobody writes on it, and it is gone when it is pulled") {
      try await isReadOnlyAndGoes()
    }
  }

  private var stick: StickGadget { StickGadget(controller: controller) }

  private func fileIsRead() async throws {
    for seed in UInt64(1)...2 {
      var random = SeededStream(seed: seed, name: "stick")
      let bytes = (0..<(300_000 + Int(seed))).map { _ in UInt8.random(in: 0...255, using: &random) }
      try stick.plugIn(bytes, as: Self.name, image: Self.image)
      let disk = try await disk()
      mkdir(Self.mounted, 0o755)
      // A stick that has just been changed may still be looked at by whoever mounts sticks.
      try await wait(10, for: "the mount of /dev/\(disk)1: \(String(cString: strerror(errno)))") {
        mount("/dev/\(disk)1", Self.mounted, "vfat", UInt(MS_RDONLY), nil) == 0
      }
      defer { umount(Self.mounted) }
      let found = try read("\(Self.mounted)/\(Self.name)")
      try expect(found == bytes, "\(found.count) bytes came back, or others")
    }
  }

  private func isReadOnlyAndGoes() async throws {
    let disk = try await disk()
    let flag = try read("/sys/block/\(disk)/ro")
    try expect(flag.first == UInt8(ascii: "1"), "the host may write on it")
    try expect(stick.isPluggedIn, "it is said not to be plugged in")
    try stick.pull()
    try expect(!stick.isPluggedIn, "it is said to be plugged in still")
    try await wait(10, for: "/dev/\(disk) to go") { access("/dev/\(disk)", F_OK) != 0 }
  }

  /// The disk that the host makes of the stick, once it has found its partition.
  private func disk() async throws -> String {
    var found: String?
    try await wait(20, for: "a disk behind \(host)") {
      found = StickSocket.disk(behind: host)
      return found != nil
    }
    return found ?? ""
  }

  private func read(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CheckFailure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &piece, piece.count)
      guard count >= 0 else { throw CheckFailure("\(path): \(String(cString: strerror(errno)))") }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }
}
