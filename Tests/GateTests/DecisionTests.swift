import FoundationEssentials
import Gate
import GateTrials
import Ledger
import OrderedJSON
import Testing

@Suite("whether a firmware ships")
struct DecisionTests {
  @Test("each policy and ledger give their decision, with the reason", arguments: DecisionCase.all)
  func decision(_ told: DecisionCase) throws {
    let decision = try told.demand.decide(told.runs)
    #expect(decision.verdict == told.verdict, "\(decision.lines)")
    #expect(decision.lacks == told.lacks, "\(decision.lines)")
    #expect(decision.reasons.isEmpty == (told.verdict == .open))
    if let says = told.says {
      #expect(decision.lines.contains { $0.contains(says) }, "\(decision.lines)")
    }
  }

  @Test("there are at least sixty of them, and they show every way of being closed")
  func allWays() {
    #expect(DecisionCase.all.count >= 60)
    #expect(Set(DecisionCase.all.map(\.name)).count == DecisionCase.all.count)
    #expect(Set(DecisionCase.all.flatMap(\.lacks)) == Set(Decision.Lack.allCases))
  }

  @Test("over a damaged ledger nobody can tell, whatever it says", arguments: DecisionCase.all)
  func damaged(_ told: DecisionCase) throws {
    let decision = try told.demand.decide(told.runs, damages: ["a row is gone"])
    #expect(decision.verdict == .cannotTell)
    #expect(decision.reasons == ["the ledger is damaged: a row is gone"])
  }

  @Test("runs in any order give the same decision, byte for byte", arguments: DecisionCase.all)
  func anyOrder(_ told: DecisionCase) throws {
    let decision = try told.demand.decide(told.runs)
    let turned = try told.demand.decide(told.runs.reversed())
    #expect(turned.json.description == decision.json.description)
    #expect(DecisionPage.html(turned) == DecisionPage.html(decision))
    #expect(turned.explained == decision.explained)
  }

  @Test("a failure is confirmed by a second rig, and by the baseline that passes on one of them")
  func confirmed() throws {
    let demand = Demand(more: "baseline: \(ReleaseNight.baseline)")
    func failure(_ runs: [ReleaseRun]) throws -> Decision.Failure {
      try #require(try demand.decide(runs).requirements[0].cells[0].failures.first)
    }
    let first = one("a").failed()
    let second = one("b", rig: "bench-2").failed()
    let good = one("c", rig: "bench-2", firmware: ReleaseNight.baseline)
    #expect(try !failure([first]).isConfirmed)
    #expect(try !failure([first, second]).isConfirmed)
    #expect(try !failure([first, good]).isConfirmed)
    #expect(try failure([first, second, good]).isConfirmed)
    #expect(try !failure([first, second, good.failed()]).isConfirmed)
  }

  @Test("the programs, scenarios, models and rigs that were played are told by their digests")
  func configuration() throws {
    let decision = try Demand().decide(passes(3) + passes(1, rig: "bench-2"))
    #expect(decision.rigs.map(\.name) == ["bench-1", "bench-2"])
    #expect(decision.programs == [.init(name: "gantry", digest: ReleaseNight.digest("4"))])
    #expect(decision.scenarios.map(\.name) == ["reset"])
    #expect(decision.models.map(\.name) == ["night"])
  }

  @Test("the page stands by itself, and what runs say can't change it")
  func page() throws {
    let nasty = "<script>alert(1)</script>"
    let decision = try Demand().decide([
      one("a").failed("no-mail", at: nasty), one("b").with { $0.folder = "/r/\"x\" &<y>" },
    ])
    let html = DecisionPage.html(decision)
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(html.hasSuffix("</html>\n"))
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;"))
    #expect(html.contains("href=\"/r/%22x%22%20%26%3Cy%3E/report.html\""))
    #expect(!html.contains("http"))
    #expect(html.contains("Closed"))
  }
}
