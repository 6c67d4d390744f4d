import Frames
import Glibc
import RunJournal
import Testing

@testable import Evidence

/// What a program says; nil where it is not there or fails.
private func output(of command: String) -> String? {
  guard let pipe = popen(command, "r") else { return nil }
  var text: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&buffer, 1, buffer.count, pipe)
    if count == 0 { break }
    text += buffer.prefix(count)
  }
  return pclose(pipe) == 0 ? String(decoding: text, as: UTF8.self) : nil
}

@Suite("The film")
struct RunFilmTests {
  private let screen = PixelSize(width: 320, height: 180)

  private func frame(_ luma: UInt8, number: Int, at milliseconds: Int64) -> Frame {
    Frame(
      luma: Plane(width: 320, height: 180, filledWith: luma),
      cb: Plane(width: 160, height: 90, filledWith: 128),
      cr: Plane(width: 160, height: 90, filledWith: 128), number: number,
      capturedAt: MonotonicInstant(nanoseconds: milliseconds * 1_000_000))
  }

  private func shot(
    _ frame: Frame, blanks: [PixelRect]? = []
  ) -> FilmShot {
    FilmShot(at: frame.capturedAt, .picture(frame) { blanks })
  }

  /// The mean brightness of a part of the film at a time, as JPEG has it.
  private func brightness(of film: String, at seconds: Double, in part: PixelRect) throws -> Int {
    let file = film + ".frame.png"
    _ = try #require(
      output(
        of: "ffmpeg -nostdin -loglevel error -y -i \(film) -vf fps=20 -ss \(seconds) -frames:v 1 "
          + file))
    let picture = Frame(image: try PNGCodec.read(file), encoding: .jpeg, chroma: .full)
    let samples = picture.luma.cropped(to: part).samples
    return samples.reduce(0) { $0 + Int($1) } / samples.count
  }

  @Test("is an H.264 film in the run's own time, with a strip below the pictures")
  func times() async throws {
    let place = try TemporaryFolder()
    let film = RunFilmFile(in: place.path, screen: screen, waits: true)
    film.follow(JournalEntry(at: .zero, event: .runStarted(sampleStart())))
    for (index, luma) in [40, 120, 200].enumerated() {
      await film.take(
        shot(frame(UInt8(luma), number: index, at: 1000 + Int64(index) * 2500)))
    }
    film.follow(
      JournalEntry(
        at: MonotonicInstant(nanoseconds: 9_000_000_000),
        event: .noted(Note(step: nil, kind: .power, text: "power off"))))
    #expect(await film.finish() == nil)
    let path = place.path + "/video.mp4"
    let probe = try #require(
      output(
        of: "ffprobe -loglevel error -show_entries "
          + "stream=codec_name,width,height,pix_fmt,nb_frames:format=duration -of csv \(path)"))
    #expect(probe.contains("stream,h264,320,212,yuv420p,4"))
    // How long the last picture stays is the encoder's to say.
    #expect(probe.contains("format,8."))
    let middle = PixelRect(x: 100, y: 60, width: 50, height: 50)
    for (seconds, luma) in [(0.5, 40), (2.6, 120), (5.1, 200), (7.9, 200)] {
      #expect(abs(try brightness(of: path, at: seconds, in: middle) - luma) <= 4)
    }
    let strip = PixelRect(x: 280, y: 182, width: 30, height: 4)
    #expect(try brightness(of: path, at: 0.5, in: strip) < 40)
  }

  @Test("what pictures have black the film has black, and all of a picture that can't be sure")
  func secrets() async throws {
    let place = try TemporaryFolder()
    let film = RunFilmFile(in: place.path, screen: screen, waits: true)
    await film.take(
      shot(
        frame(200, number: 1, at: 0), blanks: [PixelRect(x: 0, y: 0, width: 160, height: 180)]))
    await film.take(shot(frame(200, number: 2, at: 1000), blanks: nil))
    await film.take(shot(frame(200, number: 3, at: 2000)))
    #expect(await film.finish() == nil)
    let path = place.path + "/video.mp4"
    let (left, right) = (
      PixelRect(x: 20, y: 20, width: 100, height: 140),
      PixelRect(x: 200, y: 20, width: 100, height: 140)
    )
    #expect(try brightness(of: path, at: 0.5, in: left) < 8)
    #expect(try brightness(of: path, at: 0.5, in: right) > 190)
    #expect(try brightness(of: path, at: 1.5, in: left) < 8)
    #expect(try brightness(of: path, at: 1.5, in: right) < 8)
  }

  @Test("without ffmpeg there is no film, and that is said")
  func noProgram() async throws {
    let place = try TemporaryFolder()
    let film = RunFilmFile(
      in: place.path, screen: screen, waits: true, program: "no-such-encoder")
    await film.take(shot(frame(40, number: 1, at: 0)))
    await film.take(shot(frame(40, number: 2, at: 100)))
    #expect(
      await film.finish() == "there is no no-such-encoder here; Debian has it in the package ffmpeg"
    )
    #expect(!EvidenceFiles.exists(place.path + "/video.mp4"))
  }

  @Test("an encoder that does not keep up drops pictures, which are counted, and holds nobody up")
  func dropped() async throws {
    let place = try TemporaryFolder()
    let film = RunFilmFile(in: place.path, screen: screen, waits: false)
    let gate = Gate()
    // The first picture is not let go before all others have come.
    await film.take(
      FilmShot(
        at: .zero,
        .picture(frame(40, number: 0, at: 0)) {
          gate.pass(); return []
        }))
    for index in 1..<100 {
      await film.take(shot(frame(40, number: index, at: Int64(index) * 10)))
    }
    gate.open()
    #expect(await film.finish() == nil)
    let record = try #require(
      FilmRecord(try EvidenceFiles.read(place.path + "/video.json")))
    #expect(record.dropped > 0)
    #expect(record.dropped + record.pictures == 100)
    #expect(record.words.contains("\(record.dropped) more were dropped"))
  }
}

/// Holds somebody up until it is opened.
private final class Gate: Sendable {
  private let ends: (Int32, Int32)

  init() {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    self.ends = (ends[0], ends[1])
  }

  func pass() {
    var byte: UInt8 = 0
    _ = read(ends.0, &byte, 1)
  }

  func open() { _ = write(ends.1, [1], 1) }

  deinit {
    close(ends.0)
    close(ends.1)
  }
}
