import CLinux
import Frames
import Glibc

/// ffmpeg, as a process of its own that makes an MP4 file of pictures.
///
/// It outlives the program where that is killed, and finishes its file then: it takes what comes until
/// nobody writes any more.
final class FilmEncoder {
  /// What is in the way of a film, in a sentence without a final stop.
  struct Failure: Error, Hashable, CustomStringConvertible {
    var description: String
  }

  private let process: pid_t
  private let socket: Int32
  private let stream: MatroskaStream
  private var isClosed = false

  /// Starts it.
  ///
  /// - Parameters:
  ///   - path: the film's file.
  ///   - size: the pictures' size; both sides are even.
  ///   - program: ffmpeg; looked for along `PATH`.
  /// - Throws: where it can't be started.
  init(writing path: String, size: PixelSize, program: String) throws(Failure) {
    stream = MatroskaStream(size: size)
    var ends: [Int32] = [-1, -1]
    guard
      socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0
    else { throw Failure(description: "no socket: \(String(cString: strerror(errno)))") }
    socket = ends[0]
    do throws(Failure) {
      process = try Self.start(program, Self.words(program, path), reading: ends[1])
    } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[1])
    try write(stream.header)
  }

  /// Adds a picture.
  ///
  /// - Parameters:
  ///   - picture: luma, then both chroma planes with half its width and height, row by row.
  ///   - milliseconds: when it is shown; later than the one before.
  /// - Throws: where ffmpeg takes no more.
  func add(_ picture: [UInt8], at milliseconds: Int64) throws(Failure) {
    try write(stream.head(at: milliseconds))
    try write(picture)
  }

  /// Lets it finish the file.
  ///
  /// - Throws: where there is no whole film.
  func finish() throws(Failure) {
    isClosed = true
    close(socket)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw Failure(description: "ffmpeg is lost") }
    }
    guard status == 0 else { throw Failure(description: "ffmpeg made no film of the pictures") }
  }

  deinit {
    if !isClosed { close(socket) }
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw Failure(description: "ffmpeg takes no more pictures")
      }
    }
  }

  /// What ffmpeg is asked for: pictures keep their times, and players find any of them at once.
  private static func words(_ program: String, _ path: String) -> [String] {
    [
      program, "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-f", "matroska", "-i",
      "pipe:0", "-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-g", "60",
      "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "smpte170m", "-fps_mode",
      "passthrough", "-enc_time_base", "1:1000", "-video_track_timescale", "1000", "-movflags",
      "+faststart", "-f", "mp4", "file:\(path)",
    ]
  }

  /// Starts a program in a session of its own, so that no Ctrl-C ends it.
  private static func start(
    _ program: String, _ words: [String], reading input: Int32
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    posix_spawnattr_setflags(&attributes, gantry_POSIX_SPAWN_SETSID)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process = pid_t()
    let code = posix_spawnp(&process, program, &actions, &attributes, arguments, environ)
    // A run goes first.
    if code == 0 { setpriority(Int32(PRIO_PROCESS.rawValue), id_t(process), 10) }
    guard code == 0 else {
      throw Failure(
        description: code == ENOENT
          ? "there is no \(program) here; Debian has it in the package ffmpeg"
          : "\(program) can't be started: \(String(cString: strerror(code)))")
    }
    return process
  }
}
