import Foundation
import Testing

@Suite("Places by the box around them, on the shipped models")
struct RelationRunTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  @Test(
    "The buttons of the log-in dialog stand in the box around its link, the clock does not",
    arguments: ["night-series", "harbor-series", "summit-series"])
  func logIn(model: String) async throws {
    let folder = try Folder()
    let scenario = try folder.write(
      """
      scenario: around
      about: The log-in dialog by what it is drawn around.
      timeout: 5m
      steps:
        - name: Open the prompt
          use: \(Self.root)/Scenarios/parts/open-prompt.yaml
        - name: Its buttons
          expect:
            - {label: ok, in: {around: {label: forgotPassword}}}
            - {label: cancel, in: {around: {label: forgotPassword}}}
            - {not: {label: cameraName, in: {around: {label: forgotPassword}}}}
          within: 10s

      """, to: "around.yaml")
    let spoken = await gantry(
      "run", scenario, "--rig", "\(Self.root)/Rigs/virtual.yaml", "--set",
      "model=models/\(model)", "--out", folder.path + "/runs", "--unattended")
    #expect(spoken.status == 0, "\(spoken.out)\(spoken.err)")
  }
}
