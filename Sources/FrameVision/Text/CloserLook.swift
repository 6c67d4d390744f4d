import Frames

/// The closer look at a picture, kept for the pictures that follow it: most of them show the same,
/// and a phrase that is not there is looked for in all of them.
///
/// Lines that the first look finds are always looked for anew. Only what nothing but the closer look
/// finds may be kept, and only for a few pictures, so that what comes in slowly is seen in time.
struct CloserLook {
  /// How many pictures are spared a look, at first. Each look that finds the same again is trusted
  /// twice as long, as a reading is.
  private static let firstTrust = 2
  /// How many are at most.
  private static let mostTrust = 16

  private struct Kept {
    /// The picture that was looked at: all later ones are compared with it, and not with one
    /// another, so that many small steps add up.
    var luma: Plane
    var area: PixelRect
    var candidates: [TextLineCandidate]
    var trust: Int
    var uses = 0
    /// The picture asked about last: many questions about one are one use.
    var latest: Plane

    /// Whether a picture shows the same where was looked.
    mutating func serves(_ picture: Plane, _ area: PixelRect) -> Bool {
      if latest.isSame(as: picture) { return self.area.contains(area) }
      let around = area.insetBy(-TextLineDetector.reach)
      guard self.area == area, uses < trust, picture.shows(luma, in: around) else { return false }
      uses += 1
      latest = picture
      return true
    }
  }

  private var kept: Kept?

  /// The lines of a part of a picture that a closer look finds.
  mutating func candidates(in luma: Plane, _ area: PixelRect) -> [TextLineCandidate] {
    if area.isEmpty { return [] }
    if kept?.serves(luma, area) != true {
      let found = TextLineDetector.fineCandidates(in: luma, area)
      var trust = Self.firstTrust
      if let before = kept, before.area == area, before.uses == before.trust,
        Self.areAlike(before.candidates, found)
      {
        trust = min(Self.mostTrust, 2 * before.trust)
      }
      kept = Kept(luma: luma, area: area, candidates: found, trust: trust, latest: luma)
    }
    return kept?.candidates.filter { $0.box.intersects(area) } ?? []
  }

  private static func areAlike(_ some: [TextLineCandidate], _ others: [TextLineCandidate]) -> Bool {
    some.count == others.count && some.allSatisfy { one in others.contains { one.isAlike($0) } }
  }
}
