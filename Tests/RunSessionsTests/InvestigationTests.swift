import RunJournal
import RunSessions
import Testing

@Suite("Investigations")
struct InvestigationTests {
  private static let failed = Investigation.Sign(verdict: .failed, cause: "no-mail", step: "Wait")
  private static let passed = Investigation.Sign(verdict: .passed, cause: nil, step: nil)
  private static let stopped = Investigation.Sign(verdict: .aborted, cause: "aborted", step: nil)

  private func answers(
    _ trials: [(Investigation.Trial, [Investigation.Sign])]
  ) -> [Investigation.Answer] {
    var investigation = Investigation(of: Self.failed)
    for (trial, runs) in trials { investigation.take(trial, runs) }
    return investigation.answers
  }

  @Test("what passes once when the same is played again is flaky, whatever else passes")
  func flaky() {
    #expect(answers([(.same, [Self.failed, Self.passed])]) == [.flaky])
    #expect(answers([(.same, [Self.passed]), (.rig, [Self.passed])]) == [.flaky])
  }

  @Test("what makes the run pass each time is what it hangs on")
  func found() {
    let same = (Investigation.Trial.same, [Self.failed, Self.failed])
    #expect(answers([same, (.scenario, [Self.passed, Self.passed])]) == [.scenario])
    #expect(
      answers([same, (.scenario, [Self.failed, Self.passed]), (.firmware, [Self.passed])])
        == [.firmware])
    #expect(
      answers([same, (.firmware, [Self.passed]), (.rig, [Self.passed])]) == [.firmware, .rig])
  }

  @Test("what was not played, or stopped, says nothing")
  func unclear() {
    #expect(answers([]) == [.unclear])
    #expect(answers([(.same, [Self.stopped])]) == [.unclear])
    #expect(answers([(.same, [Self.failed]), (.rig, [])]) == [.unclear])
    #expect(answers([(.same, [Self.failed]), (.rig, [Self.failed])]) == [.unclear])
  }
}
