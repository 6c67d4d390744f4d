import Glibc

/// How the system's error numbers are written in a trace: as in its headers, with a minus before
/// them; numbers that are no errors stand as they are.
enum TraceErrors {
  private static let names: [(String, Int32)] = [
    ("EPERM", EPERM), ("ENOENT", ENOENT), ("EIO", EIO), ("ENXIO", ENXIO), ("EAGAIN", EAGAIN),
    ("ENOMEM", ENOMEM), ("EACCES", EACCES), ("EBUSY", EBUSY), ("ENODEV", ENODEV),
    ("EINVAL", EINVAL), ("ENOTTY", ENOTTY), ("ENOSPC", ENOSPC), ("EPIPE", EPIPE),
    ("ERANGE", ERANGE), ("ENOLCK", ENOLCK), ("ENODATA", ENODATA), ("ENOLINK", ENOLINK),
    ("EPROTO", EPROTO), ("ETIMEDOUT", ETIMEDOUT),
  ]

  static func text(_ number: Int) -> String {
    guard number < 0, let name = names.first(where: { Int($0.1) == -number }) else {
      return String(number)
    }
    return "-\(name.0)"
  }

  static func number(_ text: some StringProtocol) -> Int? {
    if let number = Int(text) { return number }
    return names.first { text.dropFirst() == $0.0 }.map { -Int($0.1) }
  }
}
