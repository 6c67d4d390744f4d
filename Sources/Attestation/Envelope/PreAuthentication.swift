/// What is signed of a DSSE envelope: its payload together with the payload's type, each with its length
/// before it, so that neither can be taken for a part of the other.
///
/// The form is DSSE's PAE, version 1 of its protocol
/// (`https://github.com/secure-systems-lab/dsse/blob/master/protocol.md`).
enum PreAuthentication {
  /// `DSSEv1`, the length of the type, the type, the length of the payload and the payload, with a
  /// space between each two; lengths are bytes, written in decimal.
  static func bytes(type: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }
}
