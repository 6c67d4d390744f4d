import FoundationEssentials
import Frames
import Glibc

/// A codec of video, by ffmpeg as a process of its own.
enum VideoCodec: CustomStringConvertible {
  /// Motion JPEG by ffmpeg's scale of quality: 2 is the best, 31 the worst.
  case mjpeg(scale: Int)
  /// H.264 without frames that refer to later ones, as devices encode what is live.
  case h264(megabits: Int)

  /// What is in the way, in a sentence without a final stop.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// What it is, in words.
  var description: String {
    switch self {
    case .mjpeg(let scale): "MJPEG at -q:v \(scale)"
    case .h264(let megabits): "H.264 at \(megabits) Mbit/s"
    }
  }

  /// The last of some pictures of one size, at 30 a second, as it is decoded.
  ///
  /// - Throws: where there is no ffmpeg, or it fails.
  func lastDecoded(of pictures: [RGBImage]) throws -> Frame {
    guard let size = pictures.first?.size else {
      throw Failure(description: "there are no pictures")
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "gantry-video-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (raw, film, decoded) = (
      folder.appending(path: "raw").path(), folder.appending(path: "film.mkv").path(),
      folder.appending(path: "decoded")
    )
    try Data(pictures.flatMap(\.pixels)).write(to: URL(filePath: raw))
    let source = [
      "-f", "rawvideo", "-pix_fmt", "rgba", "-s", "\(size.width)x\(size.height)", "-r", "30",
    ]
    try Self.run(source + ["-i", raw, "-an"] + encoding + [film])
    try Self.run(
      ["-i", film, "-f", "rawvideo", "-pix_fmt", planes, "file:" + decoded.path()])
    return try frame([UInt8](Data(contentsOf: decoded)), size)
  }

  /// The planes' layout and range in ffmpeg's words.
  private var planes: String {
    switch self {
    case .mjpeg: "yuvj420p"
    case .h264: "yuv420p"
    }
  }

  private var encoding: [String] {
    switch self {
    case .mjpeg(let scale):
      [
        "-vf", "scale=out_color_matrix=bt601:out_range=pc", "-c:v", "mjpeg", "-q:v", "\(scale)",
        "-pix_fmt", planes,
      ]
    case .h264(let megabits):
      [
        "-vf", "scale=out_color_matrix=bt601:out_range=tv", "-c:v", "libx264", "-preset",
        "veryfast", "-tune", "zerolatency", "-b:v", "\(megabits)M", "-maxrate", "\(megabits)M",
        "-bufsize", "\(megabits)M", "-g", "60", "-pix_fmt", planes,
      ]
    }
  }

  /// The last frame of decoded ones.
  private func frame(_ bytes: [UInt8], _ size: PixelSize) throws -> Frame {
    let half = PixelSize(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
    let rest = bytes.suffix(size.area + 2 * half.area)
    guard rest.count == size.area + 2 * half.area else {
      throw Failure(description: "ffmpeg decoded \(bytes.count) bytes")
    }
    func plane(_ from: Int, _ size: PixelSize) -> Plane {
      let first = rest.startIndex + from
      return Plane(
        width: size.width, height: size.height,
        samples: Array(rest[first..<(first + size.area)]))
    }
    let isFull = if case .mjpeg = self { true } else { false }
    return Frame(
      luma: plane(0, size), cb: plane(size.area, half), cr: plane(size.area + half.area, half),
      encoding: ColorEncoding(range: isFull ? .full : .limited, matrix: .bt601))
  }

  /// Runs ffmpeg to its end, without a word of it.
  private static func run(_ arguments: [String]) throws {
    let all = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-threads", "1"]
    var words: [UnsafeMutablePointer<CChar>?] = (all + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    let code = posix_spawnp(&process, "ffmpeg", &actions, nil, words, environ)
    guard code == 0 else {
      throw Failure(
        description: code == ENOENT
          ? "there is no ffmpeg here; Debian has it in the package ffmpeg"
          : "ffmpeg can't be started: \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else {
      throw Failure(description: "ffmpeg \(arguments.joined(separator: " ")) ended with \(status)")
    }
  }
}
