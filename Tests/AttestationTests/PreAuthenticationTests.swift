import Testing

@testable import Attestation

@Suite("What is signed")
struct PreAuthenticationTests {
  @Test("the type and the payload stand with their lengths, counted in bytes")
  func form() {
    let bytes = PreAuthentication.bytes(
      type: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    #expect(
      String(decoding: PreAuthentication.bytes(type: "é", payload: []), as: UTF8.self)
        == "DSSEv1 2 é 0 ")
  }
}
