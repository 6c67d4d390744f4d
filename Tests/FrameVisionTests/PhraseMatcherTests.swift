import Frames
import Testing

@testable import FrameVision

@Suite("Whether words that were read are a phrase")
struct PhraseMatcherTests {
  private func nearest(_ read: String, to phrase: String) -> TextMatch? {
    let words = read.split(separator: " ").enumerated().map { index, text in
      TextWord(
        text: String(text), box: PixelRect(x: index * 90, y: 0, width: 80, height: 12),
        confidence: 90)
    }
    return PhraseMatcher(phrase).matches(in: TextLine(words: words)).first
  }

  @Test(
    "A long phrase with one other letter is misread or misspelt: nobody can tell",
    arguments: [
      ("Foraet Password?", "Forget Password?"), ("Control Ponel", "Control Panel"),
      ("Nev Password", "New Password"),
    ])
  func nearMisses(read: String, phrase: String) throws {
    let match = try #require(nearest(read, to: phrase))
    #expect(match.isNearMiss || match.likeness >= PhraseMatcher.limit)
  }

  @Test(
    "A phrase that ends in an ellipsis before it is over was clipped, and is not the phrase",
    arguments: [
      ("Network Sett...", "Network Settings"), ("Forgot Pass…", "Forgot Password"),
      ("Playbac..", "Playback"),
    ])
  func clipped(read: String, phrase: String) throws {
    let match = try #require(nearest(read, to: phrase))
    #expect(match.isClipped && match.likeness < PhraseMatcher.limit)
  }

  @Test(
    "What begins otherwise, is over, or is written with an ellipsis itself was not clipped",
    arguments: [
      ("Network Time...", "Network Settings"), ("Settings", "Settings"), ("Re...", "Record"),
      ("Settings...", "Settings…"), ("Setup...", "Setup"),
    ])
  func notClipped(read: String, phrase: String) {
    #expect(nearest(read, to: phrase)?.isClipped != true)
  }

  @Test(
    "What is another word, another number or another phrase is no near miss",
    arguments: [
      ("Entar", "Enter"), ("Camera 2 north", "Camera 1 north"),
      ("Reset Password", "Forget Password?"), ("Old Password", "New Password"),
      ("Confirm Password", "New Password"),
    ])
  func others(read: String, phrase: String) {
    #expect(nearest(read, to: phrase)?.isNearMiss != true)
  }
}
