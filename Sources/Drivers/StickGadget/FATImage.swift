import Glibc

/// The image of a USB stick with one file on it: a partition table and a FAT32 file system, as
/// recorders expect sticks to be (Microsoft, FAT: General Overview of On-Disk Format, 1.03; the table
/// as in the IBM PC's master boot record).
///
/// What is empty is a hole in the image's file: it takes as much room as what lies on it.
struct FATImage: Sendable {
  /// What the file is called on the stick.
  let name: String
  /// What lies in it.
  let bytes: [UInt8]

  private static let sector = 512
  private static let sectorsPerCluster = 8
  private static let cluster = sector * sectorsPerCluster
  /// Where the partition begins, in sectors: aligned as sticks are.
  private static let start = 2048
  /// Before the first table of clusters, in sectors.
  private static let reserved = 32
  /// Fewer are FAT16 to everybody (65,525), and by a wide margin to those who count wrongly.
  private static let fewestClusters = 66_000
  private static let lastInChain: UInt32 = 0x0FFF_FFFF
  private static let rootCluster = 2

  /// The clusters that lie on it, with room beside the file for those who write a log.
  private var clusters: Int { max(Self.fewestClusters, fileClusters * 5 / 4 + 1_024) }
  private var fileClusters: Int { (bytes.count + Self.cluster - 1) / Self.cluster }
  private var tableSectors: Int { ((clusters + 2) * 4 + Self.sector - 1) / Self.sector }
  private var dataStart: Int { Self.reserved + 2 * tableSectors }
  private var partitionSectors: Int { dataStart + clusters * Self.sectorsPerCluster }

  /// How long the image is, in bytes.
  var length: Int { (Self.start + partitionSectors) * Self.sector }

  /// The longest file that fits into FAT32, in bytes.
  static let longestFile = Int(UInt32.max)

  /// What lies on the image, by place in bytes; all else is zero.
  var pieces: [(at: Int, bytes: [UInt8])] {
    let partition = Self.start * Self.sector
    let table = partition + Self.reserved * Self.sector
    let data = partition + dataStart * Self.sector
    let boot = bootSector
    return [
      (0, masterBootRecord), (partition, boot), (partition + Self.sector, information),
      (partition + 6 * Self.sector, boot), (partition + 7 * Self.sector, information),
      (table, chains), (table + tableSectors * Self.sector, chains), (data, rootFolder),
      (data + Self.cluster, bytes),
    ]
  }

  // MARK: - Sectors

  private var masterBootRecord: [UInt8] {
    var record = [UInt8](repeating: 0, count: Self.sector)
    record.put(UInt32(truncatingIfNeeded: length) ^ 0x6761_6E74, at: 440)
    // Not bootable; cylinders, heads and sectors past what those can say; FAT32 by logical blocks.
    record.replaceSubrange(446..<454, with: [0x00, 0xFE, 0xFF, 0xFF, 0x0C, 0xFE, 0xFF, 0xFF])
    record.put(UInt32(Self.start), at: 454)
    record.put(UInt32(partitionSectors), at: 458)
    record.replaceSubrange(510..<512, with: [0x55, 0xAA])
    return record
  }

  private var bootSector: [UInt8] {
    var boot = [UInt8](repeating: 0, count: Self.sector)
    boot.replaceSubrange(0..<3, with: [0xEB, 0x58, 0x90])
    boot.replaceSubrange(3..<11, with: Array("MSWIN4.1".utf8))
    boot.put(UInt16(Self.sector), at: 11)
    boot[13] = UInt8(Self.sectorsPerCluster)
    boot.put(UInt16(Self.reserved), at: 14)
    boot[16] = 2
    boot[21] = 0xF8
    boot.put(UInt16(63), at: 24)
    boot.put(UInt16(255), at: 26)
    boot.put(UInt32(Self.start), at: 28)
    boot.put(UInt32(partitionSectors), at: 32)
    boot.put(UInt32(tableSectors), at: 36)
    boot.put(UInt32(Self.rootCluster), at: 44)
    boot.put(UInt16(1), at: 48)
    boot.put(UInt16(6), at: 50)
    boot[64] = 0x80
    boot[66] = 0x29
    boot.put(UInt32(truncatingIfNeeded: bytes.count) ^ 0x4741_4E54, at: 67)
    boot.replaceSubrange(71..<82, with: Array(Self.label.utf8))
    boot.replaceSubrange(82..<90, with: Array("FAT32   ".utf8))
    boot.replaceSubrange(510..<512, with: [0x55, 0xAA])
    return boot
  }

  private static let label = "GANTRY     "

  /// How many clusters are free, and where to look for one.
  private var information: [UInt8] {
    var sector = [UInt8](repeating: 0, count: Self.sector)
    sector.put(UInt32(0x4161_5252), at: 0)
    sector.put(UInt32(0x6141_7272), at: 484)
    sector.put(UInt32(clusters - 1 - fileClusters), at: 488)
    sector.put(UInt32(Self.rootCluster + 1 + fileClusters), at: 492)
    sector.put(UInt32(0xAA55_0000), at: 508)
    return sector
  }

  /// The table of clusters, as far as it is not empty.
  private var chains: [UInt8] {
    var table = [UInt8](repeating: 0, count: (3 + fileClusters) * 4)
    table.put(UInt32(0x0FFF_FFF8), at: 0)
    table.put(Self.lastInChain, at: 4)
    table.put(Self.lastInChain, at: 4 * Self.rootCluster)
    for index in 0..<fileClusters {
      let cluster = Self.rootCluster + 1 + index
      table.put(
        index + 1 < fileClusters ? UInt32(cluster + 1) : Self.lastInChain, at: 4 * cluster)
    }
    return table
  }

  // MARK: - The folder

  private var rootFolder: [UInt8] {
    var label = [UInt8](repeating: 0, count: 32)
    label.replaceSubrange(0..<11, with: Array(Self.label.utf8))
    label[11] = 0x08
    let short = shortName
    var entry = [UInt8](repeating: 0, count: 32)
    entry.replaceSubrange(0..<11, with: short)
    entry[11] = 0x20
    let first = bytes.isEmpty ? 0 : Self.rootCluster + 1
    // 2020-01-01, when nobody asks.
    for place in [16, 18, 24] { entry.put(UInt16((40 << 9) | (1 << 5) | 1), at: place) }
    entry.put(UInt16(first >> 16), at: 20)
    entry.put(UInt16(first & 0xFFFF), at: 26)
    entry.put(UInt32(bytes.count), at: 28)
    return label + longName(for: short) + entry
  }

  /// The name as systems of old see it: eight characters and three.
  private var shortName: [UInt8] {
    let parts = name.uppercased().split(separator: ".", omittingEmptySubsequences: false)
    let ending = parts.count > 1 ? parts[parts.count - 1] : ""
    let stem = parts.count > 1 ? parts.dropLast().joined() : String(parts.first ?? "")
    let isWhole =
      parts.count <= 2 && (1...8).contains(stem.utf8.count) && ending.utf8.count <= 3
      && (stem + ending).utf8.allSatisfy(Self.isPlain)
    func plain(_ text: some StringProtocol, _ count: Int) -> [UInt8] {
      let kept = Array(text.utf8.filter(Self.isPlain).prefix(count))
      return kept + [UInt8](repeating: 0x20, count: count - kept.count)
    }
    if isWhole { return plain(stem, 8) + plain(ending, 3) }
    let kept = Array(stem.utf8.filter(Self.isPlain).prefix(6)) + Array("~1".utf8)
    return kept + [UInt8](repeating: 0x20, count: 8 - kept.count) + plain(ending, 3)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  /// The name as it is, in entries before the one that it belongs to: thirteen characters of UTF-16
  /// each, the last ones first.
  private func longName(for short: [UInt8]) -> [UInt8] {
    let sum = short.reduce(UInt8(0)) { (($0 & 1) << 7) &+ ($0 >> 1) &+ $1 }
    var units = Array(name.utf16)
    if units.count % 13 != 0 {
      units.append(0)
      units += [UInt16](repeating: 0xFFFF, count: (13 - units.count % 13) % 13)
    }
    let places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30]
    let count = units.count / 13
    return (0..<count).reversed().flatMap { index in
      var entry = [UInt8](repeating: 0, count: 32)
      entry[0] = UInt8(index + 1) | (index + 1 == count ? 0x40 : 0)
      entry[11] = 0x0F
      entry[13] = sum
      for (place, unit) in zip(places, units[(index * 13)...]) { entry.put(unit, at: place) }
      return entry
    }
  }

  // MARK: - Writing

  /// Writes the image into a file, in place of whatever is there.
  func write(to path: String) throws(FileError) {
    unlink(path)
    try Files.create(path, with: [])
    let file = try Descriptor(opening: path, O_WRONLY)
    guard ftruncate(file.number, off_t(length)) == 0 else { throw FileError(path) }
    for piece in pieces {
      var written = 0
      while written < piece.bytes.count {
        let count = piece.bytes.withUnsafeBytes {
          pwrite(
            file.number, $0.baseAddress?.advanced(by: written), piece.bytes.count - written,
            off_t(piece.at + written))
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw FileError(path) }
        written += count
      }
    }
    guard fsync(file.number) == 0 else { throw FileError(path) }
  }
}

extension [UInt8] {
  /// Puts a number at a place, its low byte first.
  fileprivate mutating func put(_ number: some FixedWidthInteger, at place: Int) {
    Swift.withUnsafeBytes(of: number.littleEndian) {
      replaceSubrange(place..<(place + $0.count), with: $0)
    }
  }
}
