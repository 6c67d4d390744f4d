import Dispatch
public import Frames
import OrderedJSON
public import RunJournal
import Synchronization

/// The film of a run: what was looked at, in the run's own time, with what happened in a strip below.
///
/// Encoding goes on beside the run. Where it does not keep up, pictures are dropped and counted; on a
/// clock that stands still meanwhile, the run waits instead.
public final class RunFilmFile: RunFilm {
  /// How many pictures wait at most.
  private static let mostWaiting = 24

  private struct Queue {
    var waiting = 0
    var dropped = 0
  }

  /// What the encoding side knows.
  private struct Reel {
    var encoder: FilmEncoder?
    var strip = FilmStrip()
    var pictures = 0
    var beganAt: MonotonicInstant?
    var lastMilliseconds: Int64 = -1
    var lastEntry: MonotonicInstant?
    var lastPicture: Frame?
    var signal = "signal live"
    var failure: String?
  }

  private let folder: String
  private let canvas: FilmCanvas
  private let program: String
  private let waits: Bool
  private let worker = DispatchQueue(label: "gantry.film")
  private let queue = Mutex(Queue())
  private let reel = Mutex(Reel())

  /// Begins a film; the first picture starts the encoder.
  ///
  /// - Parameters:
  ///   - folder: the run folder.
  ///   - screen: the size of the pictures.
  ///   - waits: whether the run waits for the encoder, since its clock stands still meanwhile.
  ///   - program: ffmpeg; looked for along `PATH`.
  public init(in folder: String, screen: PixelSize, waits: Bool, program: String = "ffmpeg") {
    self.folder = folder
    self.waits = waits
    self.program = program
    canvas = FilmCanvas(screen)
  }

  /// Takes an entry of the journal, as it was written.
  public func follow(_ entry: JournalEntry) {
    worker.async { [self] in
      reel.withLock { reel in
        reel.strip.take(entry)
        reel.lastEntry = entry.at
      }
    }
  }

  /// Takes what was looked at.
  public func take(_ shot: FilmShot) async {
    while !begin() {
      guard waits, !Task.isCancelled else {
        queue.withLock { $0.dropped += 1 }
        return
      }
      try? await Task.sleep(for: .milliseconds(2))
    }
    worker.async { [self] in
      reel.withLock { film(shot, on: &$0) }
      queue.withLock { $0.waiting -= 1 }
    }
  }

  /// Takes a place in the queue; false where none is free.
  private func begin() -> Bool {
    queue.withLock { queue in
      guard queue.waiting < Self.mostWaiting else { return false }
      queue.waiting += 1
      return true
    }
  }

  /// Ends the film.
  ///
  /// - Returns: why there is none; nil where there is one, or nothing was to be seen.
  public func finish() async -> String? {
    await withCheckedContinuation { continuation in
      worker.async { [self] in
        continuation.resume(returning: reel.withLock { end(&$0) })
      }
    }
  }

  // MARK: - On the encoding side

  private func film(_ shot: FilmShot, on reel: inout Reel) {
    guard reel.failure == nil else { return }
    var picture: Frame?
    switch shot.content {
    case .nothing(let signal): reel.signal = signal
    case .picture(let frame, let blanks):
      reel.signal = "signal live"
      if let blanks = blanks() {
        picture = frame.blanking(blanks)
      } else {
        reel.signal = "kept back: a secret may be seen"
      }
    }
    reel.lastPicture = picture
    add(picture, at: shot.at, to: &reel)
  }

  private func add(_ picture: Frame?, at instant: MonotonicInstant, to reel: inout Reel) {
    let began = reel.beganAt ?? instant
    reel.beganAt = began
    let milliseconds = began.duration(to: instant).wholeNanoseconds / 1_000_000
    // Hands and eyes may look at the same picture.
    guard milliseconds > reel.lastMilliseconds else { return }
    reel.lastMilliseconds = milliseconds
    let strip = reel.strip.drawn(canvas.strip, at: instant, signal: reel.signal)
    do throws(FilmEncoder.Failure) {
      if reel.encoder == nil {
        reel.encoder = try FilmEncoder(
          writing: "\(folder)/\(RunFolder.FileName.film)", size: canvas.size, program: program)
        // Whoever kills the program leaves a film all the same.
        try write(
          FilmRecord(file: RunFolder.FileName.film, beganAt: began, pictures: 0, dropped: 0))
      }
      try reel.encoder?.add(canvas.samples(picture, below: strip), at: milliseconds)
      reel.pictures += 1
    } catch {
      reel.failure = error.description
    }
  }

  private func end(_ reel: inout Reel) -> String? {
    // What was seen last stays to be seen until the run's end.
    if let last = reel.lastEntry, reel.encoder != nil, reel.failure == nil {
      add(reel.lastPicture, at: last, to: &reel)
    }
    do throws(FilmEncoder.Failure) {
      try reel.encoder?.finish()
    } catch {
      reel.failure = reel.failure ?? error.description
    }
    guard let began = reel.beganAt, reel.failure == nil else { return reel.failure }
    let record = FilmRecord(
      file: RunFolder.FileName.film, beganAt: began, pictures: reel.pictures,
      dropped: queue.withLock { $0.dropped })
    do throws(FilmEncoder.Failure) {
      try write(record)
    } catch {
      return error.description
    }
    return nil
  }

  private func write(_ record: FilmRecord) throws(FilmEncoder.Failure) {
    do throws(EvidenceError) {
      try EvidenceFiles.write(
        "\(record.json)\n".utf8, to: "\(folder)/\(RunFolder.FileName.filmRecord)")
    } catch {
      throw FilmEncoder.Failure(description: error.reason)
    }
  }
}
