import Commands

@main
enum Gantry {
  static func main() {}
}
