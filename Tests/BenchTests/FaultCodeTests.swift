import Bench
import Testing

@Suite("Causes")
struct FaultCodeTests {
  @Test("every code is in lower case with hyphens and says in one line what it means")
  func documented() {
    for code in FaultCode.allCases {
      #expect(code.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(code)")
      #expect(code.about.hasSuffix(".") && !code.about.contains("\n"), "\(code)")
    }
    #expect(Set(FaultCode.allCases.map(\.about)).count == FaultCode.allCases.count)
  }

  @Test("everybody who can be to blame has a code")
  func owners() {
    #expect(Set(FaultCode.allCases.map(\.owner)) == Set(FaultCode.Owner.allCases))
  }
}
