import Frames
import RunJournal

/// Keeps the secrets of a run out of all that it writes.
final class Secrecy {
  private let sink: any JournalSink
  private var redactor = Redactor()
  /// Places of the screen that may show a secret from now on.
  private(set) var veil: [PixelRect] = []
  /// What was typed as the screen drew it: dialogs move.
  private(set) var typed = TypedDrawings()
  /// Whether a secret was typed, so that the keyboard is never shown again.
  private(set) var hidesKeyboard = false

  init(sink: any JournalSink) {
    self.sink = sink
  }

  /// Keeps a secret out of everything that is written from now on.
  func conceal(_ secret: Secret) async {
    redactor.add(secret.revealed())
    await sink.conceal(secret.revealed())
  }

  /// A text that somebody else wrote, as it may be written.
  func written(_ text: String) -> String {
    redactor.withheld(text, instead: Secret.placeholder)
  }

  /// A secret is typed from now on; where it stays to be read, if anywhere.
  func hide(typedInto field: PixelRect?) {
    hidesKeyboard = true
    if let field { veil.append(field.veiled) }
  }

  /// A secret was typed: what its field shows now is black wherever it goes.
  func remember(_ look: Look?, of field: PixelRect) { typed.add(look?.frame, of: field) }

  /// Whether a part of a picture may show a secret.
  func mayBeSeen(in box: PixelRect, of look: Look) -> Bool {
    veil.contains { $0.intersects(box) }
      || typed.mayBeSeen(in: box, of: look.searchable)
  }

  /// The recorder has restarted: no dialog from before shows what was typed into it.
  func lift() {
    veil = []
    typed = TypedDrawings()
  }
}
