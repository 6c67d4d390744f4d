import Commands
import Glibc

@main
enum Gantry {
  static func main() async {
    exit(await GantryProgram.run(Array(CommandLine.arguments.dropFirst())))
  }
}
