import Digests

extension LedgerEntry {
  /// Takes the digests of the pictures as they lie in the run folder.
  ///
  /// The journal names pictures without their digests, since they are written while the run goes on;
  /// what is booked of a run covers them from then on.
  mutating func digestPictures() {
    pictures = pictures?.map {
      Picture(file: $0.file, digest: Self.digest(of: $0.file, in: folder))
    }
  }

  /// The digest of a file of a run folder; nil where it can't be read, or lies elsewhere.
  static func digest(of file: String, in folder: String) -> String? {
    guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else { return nil }
    return try? SHA256Digest.ofFile("\(folder)/\(file)")
  }
}
