import Digests
import FoundationEssentials
import Testing

@Suite("Digests")
struct DigestTests {
  @Test("SHA-256 as FIPS 180-4 has it")
  func knownAnswers() {
    #expect(
      SHA256Digest.hex("abc".utf8)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256Digest.hex([])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("a folder's digest depends on every file's name and bytes, and on nothing else")
  func folders() throws {
    func folder(_ files: [String: String]) throws -> String {
      let folder = try Folder()
      try FileManager.default.createDirectory(
        atPath: folder.path + "/images", withIntermediateDirectories: true)
      for (name, text) in files { try folder.write(text, to: name) }
      return try SHA256Digest.ofFolder(folder.path)
    }
    let digest = try folder(["model.yaml": "a", "images/b.png": "b"])
    #expect(try folder(["images/b.png": "b", "model.yaml": "a"]) == digest)
    #expect(try folder(["images/c.png": "b", "model.yaml": "a"]) != digest)
    #expect(try folder(["images/b.png": "c", "model.yaml": "a"]) != digest)
    #expect(try folder(["images/b.png": "b", "model.yaml": "a", "c": ""]) != digest)
  }
}
