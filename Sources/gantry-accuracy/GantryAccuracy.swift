import ArgumentParser
import EyeChart

@main
enum GantryAccuracy {
  static func main() async { await AccuracyCommand.main() }
}
